#include "inference/models/wan/vae_detect.h"

#include <cmath>
#include <vector>

#include "core/base/text.h"

namespace kinora::inference {
namespace {

constexpr std::int64_t k_pixel_channels = 3;

/// Of the latents of Wan 2.2's VAE, as its authors publish them (wan/modules/vae2_2.py).
const std::vector<double> k_wan22_mean{
    -0.2289, -0.0052, -0.1323, -0.2339, -0.2799, 0.0174,  0.1838,  0.1557,  -0.1382, 0.0542,  0.2813,  0.0891,
    0.1570,  -0.0098, 0.0375,  -0.1825, -0.2246, -0.1207, -0.0698, 0.5109,  0.2665,  -0.2108, -0.2158, 0.2502,
    -0.2055, -0.0322, 0.1109,  0.1567,  -0.0729, 0.0899,  -0.2799, -0.1230, -0.0313, -0.1649, 0.0117,  0.0723,
    -0.2839, -0.2083, -0.0520, 0.3748,  0.0152,  0.1957,  0.1433,  -0.2944, 0.3573,  -0.0548, -0.1681, -0.0667};
const std::vector<double> k_wan22_std{0.4765, 1.0364, 0.4514, 1.1677, 0.5313, 0.4990, 0.4818, 0.5013, 0.8158, 1.0344,
                                      0.5894, 1.0901, 0.6885, 0.6165, 0.8454, 0.4978, 0.5759, 0.3523, 0.7135, 0.6804,
                                      0.5833, 1.4146, 0.8986, 0.5659, 0.7069, 0.5338, 0.4889, 0.4917, 0.4069, 0.4999,
                                      0.6866, 0.4093, 0.5709, 0.6065, 0.6415, 0.4944, 0.5726, 1.2042, 0.5458, 1.6887,
                                      0.3971, 1.0600, 0.3943, 0.5537, 0.5444, 0.4089, 0.7468, 0.7744};

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

core::Result<VaeConfig> detect_vae_config(const TensorShapes& shapes, const std::string& source)
{
    auto config = read_shapes(shapes, source);
    if (!config) return config;
    if (config->z_dim == 16) {
        config->latents_mean = wan21_latents_mean();
        config->latents_std = wan21_latents_std();
    } else if (config->z_dim == 48) {
        config->latents_mean = k_wan22_mean;
        config->latents_std = k_wan22_std;
    } else {
        return core::make_error(core::ErrorKind::unsupported,
                                core::in_quotes(source) + " is a VAE of " + std::to_string(config->z_dim) +
                                    " channels, of which the latents' mean and deviation aren't known; put its config.json "
                                    "beside it.");
    }
    if (const auto checked = config->check(); !checked) return corrupt(source, "is no Wan VAE: " + checked.error().message);
    return config;
}

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
