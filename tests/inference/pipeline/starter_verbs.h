#pragma once

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <memory>
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
    return {"source.latents.safetensors", std::string(64, 'a'), clip.latents.frames};
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

/// Usual change between neighbours: the mean.
inline double usual_change(const core::FrameSequence& clip, int first, int end)
{
    double sum = 0;
    for (int i = first; i + 1 < end; ++i)
        sum += change(clip.frame(i), clip.frame(i + 1));
    return sum / std::max(1, end - first - 1);
}

}  // namespace kinora::inference
