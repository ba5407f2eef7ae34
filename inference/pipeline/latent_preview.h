#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/base/result.h"
#include "core/generation/frames.h"

namespace kinora::inference {

/// A linear map from latents to small pictures, cheap enough for every sampling step. Each latent cell becomes `scale` ×
/// `scale` pixels, each latent frame one picture. The first latent frame, which holds one picture instead of four, has a map
/// of its own. A value; thread-safe for reading.
class LatentPreview {
public:
    /// Fits both maps by least squares. `latents` [clips, channels, frames, height, width] normalised, `frames`
    /// [clips, 3, 4·frames − 3, height·stride, width·stride] within ±1, decoded from them. `scale` divides the stride.
    /// Small ridge, so that few clips suffice. Float64 inside; deterministic.
    [[nodiscard]] static LatentPreview fit(const at::Tensor& latents, const at::Tensor& frames, std::int64_t scale = 4);

    /// Reads `latent_rgb.json`. `not_found` or `corrupt` with the file's name.
    [[nodiscard]] static core::Result<LatentPreview> load(const std::filesystem::path& file);
    /// Writes it whole or not at all.
    [[nodiscard]] core::Result<void> save(const std::filesystem::path& file) const;

    [[nodiscard]] std::int64_t channels() const { return later_.size(0) - 1; }
    [[nodiscard]] std::int64_t scale() const { return scale_; }

    /// The maps' pictures before rounding, [frames, 3, height·scale, width·scale], 0…1 where the fit is good, of one clip's
    /// latents [1, channels, frames, height, width]. Precondition: `channels()` fits.
    [[nodiscard]] at::Tensor picture_values(const at::Tensor& latents) const;

    /// The same for the eye: the borders of cells smoothed away, rounded to 8 bits.
    [[nodiscard]] std::vector<core::Picture8> apply(const at::Tensor& latents) const;

private:
    LatentPreview(at::Tensor first, at::Tensor later, std::int64_t scale);

    at::Tensor first_;  ///< [channels + 1, 3 · scale²], float32; the last row is the offset
    at::Tensor later_;
    std::int64_t scale_;
};

}  // namespace kinora::inference
