#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "inference/models/wan/vae.h"
#include "inference/training/scenes/scene_spec.h"
#include "inference/training/training_log.h"

namespace kinora::training {

/// Drawn clips as the transformer sees them, held in memory. A prefix of latent frames is the latent of the shorter clip.
struct LatentSet {
    at::Tensor latents;     ///< bfloat16 [clips, channels, frames, height, width], the encoder's own (not normalised)
    at::Tensor tokens;      ///< int32 [clips, captions, k_caption_tokens], several wordings of each clip
    at::Tensor emphasis;    ///< uint8 [clips, frames, height, width]: share of a cell that the subject covers, times 255
    at::Tensor attributes;  ///< uint8 [clips, k_attributes]: what was drawn, for probes; see `attributes_of`

    [[nodiscard]] std::int64_t clips() const { return latents.defined() ? latents.size(0) : 0; }
};

inline constexpr int k_attributes = 18;

/// A scene's enums as numbers: place, time, subject, colour, theme, direction, speed, weather, light, camera, style, size,
/// count, other subject, its colour, relation, later time, second camera.
[[nodiscard]] std::array<std::uint8_t, k_attributes> attributes_of(const SceneSpec& spec);

/// A caption's tokens, padded to k_caption_tokens.
using Tokenise = std::function<std::vector<std::int32_t>(const std::string&)>;

struct LatentCacheOptions {
    std::filesystem::path folder;  ///< shards `latents-<frames>-<width>x<height>-<number>.safetensors`
    int frames = 17;               ///< of the drawn clips, 4n + 1
    PictureSize picture{};         ///< one of `k_picture_sizes`
    World world = World::grown;    ///< what is drawn and told of
    int clips = 4096;
    int shard_clips = 128;  ///< clips of a file; the same in every call for a folder
    int captions = 6;       ///< wordings of each clip, every third in German
    std::uint64_t seed = 100;
    bool cuda = false;
};

/// Draws, encodes and stores clips until every set holds its `clips`, or for `minutes`; goes on after the shards that are
/// there. The sets grow side by side, so that one that was stopped has all lengths and shapes in their shares.
[[nodiscard]] core::Result<void> fill_latent_caches(const std::vector<LatentCacheOptions>& sets, inference::WanVae vae,
                                                    const Tokenise& tokenise, double minutes, const Say& say,
                                                    std::stop_token stop);

/// All shards of clips with `frames` frames of that size. `not_found` where there is none.
[[nodiscard]] core::Result<LatentSet> load_latents(const std::filesystem::path& folder, int frames,
                                                   const PictureSize& picture = {});

/// The sets of all shapes that the folder holds for that length, the native one first. `not_found` where there is none.
[[nodiscard]] core::Result<std::vector<LatentSet>> load_latents_of_all_shapes(const std::filesystem::path& folder,
                                                                              int frames);

/// Mean and standard deviation per channel over all shards of a set, each [channels].
struct LatentStatistics {
    std::vector<double> mean;
    std::vector<double> std;
};
[[nodiscard]] LatentStatistics measure(const LatentSet& set);

}  // namespace kinora::training
