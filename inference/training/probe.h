#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "inference/models/layers.h"
#include "inference/training/latent_cache.h"
#include "inference/training/training_log.h"

namespace kinora::training {

/// What the probe tells of a clip. The numbers are those of the enums of `scene_spec.h`.
enum class Attribute : std::uint8_t {
    place,
    time,
    subject,
    colour,
    direction,
    camera,
    style,
    size,
    count,
    other,
    other_colour
};
inline constexpr std::array k_probed{Attribute::place,     Attribute::time,   Attribute::subject,     Attribute::colour,
                                     Attribute::direction, Attribute::camera, Attribute::style,       Attribute::size,
                                     Attribute::count,     Attribute::other,  Attribute::other_colour};
[[nodiscard]] std::string_view name(Attribute attribute);

/// How many values the attribute has.
[[nodiscard]] int values_of(Attribute attribute);

/// The attribute in a row of `attributes_of`; −1 where it means nothing (the colour of no subject) or where the clip has no
/// single answer (a time that changes, two moves of the camera).
[[nodiscard]] int value_in(const std::uint8_t* attributes, Attribute attribute);

/// What a value of the attribute is called.
[[nodiscard]] std::string value_name(Attribute attribute, int value);

/// True when both things of a pair and their colours are what was asked: what "binding" means. `answers` and `wanted` hold a
/// value for each of `k_probed`.
[[nodiscard]] bool bound_right(const std::array<int, k_probed.size()>& answers,
                               const std::array<int, k_probed.size()>& wanted);

/// A small convolutional classifier of scenes, trained on drawn clips and kept apart from the generator's training. It looks
/// at all latent frames of a clip, three at a time, so that it sees what moves; clips of any length and shape will do.
class Probe {
public:
    [[nodiscard]] static Probe create_random(std::uint64_t seed, std::int64_t channels);
    [[nodiscard]] static core::Result<Probe> load(const std::filesystem::path& file, std::int64_t channels);

    /// `latents` [batch, channels, frames, height, width] normalised → logits per attribute, each [batch, values].
    [[nodiscard]] std::vector<at::Tensor> forward(const at::Tensor& latents) const;

    /// What the answers are read from, [batch, features]: the space in which the Fréchet distance between generated and
    /// drawn clips is measured.
    [[nodiscard]] at::Tensor features(const at::Tensor& latents) const;

    /// The likeliest value of every attribute: int64 [batch, attributes], in the order of `k_probed`.
    [[nodiscard]] at::Tensor classify(const at::Tensor& latents) const;

    void for_each_parameter(const inference::ParameterVisitor& visitor);

private:
    explicit Probe(std::int64_t channels);

    inference::Convolution first_, second_, third_;
    inference::Linear clip_;
    std::vector<inference::Linear> heads_;
};

struct ProbeTrainingOptions {
    std::filesystem::path latents;  ///< the caches and their statistics
    std::filesystem::path file;     ///< the result
    int steps = 3000;
    int batch = 64;
    double rate = 1e-3;
    std::uint64_t seed = 5;
};

/// Share of right answers on clips held out, per attribute in the order of `k_probed`.
using ProbeAccuracy = std::array<double, k_probed.size()>;

/// Trains on all caches that there are (moving attributes only on clips of 17 frames and more) and says how well it answers
/// on the tenth of the clips that it never saw.
[[nodiscard]] core::Result<ProbeAccuracy> train_probe(const ProbeTrainingOptions& options, const Say& say,
                                                      std::stop_token stop);

}  // namespace kinora::training
