#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/base/result.h"
#include "inference/models/layers.h"
#include "inference/training/probe_view.h"
#include "inference/training/probed_attributes.h"

namespace kinora::training {

/// A small convolutional classifier of clips, trained on drawn ones and kept apart from the generator's training. It looks
/// at pictures, as a person would, not at latents: at a few of them, each beside a map of what moved where (a correlation
/// layer, FlowNet, arXiv:1504.06852), so that it can tell a subject that passes from a camera that pans. Clips of any length
/// and shape will do.
class Probe {
public:
    [[nodiscard]] static Probe create_random(std::uint64_t seed);
    [[nodiscard]] static core::Result<Probe> load(const std::filesystem::path& file);

    /// Logits per attribute, each [clips, values].
    [[nodiscard]] std::vector<at::Tensor> forward(const ProbeView& view) const;

    /// What the answers are read from, [clips, features]: the space in which the Fréchet distance between generated and
    /// drawn clips is measured.
    [[nodiscard]] at::Tensor features(const ProbeView& view) const;

    /// The likeliest value of every attribute: int64 [clips, attributes], in the order of `k_probed`.
    [[nodiscard]] at::Tensor classify(const ProbeView& view) const;

    void for_each_parameter(const inference::ParameterVisitor& visitor);

private:
    Probe();

    inference::Convolution first_, second_, moved_, third_, fourth_;
    inference::Linear clip_;
    std::vector<inference::Linear> heads_;
};

}  // namespace kinora::training
