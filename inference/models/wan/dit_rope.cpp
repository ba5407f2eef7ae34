#include "inference/models/wan/dit_rope.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/pow.h>
#include <ATen/ops/stack.h>

namespace kinora::inference {
namespace {

constexpr double k_theta = 10000.0;

/// Angles of one axis, float64 `[positions, dim / 2]`. Made where they are used: a copy to a card would hold it up.
at::Tensor axis_angles(std::int64_t dim, std::int64_t positions, const at::Device& device)
{
    const auto options = at::TensorOptions().dtype(at::kDouble).device(device);
    const auto frequency = at::pow(k_theta, at::arange(0, dim, 2, options).div(static_cast<double>(dim))).reciprocal();
    return at::arange(positions, options).unsqueeze(1) * frequency.unsqueeze(0);
}

}  // namespace

WanRope make_rope(const WanDitConfig& config, const std::array<std::int64_t, 3>& grid, const at::Device& device)
{
    const std::int64_t space = 2 * (config.attention_head_dim / 6);
    const std::array<std::int64_t, 3> dims{config.attention_head_dim - 2 * space, space, space};
    const auto [frames, rows, columns] = grid;
    const auto time = axis_angles(dims[0], frames, device).view({frames, 1, 1, -1}).expand({frames, rows, columns, -1});
    const auto down = axis_angles(dims[1], rows, device).view({1, rows, 1, -1}).expand({frames, rows, columns, -1});
    const auto across = axis_angles(dims[2], columns, device).view({1, 1, columns, -1}).expand({frames, rows, columns, -1});
    const auto angles = at::cat(at::TensorList{time, down, across}, -1).reshape({frames * rows * columns, -1});
    return {angles.cos().to(at::kFloat), angles.sin().to(at::kFloat)};
}

at::Tensor apply_rope(const at::Tensor& x, const WanRope& rope)
{
    const auto pairs = x.to(at::kFloat).unflatten(-1, {-1, 2});
    const auto first = pairs.select(-1, 0);
    const auto second = pairs.select(-1, 1);
    const auto cos = rope.cos.unsqueeze(1);
    const auto sin = rope.sin.unsqueeze(1);
    return at::stack({first * cos - second * sin, first * sin + second * cos}, -1).flatten(-2).to(x.scalar_type());
}

}  // namespace kinora::inference
