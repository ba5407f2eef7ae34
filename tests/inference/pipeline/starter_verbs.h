#pragma once

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <memory>
#include <numeric>
#include <string>

#include "core/generation/verbs.h"
#include "inference/pipeline/wan_generator.h"
#include "tests/paths.h"

namespace kinora::inference {

/// Real clips of the starter and what tests measure on them.
inline std::filesystem::path starter_folder()
{
    return tests::source_dir() / "resources" / "models" / "starter";
}

inline WanGenerator starter()
{
    return WanGenerator([](const std::string&) -> core::Result<std::filesystem::path> { return starter_folder(); });
}

inline core::GenerationRequest starter_request(const std::string& prompt, std::uint64_t seed)
{
    core::GenerationRequest request;
    request.prompt = {{.text = prompt}};
    request.prompt_text = prompt;
    request.model_id = "starter";
    request.seed = seed;
    request.device = "cpu";
    return request;
}

inline core::GeneratedClip made(WanGenerator& engine, const core::GenerationRequest& request)
{
    auto clip = engine.generate(request, {}, {});
    if (!clip) FAIL(clip.error().message);
    return *std::move(clip);
}

inline core::ModelCapabilities starter_model(WanGenerator& engine)
{
    auto model = engine.capabilities("starter");
    REQUIRE(model);
    return *std::move(model);
}

inline core::VerbSource source_of(const core::GeneratedClip& clip)
{
    return {"source.latents.safetensors", std::string(64, 'a'), (clip.recipe.frames - 1) / 4 + 1};
}

/// The request that carries out a plan on a clip.
inline core::GenerationRequest with_origin(const core::GeneratedClip& clip, const core::Result<core::Origin>& plan,
                                           const std::string& prompt, std::uint64_t seed)
{
    if (!plan) FAIL(plan.error().message);
    auto request = starter_request(prompt, seed);
    request.width = clip.recipe.width;
    request.height = clip.recipe.height;
    request.origin = *plan;
    request.origin_latents = std::make_shared<const core::LatentClip>(clip.latents);
    return request;
}

/// Frames [first, first + count) of a clip, given to another at `place`.
inline core::ConditioningFrame part_of(const core::FrameSequence& whole, int first, int count, int place)
{
    core::FrameSequence cut = whole;
    cut.frames = count;
    const auto size = static_cast<std::ptrdiff_t>(whole.frame_size());
    cut.rgb.assign(whole.rgb.begin() + first * size, whole.rgb.begin() + (first + count) * size);
    return {place, std::make_shared<const core::FrameSequence>(std::move(cut)), "clip.mp4", {}, first, count};
}

/// Mean squared difference of two frames.
inline double squared_difference(std::span<const float> a, std::span<const float> b)
{
    REQUIRE(a.size() == b.size());
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += (static_cast<double>(a[i]) - b[i]) * (static_cast<double>(a[i]) - b[i]);
    return sum / static_cast<double>(a.size());
}

/// PSNR in dB of `count` frames of `a` from `from_a` against those of `b` from `from_b`, all of them together; 99 at most.
inline double psnr(const core::FrameSequence& a, int from_a, const core::FrameSequence& b, int from_b, int count)
{
    double sum = 0;
    for (int i = 0; i < count; ++i)
        sum += squared_difference(a.frame(from_a + i), b.frame(from_b + i));
    return std::min(99.0, -10 * std::log10(sum / count + 1e-12));
}

/// The worst single frame of the same.
inline double worst_psnr(const core::FrameSequence& a, int from_a, const core::FrameSequence& b, int from_b, int count)
{
    double worst = 99;
    for (int i = 0; i < count; ++i)
        worst = std::min(worst, psnr(a, from_a + i, b, from_b + i, 1));
    return worst;
}

/// Root mean square change from a frame to another.
inline double change(std::span<const float> a, std::span<const float> b)
{
    return std::sqrt(squared_difference(a, b));
}

/// Largest change between neighbours within [first, end) of a clip.
inline double largest_change(const core::FrameSequence& clip, int first, int end)
{
    double largest = 0;
    for (int i = first; i + 1 < end; ++i)
        largest = std::max(largest, change(clip.frame(i), clip.frame(i + 1)));
    return largest;
}

/// How much what moves in a clip moves where and when it does in another: correlation, within ±1, of the changes between
/// neighbours in pieces of 16 x 16 pixels, without what is the same for a piece or a moment throughout.
inline double motion_likeness(const core::FrameSequence& a, const core::FrameSequence& b)
{
    constexpr int k_piece = 16;
    const auto pieces = [](const core::FrameSequence& clip) {
        const int moments = clip.frames - 1;
        std::vector<std::vector<double>> energy(static_cast<std::size_t>(moments));
        for (int frame = 0; frame < moments; ++frame)
            for (int top = 0; top < clip.height; top += k_piece)
                for (int left = 0; left < clip.width; left += k_piece) {
                    double sum = 0;
                    for (int y = top; y < std::min(clip.height, top + k_piece); ++y)
                        for (int x = 3 * left; x < 3 * std::min(clip.width, left + k_piece); ++x) {
                            const auto at = static_cast<std::size_t>(y) * clip.width * 3 + x;
                            sum += std::abs(clip.frame(frame + 1)[at] - clip.frame(frame)[at]);
                        }
                    energy[static_cast<std::size_t>(frame)].push_back(std::sqrt(sum));
                }
        const std::size_t count = energy[0].size();
        std::vector<double> of_piece(count, 0.0);
        for (const auto& moment : energy)
            for (std::size_t piece = 0; piece < count; ++piece)
                of_piece[piece] += moment[piece] / moments;
        const double all = std::accumulate(of_piece.begin(), of_piece.end(), 0.0) / static_cast<double>(count);
        std::vector<double> centred;
        for (const auto& moment : energy) {
            const double of_moment = std::accumulate(moment.begin(), moment.end(), 0.0) / static_cast<double>(count);
            for (std::size_t piece = 0; piece < count; ++piece)
                centred.push_back(moment[piece] - of_piece[piece] - of_moment + all);
        }
        return centred;
    };
    const auto of_a = pieces(a);
    const auto of_b = pieces(b);
    REQUIRE(of_a.size() == of_b.size());
    double both = 0, only_a = 0, only_b = 0;
    for (std::size_t i = 0; i < of_a.size(); ++i) {
        both += of_a[i] * of_b[i];
        only_a += of_a[i] * of_a[i];
        only_b += of_b[i] * of_b[i];
    }
    return both / std::sqrt(only_a * only_b + 1e-12);
}

/// Usual change between neighbours: the mean.
inline double usual_change(const core::FrameSequence& clip, int first, int end)
{
    double sum = 0;
    for (int i = first; i + 1 < end; ++i)
        sum += change(clip.frame(i), clip.frame(i + 1));
    return sum / std::max(1, end - first - 1);
}

}  // namespace kinora::inference
