#include "core/export/size_estimate.h"

#include <algorithm>
#include <span>
#include <vector>

#include "core/export/kept_frames.h"
#include "core/export/plan_parts.h"
#include "core/export/sequence_export.h"
#include "core/export/take_source.h"
#include "core/media/frame_encoder.h"

namespace kinora::media {
namespace {

constexpr std::int64_t k_single_pictures = 4;

/// True where every picture is encoded for itself.
bool intra(const EncoderSettings& settings)
{
    const std::string& name = settings.encoder;
    return name == "prores_ks" || name == "dnxhd" || settings.pictures();
}

/// Which stretches of the file's frames are encoded.
std::vector<FrameRange> stretches_of(std::int64_t frames, bool alone, int most)
{
    std::vector<FrameRange> stretches;
    if (alone) {
        const std::int64_t count = std::min(k_single_pictures, frames);
        for (std::int64_t i = 0; i < count; ++i) {
            const std::int64_t at = frames * (2 * i + 1) / (2 * count);
            stretches.push_back({at, at + 1});
        }
        return stretches;
    }
    // Some of the longest groups of pictures, where the file's own groups begin, so that key frames and cuts have their true
    // share.
    constexpr std::int64_t k_group = 48;
    constexpr std::int64_t k_stretch = 2 * k_group;
    if (frames <= most * k_stretch) return {{0, frames}};
    for (int i = 0; i < most; ++i) {
        const std::int64_t middle = frames * (2 * i + 1) / (2 * most) - k_stretch / 2;
        const std::int64_t first = middle / k_group * k_group;
        stretches.push_back({first, first + k_stretch});
    }
    return stretches;
}

/// Float frames have noise below a code of 8 bits, which lossless pictures pay for; a clip's 8-bit pictures have lost it.
/// Here is as much again, between -0.5 and 0.5 codes.
void add_lost_noise(std::span<float> rgb, std::uint32_t seed)
{
    std::uint32_t state = seed * 2654435761U + 1;
    for (float& value : rgb) {
        state = state * 1664525U + 1013904223U;
        value += (static_cast<float>(state >> 8U) / 16777216.0F - 0.5F) / 255.0F;
    }
}

/// A take's pictures in the size that an export will have, as fine as the frames they stand for.
class FittedSource final : public FrameSource {
public:
    FittedSource(FrameSource& source, int width, int height, bool lossless)
        : source_(source), width_(width), height_(height), lossless_(lossless)
    {
    }
    SourceInfo info() const override
    {
        SourceInfo info = source_.info();
        info.width = width_;
        info.height = height_;
        return info;
    }
    core::Result<core::FrameSequence> frames(FrameRange range, std::stop_token stop) override
    {
        auto clip = source_.frames(range, std::move(stop));
        if (clip && lossless_ && source_.origin() == FrameOrigin::preview)
            add_lost_noise(clip->rgb, static_cast<std::uint32_t>(range.first));
        if (!clip || (clip->width == width_ && clip->height == height_)) return clip;
        core::FrameSequence fitted{clip->frames, height_, width_, clip->rate, {}};
        for (int i = 0; i < clip->frames; ++i) {
            auto frame = fit_frame(clip->frame(i), clip->width, clip->height, width_, height_, FitMode::cover);
            if (!frame) return frame.error();
            fitted.rgb.insert(fitted.rgb.end(), frame->begin(), frame->end());
        }
        return fitted;
    }

private:
    FrameSource& source_;
    int width_;
    int height_;
    bool lossless_;
};

struct Sample {
    const core::Shot* shot;
    const core::Take* take;
    const PlanPart* part;
};

constexpr std::size_t k_most_samples = 5;

/// Up to five of the takes that a plan shows, spread over all of it.
std::vector<Sample> samples_of(const core::Project& project, const std::vector<PlanPart>& parts)
{
    std::vector<Sample> all;
    for (const PlanPart& part : parts) {
        for (const std::size_t index : part.shots) {
            const core::Shot& shot = *project.shots[index];
            if (const core::Take* take = core::selected_take(shot)) all.push_back({&shot, take, &part});
        }
    }
    if (all.size() <= k_most_samples) return all;
    std::vector<Sample> spread;
    for (std::size_t i = 0; i < k_most_samples; ++i)
        spread.push_back(all[i * (all.size() - 1) / (k_most_samples - 1)]);
    return spread;
}

}  // namespace

core::Result<std::int64_t> measure_bytes(const SizeQuestion& question, const std::stop_token& stop)
{
    const auto settings = settings_for(*question.preset, question.colour, question.quality);
    if (!settings) return settings.error();
    const SourceInfo info = question.source->info();
    const FrameRange range = core::intersection(question.range, {0, info.frames});
    if (range.empty() || question.frames < 1)
        return core::make_error(core::ErrorKind::invalid_argument, "There are no frames to measure.");
    const bool alone = intra(*settings);
    double bytes = 0;
    std::int64_t encoded = 0;
    const auto put = [&bytes](AVPacket& packet) -> core::Result<void> {
        bytes += packet.size;
        return {};
    };
    core::FrameSequence picture;
    for (const FrameRange& part : stretches_of(question.frames, alone, question.stretches)) {
        const StreamShape shape{info.width, info.height, question.rate, true, "estimate"};
        auto encoder = FrameEncoder::open(*settings, shape);
        if (!encoder) return encoder.error();
        std::int64_t held = -1;
        for (std::int64_t n = part.first; n < part.end; ++n) {
            if (stop.stop_requested()) return core::make_error(core::ErrorKind::cancelled, "Measuring was cancelled.");
            const std::int64_t wanted =
                range.first + std::min(core::source_frame_at(n, info.rate, question.rate), range.length() - 1);
            if (wanted != held) {
                auto frame = question.source->frames({wanted, wanted + 1}, stop);
                if (!frame) return frame.error();
                picture = std::move(*frame);
                held = wanted;
            }
            if (auto sent = (*encoder)->send(picture.rgb, {}, put); !sent) return sent.error();
            ++encoded;
        }
        if (auto finished = (*encoder)->finish(put); !finished) return finished.error();
    }
    constexpr std::int64_t k_container = 4096;
    return static_cast<std::int64_t>(bytes / static_cast<double>(encoded) * static_cast<double>(question.frames)) +
           k_container;
}

core::Result<std::int64_t> measure_plan_bytes(const core::Project& project, const ExportPlan& plan,
                                              const std::function<std::filesystem::path(const core::Take& take)>& clip_of,
                                              const std::stop_token& stop)
{
    if (stop.stop_requested()) return core::make_error(core::ErrorKind::cancelled, "Measuring was cancelled.");
    const auto parts = plan_parts(project, plan);
    if (!parts) return parts.error();
    const auto preset = find_preset(plan.delivery.preset);
    if (!preset) return preset.error();
    double measured = 0;  // bytes
    double pictures = 0;  // pixels they stand for
    core::Error missing = core::make_error(core::ErrorKind::not_found, "No take of this export can be read.");
    const std::vector<Sample> samples = samples_of(project, *parts);
    for (const Sample& sample : samples) {
        const std::filesystem::path clip = clip_of(*sample.take);
        TakeSource source(*sample.take, {clip.parent_path() / k_kept_frames_name, {}, clip}, {}, sample.shot->range.end);
        if (auto first = source.frames({0, 1}, stop); !first) {
            if (first.error().kind == core::ErrorKind::cancelled) return first.error();
            missing = first.error();
            continue;
        }
        const bool lossless = (*preset)->encoder.pictures();
        FittedSource fitted(source, sample.part->width, sample.part->height, lossless);
        SizeQuestion question{&fitted, sample.shot->range, *preset, plan.delivery.colour, plan.delivery.quality};
        question.rate = sample.part->rate;
        question.stretches = samples.size() > 2 ? 1 : 2;
        question.frames = core::conformed_length(sample.shot->range.length(), fitted.info().rate, question.rate);
        const auto bytes = measure_bytes(question, stop);
        if (!bytes) return bytes.error();
        measured += static_cast<double>(*bytes);
        pictures += static_cast<double>(question.frames) * sample.part->width * sample.part->height;
    }
    if (pictures == 0) return missing;
    double all = 0;
    for (const PlanPart& part : *parts)
        all += static_cast<double>(part.frames) * part.width * part.height;
    return static_cast<std::int64_t>(measured / pictures * all) + plan_sound_bytes(*parts, **preset);
}

}  // namespace kinora::media
