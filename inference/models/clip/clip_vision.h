#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "core/base/result.h"
#include "inference/models/clip/clip_config.h"
#include "inference/models/layers.h"
#include "inference/weights/weight_map.h"

namespace kinora::inference {

/// One layer of the tower: attention, then a feed-forward, each after a norm.
struct ClipLayer {
    LayerNorm layer_norm1;
    Linear q, k, v, out;
    LayerNorm layer_norm2;
    Linear fc1, fc2;
};

/// The vision tower of CLIP (transformers' `CLIPVisionModel`; Radford et al. 2021) as Wan 2.1's image-to-video models use
/// it: up to the last layer but one (`hidden_states[-2]`). The last layer and what follows it are never loaded. Thread-safe
/// for reading.
class ClipVision {
public:
    /// Takes the weights out of `weights`, which have transformers' names as published files have them (`load_part` gives
    /// them those), and converts them. Embeddings with leading dimensions of one, as OpenCLIP stores them, are taken too.
    [[nodiscard]] static core::Result<ClipVision> load(const ClipVisionConfig& config, WeightMap& weights,
                                                       at::ScalarType dtype = at::kFloat,
                                                       const at::Device& device = at::Device(at::kCPU));

    [[nodiscard]] const ClipVisionConfig& config() const { return config_; }
    [[nodiscard]] at::ScalarType dtype() const { return patch_embedding_.scalar_type(); }
    [[nodiscard]] at::Device device() const { return patch_embedding_.device(); }

    /// `pixels` [pictures, 3, image_size, image_size], prepared by `clip_pixels`. Returns features
    /// [pictures, rows, hidden_size] in the tower's type.
    [[nodiscard]] at::Tensor features(const at::Tensor& pixels) const;

    /// Visits every parameter with its name in a checkpoint.
    void for_each_parameter(const ParameterVisitor& visitor);

private:
    explicit ClipVision(const ClipVisionConfig& config);

    [[nodiscard]] at::Tensor attend(const ClipLayer& layer, const at::Tensor& x) const;

    ClipVisionConfig config_;
    at::Tensor class_embedding_;     ///< [hidden]
    at::Tensor patch_embedding_;     ///< [hidden, 3, patch, patch], without a bias
    at::Tensor position_embedding_;  ///< [rows, hidden]
    LayerNorm pre_norm_;
    std::vector<ClipLayer> layers_;  ///< all but the last
};

}  // namespace kinora::inference
