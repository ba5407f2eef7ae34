#include "inference/models/wan/vae_detect.h"

#include <cmath>
#include <vector>

#include "core/base/text.h"

namespace kinora::inference {
namespace {

constexpr std::int64_t k_pixel_channels = 3;

core::Error corrupt(const std::string& source, const std::string& why)
{
    return core::make_error(core::ErrorKind::corrupt, core::in_quotes(source) + " " + why);
}

const std::vector<std::int64_t>* find(const TensorShapes& shapes, const std::string& name, std::size_t dimensions)
{
    const auto found = shapes.find(name);
    return found != shapes.end() && found->second.size() == dimensions ? &found->second : nullptr;
}

/// One level of the encoder.
struct Level {
    std::int64_t width = 0;
    std::int64_t blocks = 0;
    bool halves_time = false;
};

/// Counts the residual blocks called `name`N from `first` on, and takes the width they give.
std::int64_t read_blocks(const TensorShapes& shapes, const std::string& name, std::int64_t first, Level& level)
{
    std::int64_t index = first;
    while (const auto* conv = find(shapes, name + std::to_string(index) + ".conv1.weight", 5)) {
        level.width = (*conv)[0];
        ++level.blocks;
        ++index;
    }
    return index;
}

/// The 2.2 kind has levels of its own, the 2.1 kind one row of blocks, with a downsampling after each level but the last.
std::vector<Level> read_levels(const TensorShapes& shapes, bool residual)
{
    std::vector<Level> levels;
    std::int64_t place = 0;
    for (std::int64_t index = 0;; ++index) {
        Level level;
        const std::string own = "encoder.down_blocks." + std::to_string(index);
        if (residual) {
            read_blocks(shapes, own + ".resnets.", 0, level);
            level.halves_time = shapes.contains(own + ".downsampler.time_conv.weight");
        } else {
            place = read_blocks(shapes, "encoder.down_blocks.", place, level);
            level.halves_time = shapes.contains("encoder.down_blocks." + std::to_string(place) + ".time_conv.weight");
            ++place;
        }
        if (level.blocks == 0) return levels;
        levels.push_back(level);
    }
}

/// Everything but the latents' statistics.
core::Result<VaeConfig> read_shapes(const TensorShapes& shapes, const std::string& source)
{
    const auto* in = find(shapes, "encoder.conv_in.weight", 5);
    const auto* out = find(shapes, "decoder.conv_out.weight", 5);
    const auto* latents = find(shapes, "post_quant_conv.weight", 5);
    if (in == nullptr || out == nullptr || latents == nullptr)
        return corrupt(source, "is no Wan VAE: its first or last convolutions are missing.");
    VaeConfig config;
    config.base_dim = (*in)[0];
    config.decoder_base_dim = (*out)[1];
    config.z_dim = (*latents)[0];
    config.in_channels = (*in)[1];
    config.out_channels = (*out)[0];
    config.patch_size = std::llround(std::sqrt(static_cast<double>(config.in_channels / k_pixel_channels)));
    config.is_residual = shapes.contains("encoder.down_blocks.0.resnets.0.conv1.weight");
    const auto levels = read_levels(shapes, config.is_residual);
    config.dim_mult.clear();
    config.temporal_downsample.clear();
    for (const Level& level : levels) {
        if (config.base_dim < 1 || level.width % config.base_dim != 0 || level.blocks != levels.front().blocks)
            return corrupt(source, "is no Wan VAE: the levels of its encoder don't belong together.");
        config.dim_mult.push_back(level.width / config.base_dim);
        if (config.dim_mult.size() < levels.size()) config.temporal_downsample.push_back(level.halves_time);
    }
    config.num_res_blocks = levels.empty() ? 0 : levels.front().blocks;
    return config;
}

}  // namespace

core::Result<void> check_vae_config(const VaeConfig& config, const std::string& config_name, const TensorShapes& shapes,
                                    const std::string& weights_name)
{
    const auto found = read_shapes(shapes, weights_name);
    if (!found) return found.error();
    struct Value {
        const char* name;
        std::int64_t told;
        std::int64_t found;
    };
    const Value values[] = {{"base_dim", config.base_dim, found->base_dim},
                            {"decoder_base_dim", config.decoder_base_dim, found->decoder_base_dim},
                            {"z_dim", config.z_dim, found->z_dim},
                            {"in_channels", config.in_channels, found->in_channels},
                            {"num_res_blocks", config.num_res_blocks, found->num_res_blocks},
                            {"is_residual", config.is_residual ? 1 : 0, found->is_residual ? 1 : 0}};
    for (const Value& value : values)
        if (value.told != value.found)
            return corrupt(config_name, "says that " + std::string(value.name) + " is " + std::to_string(value.told) +
                                            ", but in " + core::in_quotes(weights_name) + " it is " +
                                            std::to_string(value.found) + "; one of the two is the wrong file.");
    if (config.dim_mult != found->dim_mult || config.temporal_downsample != found->temporal_downsample)
        return corrupt(config_name, "tells other levels (dim_mult, temperal_downsample) than there are in " +
                                        core::in_quotes(weights_name) + "; one of the two is the wrong file.");
    return {};
}

}  // namespace kinora::inference
