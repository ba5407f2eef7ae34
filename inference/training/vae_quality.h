#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <stop_token>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "inference/models/wan/vae.h"
#include "inference/training/scenes/scene_spec.h"
#include "inference/training/training_log.h"

namespace kinora::training {

/// How well the autoencoder gives back clips that it has never seen.
struct VaeQuality {
    std::map<Place, double> psnr;  ///< dB, mean over the place's clips; pictures in 0…1
    double mean = 0;               ///< dB, all places counted alike
    /// dB, mean over a clip of every place in each of the other shapes.
    std::vector<std::pair<PictureSize, double>> shapes;
    /// Change of the error from frame to frame at the borders of latent frames, relative to that inside them: 1 is seamless.
    double border_ratio = 0;
    int clips = 0;
};

/// Draws `clips_per_place` unseen clips of `frames` frames at every place of a world in the native shape (and, of the grown
/// world, one in each of the others), encodes and decodes them in the module's type.
[[nodiscard]] core::Result<VaeQuality> measure_vae(const inference::WanVae& vae, int clips_per_place, int frames,
                                                   World world, std::stop_token stop);

}  // namespace kinora::training
