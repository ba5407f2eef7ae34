#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "inference/models/clip/clip_config.h"
#include "inference/weights/weight_map.h"

namespace kinora::inference {

/// Brings the tensors of a CLIP vision tower to the names of transformers 5 (`embeddings.class_embedding`,
/// `encoder.layers.0.self_attn.q_proj.weight`), whichever of these conventions they came in:
///   - transformers' own, with `vision_model.` before them as all published files have it, or without, or below another
///     prefix (`clip_vision.`, `image_encoder.`);
///   - OpenCLIP's as Wan's authors publish it (`visual.transformer.0.attn.to_qkv.weight`), whose joined queries, keys and
///     values are parted here, as views.
/// What belongs to a text tower or a projection keeps its name, so that it counts as not used.
[[nodiscard]] WeightMap with_clip_names(const WeightMap& weights);

/// The shape of a tower of which only the weights are there, under `with_clip_names`' names. The number of heads isn't in
/// the shapes: heads of 80 channels for ViT-H, of 64 for others, as all published towers have it. `corrupt` names `source`.
[[nodiscard]] core::Result<ClipVisionConfig> detect_clip_config(const WeightMap& weights, const std::string& source);

/// Whether a configuration and the weights tell the same; if not, `corrupt` names both and the value they differ in.
[[nodiscard]] core::Result<void> check_clip_config(const ClipVisionConfig& config, const std::string& config_name,
                                                   const WeightMap& weights, const std::string& weights_name);

}  // namespace kinora::inference
