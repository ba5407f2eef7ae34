#include "inference/models/wan/vae_config.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>

namespace kinora::inference {
namespace {

using core::ErrorKind;
using core::make_error;
using nlohmann::json;

/// The statistics of Wan 2.1's latents, which diffusers takes where a config.json doesn't name any.
const std::vector<double> k_wan21_mean{-0.7571, -0.7089, -0.9113, 0.1075,  -0.1745, 0.9653,  -0.1517, 1.5508,
                                       0.4134,  -0.0715, 0.5517,  -0.3632, -0.1922, -0.9497, 0.2503,  -0.2921};
const std::vector<double> k_wan21_std{2.8184, 1.4541, 2.3275, 2.6558, 1.2196, 1.7708, 2.6052, 2.0743,
                                      3.2687, 2.1526, 2.8652, 1.5579, 1.6382, 1.1253, 2.8251, 1.9160};

constexpr std::int64_t k_largest_width = 8192;
constexpr std::int64_t k_pixel_channels = 3;

/// Takes `key` into `target` if it is there and not null. Throws json::exception for another type; a number with a fraction
/// or an exponent is another type than a whole one, since it may be larger than any.
template <typename T>
void read(const json& from, const char* key, T& target)
{
    const auto found = from.find(key);
    if (found == from.end() || found->is_null()) return;
    const auto is_fraction = [](const json& value) { return value.is_number_float(); };
    const bool whole = std::is_same_v<T, std::int64_t> || std::is_same_v<T, std::vector<std::int64_t>>;
    if (whole && (is_fraction(*found) || (found->is_array() && std::any_of(found->begin(), found->end(), is_fraction))))
        throw json::type_error::create(302, std::string(key) + " is no whole number", &from);
    target = found->get<T>();
}

core::Error invalid(const std::string& reason)
{
    return make_error(ErrorKind::corrupt, reason);
}

bool in_range(std::int64_t value, std::int64_t low, std::int64_t high)
{
    return value >= low && value <= high;
}

/// The shortcuts of the residual kind average or repeat whole groups of channels.
core::Result<void> check_shortcuts(const VaeConfig& config)
{
    const auto down = config.encoder_widths();
    const auto up = config.decoder_widths();
    const auto levels = config.dim_mult.size();
    for (std::size_t level = 0; level < levels; ++level) {
        const bool last = level + 1 == levels;
        const std::int64_t cells_down = last ? 1 : (config.temporal_downsample[level] ? 8 : 4);
        const std::int64_t cells_up = last ? 1 : (config.temporal_downsample[levels - 2 - level] ? 8 : 4);
        if (down[level] * cells_down % down[level + 1] != 0 || (!last && up[level + 1] * cells_up % up[level] != 0))
            return invalid("the VAE's dim_mult doesn't fit the shortcuts around its resampling.");
    }
    return {};
}

}  // namespace

core::Result<VaeConfig> VaeConfig::from_json(const json& from, const std::string& source)
{
    VaeConfig config;
    try {
        if (!from.is_object()) return invalid(source + " doesn't hold a JSON object.");
        read(from, "base_dim", config.base_dim);
        config.decoder_base_dim = config.base_dim;
        read(from, "decoder_base_dim", config.decoder_base_dim);
        read(from, "z_dim", config.z_dim);
        read(from, "dim_mult", config.dim_mult);
        read(from, "num_res_blocks", config.num_res_blocks);
        read(from, "temperal_downsample", config.temporal_downsample);
        config.latents_mean = k_wan21_mean;
        config.latents_std = k_wan21_std;
        read(from, "latents_mean", config.latents_mean);
        read(from, "latents_std", config.latents_std);
        read(from, "is_residual", config.is_residual);
        read(from, "in_channels", config.in_channels);
        read(from, "out_channels", config.out_channels);
        read(from, "patch_size", config.patch_size);
        std::vector<double> attention_scales;
        read(from, "attn_scales", attention_scales);
        if (!attention_scales.empty()) {
            return make_error(
                ErrorKind::unsupported,
                source + " asks for attention between the blocks (attn_scales), which no published Wan VAE has.");
        }
    } catch (const json::exception& error) {
        return invalid(source + " isn't the configuration of a Wan VAE: " + error.what() + ".");
    }
    if (const auto checked = config.check(); !checked) return invalid(source + ": " + checked.error().message);
    return config;
}

core::Result<VaeConfig> VaeConfig::from_file(const std::filesystem::path& path)
{
    std::ifstream file(path);
    if (!file) return make_error(ErrorKind::not_found, "The VAE's configuration " + path.string() + " can't be read.");
    const auto parsed = json::parse(file, nullptr, false);
    if (parsed.is_discarded()) return invalid(path.string() + " isn't valid JSON.");
    return from_json(parsed, path.string());
}

json VaeConfig::to_json() const
{
    return {{"_class_name", "AutoencoderKLWan"},
            {"attn_scales", json::array()},
            {"base_dim", base_dim},
            {"decoder_base_dim", decoder_base_dim},
            {"dim_mult", dim_mult},
            {"dropout", 0.0},
            {"in_channels", in_channels},
            {"is_residual", is_residual},
            {"latents_mean", latents_mean},
            {"latents_std", latents_std},
            {"num_res_blocks", num_res_blocks},
            {"out_channels", out_channels},
            {"patch_size", patch_size > 1 ? json(patch_size) : json()},
            {"scale_factor_spatial", spatial_stride()},
            {"scale_factor_temporal", temporal_stride()},
            {"temperal_downsample", temporal_downsample},
            {"z_dim", z_dim}};
}

core::Result<void> VaeConfig::check() const
{
    if (!in_range(base_dim, 1, k_largest_width) || !in_range(decoder_base_dim, 1, k_largest_width))
        return invalid("the VAE's base_dim and decoder_base_dim have to lie between 1 and 8192.");
    if (!in_range(z_dim, 1, 1024)) return invalid("the VAE's z_dim has to lie between 1 and 1024.");
    if (!in_range(static_cast<std::int64_t>(dim_mult.size()), 1, 8) ||
        !std::all_of(dim_mult.begin(), dim_mult.end(), [](std::int64_t factor) { return in_range(factor, 1, 64); }))
        return invalid("the VAE's dim_mult has to have one to eight entries between 1 and 64.");
    if (temporal_downsample.size() + 1 != dim_mult.size())
        return invalid("the VAE's temperal_downsample has to have one entry less than dim_mult.");
    if (!in_range(num_res_blocks, 1, 16)) return invalid("the VAE's num_res_blocks has to lie between 1 and 16.");
    if (!in_range(patch_size, 1, 8)) return invalid("the VAE's patch_size has to lie between 1 and 8.");
    if (in_channels != k_pixel_channels * patch_size * patch_size || out_channels != in_channels)
        return invalid("the VAE's in_channels and out_channels have to be three times the square of patch_size.");
    if (latents_mean.size() != static_cast<std::size_t>(z_dim) || latents_std.size() != latents_mean.size())
        return invalid("the VAE's latents_mean and latents_std have to have z_dim entries.");
    if (!std::all_of(latents_std.begin(), latents_std.end(), [](double std) { return std::isfinite(std) && std > 0.0; }))
        return invalid("the VAE's latents_std have to be positive.");
    return is_residual ? check_shortcuts(*this) : core::Result<void>{};
}

std::vector<std::int64_t> VaeConfig::encoder_widths() const
{
    std::vector<std::int64_t> widths{base_dim};
    for (const auto factor : dim_mult)
        widths.push_back(base_dim * factor);
    return widths;
}

std::vector<std::int64_t> VaeConfig::decoder_widths() const
{
    std::vector<std::int64_t> widths{decoder_base_dim * dim_mult.back()};
    for (auto factor = dim_mult.rbegin(); factor != dim_mult.rend(); ++factor)
        widths.push_back(decoder_base_dim * *factor);
    return widths;
}

std::int64_t VaeConfig::spatial_stride() const
{
    return patch_size << (dim_mult.size() - 1);
}

std::int64_t VaeConfig::temporal_stride() const
{
    return std::int64_t{1} << std::count(temporal_downsample.begin(), temporal_downsample.end(), true);
}

}  // namespace kinora::inference
