#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <cstdint>
#include <vector>

#include "core/base/result.h"
#include "inference/models/layers.h"
#include "inference/weights/weight_map.h"

namespace kinora::inference {

/// Form of a TAEHV decoder, read from its weights.
struct TaehvConfig {
    std::int64_t channels = 16;  ///< of the latents
    std::array<std::int64_t, 4> widths{256, 128, 64, 64};
    std::array<std::int64_t, 3> strides{1, 2, 2};  ///< frames that come out of each stage for one that goes in
    std::int64_t patch = 1;                        ///< pixels a side that one cell of the last stage holds

    /// Pixels a side that a latent cell becomes.
    [[nodiscard]] std::int64_t scale() const { return 8 * patch; }

    /// `corrupt` says which tensor is missing or has a strange shape.
    [[nodiscard]] static core::Result<TaehvConfig> detect(const WeightMap& weights);
};

/// The decoder of a tiny autoencoder for video latents (TAEHV by Ollin Boer Bohan: `taew2_1` for Wan 2.1, `taew2_2` for Wan
/// 2.2 TI2V): 2-D convolutions whose blocks remember the frame before. For previews; a few thousandths of the real decoder's
/// work. Thread-safe for reading.
class TaehvDecoder {
public:
    /// Takes the weights under the names of the published files ("decoder.1.weight"); the encoder's are left alone. A first
    /// stage that would double the frames keeps the later half, as the published code does.
    [[nodiscard]] static core::Result<TaehvDecoder> load(WeightMap& weights);

    [[nodiscard]] const TaehvConfig& config() const { return config_; }

    /// Moves and converts the weights, which are loaded as float32; pictures come out in their type.
    void to(at::ScalarType dtype, const at::Device& device);

    /// `latents` [1, channels, frames, height, width] normalised → [frames', 3, height·scale, width·scale] within 0…1.
    [[nodiscard]] at::Tensor decode(const at::Tensor& latents) const;

    /// Of each latent frame only its last picture, [frames, 3, …]: those of `decode` in less than half its time.
    [[nodiscard]] at::Tensor decode_last(const at::Tensor& latents) const;

private:
    /// Remembers the frame before in each of its three blocks, then makes the frames larger and more.
    struct Block {
        Convolution first, second, third;
    };
    struct Stage {
        std::array<Block, 3> blocks;
        at::Tensor grow;    ///< [width · stride, width, 1, 1]
        at::Tensor shrink;  ///< [next width, width, 3, 3]
    };
    /// Which of the frames that come out of one are needed; their blocks see all.
    enum class Wanted { all, last, none };
    /// Frames that the blocks have seen, [3 stages][3 blocks]; undefined: none yet.
    using Memory = std::array<std::array<at::Tensor, 3>, 3>;

    [[nodiscard]] at::Tensor run_block(const Block& block, const at::Tensor& x, at::Tensor& past) const;
    void run_stage(std::size_t index, at::Tensor x, Memory& memory, Wanted wanted, std::vector<at::Tensor>& out) const;
    [[nodiscard]] at::Tensor run(const at::Tensor& latents, Wanted wanted) const;

    TaehvConfig config_;
    Convolution entry_, exit_;
    std::array<Stage, 3> stages_;
};

}  // namespace kinora::inference
