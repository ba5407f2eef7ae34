#include "inference/enhance/enhance_weights.h"

#include <ATen/core/Tensor.h>

#include <array>
#include <string>
#include <string_view>

#include "core/base/paths.h"
#include "core/base/text.h"
#include "inference/weights/weight_source.h"

namespace kinora::inference {
namespace {

/// Sets of weights within one file, the best one first.
constexpr std::array<std::string_view, 7> k_sets{"params_ema.", "params-ema.", "params.",         "state_dict.",
                                                 "model.",      "generator.",  "netG_state_dict."};

/// Wrappings around every name.
constexpr std::array<std::string_view, 3> k_wrappings{"module.", "netG.", "flownet."};

/// Parts that training needs and nothing else.
constexpr std::array<std::string_view, 6> k_training_only{"block_tea.", "teacher.", "contextnet.",
                                                          "unet.",      "caltime.", "lap."};

template <std::size_t Count>
bool begins_with_any(std::string_view name, const std::array<std::string_view, Count>& beginnings)
{
    for (const auto beginning : beginnings)
        if (name.starts_with(beginning)) return true;
    return false;
}

/// The set that a file's tensors are taken from; empty: they lie open.
std::string_view best_set(const WeightMap& weights)
{
    for (const auto set : k_sets)
        for (const auto& [name, tensor] : weights.tensors())
            if (name.starts_with(set)) return set;
    return {};
}

std::string unwrapped(std::string_view name)
{
    for (bool found = true; found;) {
        found = false;
        for (const auto wrapping : k_wrappings) {
            if (!name.starts_with(wrapping)) continue;
            name.remove_prefix(wrapping.size());
            found = true;
        }
    }
    return std::string(name);
}

/// ESRGAN of the first kind calls its body "model.1.sub…": that is no wrapping.
bool is_first_esrgan(const WeightMap& weights)
{
    return weights.contains("model.0.weight");
}

}  // namespace

core::Error about_file(const std::filesystem::path& file, const core::Error& error)
{
    return core::make_error(error.kind, core::in_quotes(core::path_to_utf8(file)) + ": " + error.message);
}

core::Result<WeightMap> load_enhance_weights(const std::filesystem::path& file)
{
    const auto stored = load_weight_file(file);
    if (!stored) return stored.error();
    const std::string_view set = is_first_esrgan(*stored) ? std::string_view() : best_set(*stored);
    WeightMap weights;
    for (const auto& [name, tensor] : stored->tensors()) {
        if (!name.starts_with(set)) continue;
        const std::string plain = unwrapped(std::string_view(name).substr(set.size()));
        if (begins_with_any(plain, k_training_only)) continue;
        if (!tensor.is_floating_point()) {
            if (tensor.dim() == 0) continue;  // counters of batches and steps
            return core::make_error(core::ErrorKind::corrupt, core::in_quotes(core::path_to_utf8(file)) + " stores \"" +
                                                                  name +
                                                                  "\" in whole numbers, where an upscaler has floats.");
        }
        weights.add(plain, tensor);
    }
    for (const auto& [name, packed] : stored->packed())
        weights.add(unwrapped(name), packed->expanded(at::kFloat));
    return weights;
}

}  // namespace kinora::inference
