#pragma once

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/stack.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "inference/weights/weight_map.h"

namespace kinora::tests {

/// The formula of tests/goldens/taehv/make_taehv.py: numbers within ±bound that depend on the name and their place only.
inline at::Tensor numbers_of(const std::string& name, std::vector<std::int64_t> shape, double bound)
{
    std::uint32_t seed = 2166136261U;
    for (const char letter : name)
        seed = (seed ^ static_cast<unsigned char>(letter)) * 16777619U;
    auto tensor = at::empty(shape, at::TensorOptions().dtype(at::kFloat));
    auto* const data = tensor.data_ptr<float>();
    for (std::int64_t index = 0; index < tensor.numel(); ++index) {
        std::uint32_t x = (static_cast<std::uint32_t>(index) + seed) * 2654435761U;
        x ^= x >> 16U;
        x *= 2246822519U;
        x ^= x >> 13U;
        data[index] = static_cast<float>((static_cast<double>(x) / 4294967296.0 - 0.5) * 2 * bound);
    }
    return tensor;
}

/// The published decoder's tensors. `doubling`: the first stage has weights for twice the frames, as some files do.
inline inference::WeightMap taehv_weights(std::int64_t channels, std::int64_t patch, bool doubling = false)
{
    inference::WeightMap map;
    const auto add = [&](const std::string& name, std::vector<std::int64_t> shape) {
        const double fan_in = shape.size() > 1 ? static_cast<double>(shape[1] * shape[2] * shape[3]) : 16;
        map.add(name, numbers_of(name, shape, std::sqrt(3 / fan_in)));
    };
    const std::vector<std::int64_t> widths{256, 128, 64, 64};
    add("decoder.1.weight", {256, channels, 3, 3});
    add("decoder.1.bias", {256});
    for (std::int64_t stage = 0; stage < 3; ++stage) {
        const auto width = widths[static_cast<std::size_t>(stage)];
        for (std::int64_t block = 0; block < 3; ++block)
            for (const int conv : {0, 2, 4}) {
                const auto name = "decoder." + std::to_string(3 + 6 * stage + block) + ".conv." + std::to_string(conv) + ".";
                add(name + "weight", {width, conv == 0 ? 2 * width : width, 3, 3});
                add(name + "bias", {width});
            }
        const auto grow = "decoder." + std::to_string(7 + 6 * stage) + ".conv.weight";
        add(grow, {stage == 0 ? width : 2 * width, width, 1, 1});
        add("decoder." + std::to_string(8 + 6 * stage) + ".weight",
            {widths[static_cast<std::size_t>(stage) + 1], width, 3, 3});
    }
    add("decoder.22.weight", {3 * patch * patch, 64, 3, 3});
    add("decoder.22.bias", {3 * patch * patch});
    if (doubling) {
        const auto single = numbers_of("decoder.7.conv.weight", {256, 256, 1, 1}, std::sqrt(3.0 / 256));
        inference::WeightMap other;
        for (const auto& [name, tensor] : map.tensors())
            other.add(name, name == "decoder.7.conv.weight" ? at::stack(at::TensorList{single * 3, single}).flatten(0, 1)
                                                            : tensor);
        return other;
    }
    return map;
}

}  // namespace kinora::tests
