#include "core/generation/enhance.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "core/base/text.h"
#include "core/generation/request.h"
#include "core/time/rational_time.h"
#include "core/time/timecode.h"

namespace kinora::core {
namespace {

constexpr int k_largest_side = 16384;
constexpr double k_wide = 16.0 / 9.0;
constexpr double k_nearly = 0.1;

struct NamedHeight {
    std::string_view name;
    int height;
};
constexpr std::array<NamedHeight, 8> k_heights{{{"480p", 480},
                                                {"720p", 720},
                                                {"1080p", 1080},
                                                {"1440p", 1440},
                                                {"2160p", 2160},
                                                {"4k", 2160},
                                                {"uhd", 2160},
                                                {"8k", 4320}}};

std::string lower(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c); });
    return result;
}

template <typename Number>
std::optional<Number> number_of(std::string_view text)
{
    Number value{};
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

/// The number of "2x", "x2" and "×2".
template <typename Number>
std::optional<Number> factor_of(std::string_view text)
{
    for (const std::string_view sign : {"x", "×"}) {
        if (text.starts_with(sign)) return number_of<Number>(text.substr(sign.size()));
        if (text.ends_with(sign)) return number_of<Number>(text.substr(0, text.size() - sign.size()));
    }
    return std::nullopt;
}

Error no_size(std::string_view text)
{
    return make_error(ErrorKind::invalid_argument,
                      in_quotes(text) + " is no size to enlarge to; say for example 2x, 4x, 1080p, 4k or 1920x1080.");
}

Error no_rate(std::string_view text)
{
    return make_error(ErrorKind::invalid_argument,
                      in_quotes(text) + " is no frame rate to interpolate to; say for example 2x, 24, 25 or 23.976.");
}

int even(double length)
{
    return std::max(2, static_cast<int>(std::lround(length / 2)) * 2);
}

/// Width and height that a target means for a clip.
std::pair<double, double> target_size(const UpscaleTarget& target, const ClipShape& clip)
{
    if (target.factor > 0) return {std::lround(clip.width * target.factor), std::lround(clip.height * target.factor)};
    if (target.width > 0 && target.height > 0) return {target.width, target.height};
    const double proportion = static_cast<double>(clip.width) / clip.height;
    const auto close = [&](double wanted) { return std::abs(proportion / wanted - 1) <= k_nearly; };
    // A named height of a picture that stands upright is its width.
    if (close(1 / k_wide)) return {target.height, even(target.height * k_wide)};
    if (proportion < 1) return {target.height, even(target.height / proportion)};
    return {close(k_wide) ? even(target.height * k_wide) : even(target.height * proportion), target.height};
}

/// The largest part in the middle with the target's proportions.
PictureCut middle(const ClipShape& clip, int width, int height)
{
    PictureCut cut{0, 0, clip.width, clip.height};
    const double wanted = static_cast<double>(width) / height;
    if (static_cast<double>(clip.width) / clip.height > wanted)
        cut.width = std::clamp(static_cast<int>(std::lround(clip.height * wanted)), 1, clip.width);
    else
        cut.height = std::clamp(static_cast<int>(std::lround(clip.width / wanted)), 1, clip.height);
    cut.left = (clip.width - cut.width) / 2;
    cut.top = (clip.height - cut.height) / 2;
    return cut;
}

}  // namespace

Result<UpscaleTarget> parse_upscale(std::string_view text)
{
    const std::string typed = lower(text);
    for (const auto& named : k_heights)
        if (typed == named.name) return UpscaleTarget{0, 0, named.height};
    const auto cross = typed.find('x');
    if (cross != std::string::npos && cross > 0 && cross + 1 < typed.size()) {
        const auto width = number_of<int>(std::string_view(typed).substr(0, cross));
        const auto height = number_of<int>(std::string_view(typed).substr(cross + 1));
        if (!width || !height || *width < 16 || *height < 16 || *width > k_largest_side || *height > k_largest_side)
            return no_size(text);
        return UpscaleTarget{0, *width, *height};
    }
    const auto factor = factor_of<double>(typed);
    if (!factor || !(*factor >= 1) || *factor > 16) return no_size(text);
    return UpscaleTarget{*factor, 0, 0};
}

Result<RateTarget> parse_interpolate(std::string_view text)
{
    const std::string typed = lower(text);
    if (typed.find("x") != std::string::npos || typed.find("×") != std::string::npos) {
        const auto factor = factor_of<int>(typed);
        if (!factor || *factor < 2 || *factor > 16) return no_rate(text);
        return RateTarget{*factor, FrameRate{24}};
    }
    const auto rate = parse_rate(text);
    if (!rate) return no_rate(text);
    return RateTarget{0, *rate};
}

Result<EnhanceRequest> enhance_request(const Enhancement& enhancement)
{
    EnhanceRequest request;
    if (!enhancement.upscale.empty()) {
        const auto target = parse_upscale(enhancement.upscale);
        if (!target) return target.error();
        request.upscale = *target;
    }
    if (!enhancement.interpolate.empty()) {
        const auto target = parse_interpolate(enhancement.interpolate);
        if (!target) return target.error();
        request.interpolate = *target;
    }
    request.upscaler = enhancement.upscaler;
    request.interpolator = enhancement.interpolator;
    return request;
}

Result<EnhancePlan> plan_enhance(const EnhanceRequest& request, const ClipShape& clip)
{
    if (!request.upscale && !request.interpolate)
        return make_error(ErrorKind::invalid_argument,
                          "There is nothing to do: say how large the clip is to become, or how many frames a second.");
    if (clip.width < 1 || clip.height < 1 || clip.frames < 1)
        return make_error(ErrorKind::invalid_argument, "The clip has no pictures.");
    EnhancePlan plan{clip, {0, 0, clip.width, clip.height}};
    if (request.interpolate) {
        const RateTarget& target = *request.interpolate;
        plan.shape.rate =
            target.factor > 0 ? FrameRate{clip.rate.numerator * target.factor, clip.rate.denominator} : target.rate;
        if (plan.shape.rate.as_double() > 1000)
            return make_error(ErrorKind::invalid_argument, "More than 1000 frames a second are not possible.");
        plan.shape.frames = conformed_length(clip.frames, clip.rate, plan.shape.rate);
    }
    if (request.upscale) {
        const auto [width, height] = target_size(*request.upscale, clip);
        if (width > k_largest_side || height > k_largest_side || width < 1 || height < 1)
            return make_error(ErrorKind::invalid_argument, "Pictures of " + std::to_string(static_cast<long long>(width)) +
                                                               "x" + std::to_string(static_cast<long long>(height)) +
                                                               " are too large; up to 16384 pixels a side are possible.");
        plan.shape.width = static_cast<int>(width);
        plan.shape.height = static_cast<int>(height);
        if (request.upscale->factor == 0) plan.cut = middle(clip, plan.shape.width, plan.shape.height);
    }
    return plan;
}

ClipShape shape_of(const Recipe& recipe)
{
    const ClipShape before{recipe.width, recipe.height, recipe.frames, recipe.rate};
    const auto request = enhance_request(recipe.enhance);
    if (!request || !recipe.enhance.wanted()) return before;
    const auto plan = plan_enhance(*request, before);
    return plan ? plan->shape : before;
}

PlaceBetween place_of_frame(std::int64_t n, FrameRate source, FrameRate target, std::int64_t source_frames)
{
    __extension__ using Wide = __int128;
    const Wide above = static_cast<Wide>(n) * source.numerator * target.denominator;
    const Wide below = static_cast<Wide>(source.denominator) * target.numerator;
    const auto frame = static_cast<std::int64_t>(above / below);
    if (frame >= source_frames - 1) return {source_frames - 1, 0};
    return {frame, static_cast<double>(above % below) / static_cast<double>(below)};
}

Result<FrameSequence> enhance_clip(Enhancer& enhancer, const EnhanceRequest& request, const FrameSequence& clip,
                                   const EnhanceProgress& progress, std::stop_token stop)
{
    auto run = enhancer.start(request, {clip.width, clip.height, clip.frames, clip.rate}, std::move(stop));
    if (!run) return run.error();
    const ClipShape& shape = (*run)->plan().shape;
    FrameSequence result;
    result.width = shape.width;
    result.height = shape.height;
    result.rate = shape.rate;
    result.rgb.reserve(result.frame_size() * static_cast<std::size_t>(shape.frames));
    const FrameSink keep = [&](std::span<const float> rgb) -> Result<void> {
        result.rgb.insert(result.rgb.end(), rgb.begin(), rgb.end());
        ++result.frames;
        if (progress) progress(result.frames, shape.frames);
        return {};
    };
    for (int frame = 0; frame < clip.frames; ++frame)
        if (auto pushed = (*run)->push(clip.frame(frame), keep); !pushed) return pushed.error();
    if (auto finished = (*run)->finish(keep); !finished) return finished.error();
    return result;
}

}  // namespace kinora::core
