#include "inference/training/enhance/degrade.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/_upsample_bicubic2d_aa.h>
#include <ATen/ops/_upsample_bilinear2d_aa.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/avg_pool2d.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/replication_pad2d.h>
#include <ATen/ops/upsample_bilinear2d.h>

#include <cmath>
#include <numbers>

#include "inference/training/scene_batch.h"

namespace kinora::training {
namespace {

constexpr std::int64_t k_block = 8;

at::Tensor gaussian(double deviation)
{
    const auto reach = static_cast<std::int64_t>(std::ceil(2.5 * deviation));
    const at::Tensor place = at::arange(-reach, reach + 1, at::kFloat);
    const at::Tensor weights = (place.square() * (-0.5 / (deviation * deviation))).exp();
    return weights / weights.sum();
}

at::Tensor blurred(const at::Tensor& picture, double deviation)
{
    const at::Tensor weights = gaussian(deviation);
    const std::int64_t taps = weights.numel();
    const std::int64_t reach = taps / 2;
    const at::Tensor x = at::replication_pad2d(picture.unsqueeze(1), {reach, reach, reach, reach});
    return at::conv2d(at::conv2d(x, weights.view({1, 1, 1, taps})), weights.view({1, 1, taps, 1})).squeeze(1);
}

at::Tensor shrunk(const at::Tensor& picture, int scale, Wear::Shrink how)
{
    const at::Tensor x = picture.unsqueeze(0);
    const std::int64_t height = x.size(2) / scale;
    const std::int64_t width = x.size(3) / scale;
    if (how == Wear::Shrink::area) return at::avg_pool2d(x, {scale, scale}).squeeze(0);
    if (how == Wear::Shrink::bilinear) return at::_upsample_bilinear2d_aa(x, {height, width}, false).squeeze(0);
    return at::_upsample_bicubic2d_aa(x, {height, width}, false).squeeze(0);
}

/// The orthonormal cosine transform of eight values, as a matrix.
at::Tensor cosine_matrix()
{
    const at::Tensor k = at::arange(k_block, at::kFloat).view({k_block, 1});
    const at::Tensor n = at::arange(k_block, at::kFloat).view({1, k_block});
    const at::Tensor matrix = (k * (n * 2 + 1) * (std::numbers::pi / (2 * k_block))).cos() * 0.5;
    matrix.select(0, 0).mul_(std::sqrt(0.5));
    return matrix;
}

/// Every 8×8 block of [planes, height, width] quantised, the finer the lower the frequency.
at::Tensor quantised(const at::Tensor& planes, float step)
{
    const at::Tensor matrix = cosine_matrix();
    const std::int64_t rows = planes.size(1) / k_block;
    const std::int64_t columns = planes.size(2) / k_block;
    const at::Tensor blocks =
        planes.reshape({planes.size(0), rows, k_block, columns, k_block}).permute({0, 1, 3, 2, 4}).contiguous();
    const at::Tensor order = at::arange(k_block, at::kFloat);
    const at::Tensor steps = ((order.view({k_block, 1}) + order) * 0.3 + 1.0) * (step * k_block / 2.0);
    const at::Tensor waves = at::matmul(at::matmul(matrix, blocks), matrix.t());
    const at::Tensor back = at::matmul(at::matmul(matrix.t(), (waves / steps).round() * steps), matrix);
    return back.permute({0, 1, 3, 2, 4}).reshape(planes.sizes());
}

}  // namespace

Wear random_wear(PortableRandom& random)
{
    Wear wear;
    const float kind = random.uniform();
    wear.shrink = kind < 0.4F ? Wear::Shrink::area : kind < 0.7F ? Wear::Shrink::bilinear : Wear::Shrink::bicubic;
    if (random.chance(0.25F)) return wear;
    if (random.chance(0.6F)) wear.blur = random.uniform(0.2F, 0.9F);
    if (random.chance(0.25F)) wear.noise = random.uniform(0.5F, 3.0F) / 255.0F;
    if (random.chance(0.5F)) wear.step = random.uniform(1.0F, 9.0F) / 255.0F;
    return wear;
}

at::Tensor compressed(const at::Tensor& picture, float step)
{
    const at::Tensor red = picture.select(0, 0);
    const at::Tensor green = picture.select(0, 1);
    const at::Tensor blue = picture.select(0, 2);
    const at::Tensor luma = red * 0.2126 + green * 0.7152 + blue * 0.0722;
    const at::Tensor chroma = at::cat({((blue - luma) / 1.8556).unsqueeze(0), ((red - luma) / 1.5748).unsqueeze(0)});
    const at::Tensor coarse = quantised(at::avg_pool2d(chroma.unsqueeze(0), {2, 2}).squeeze(0), step * 1.5F);
    const at::Tensor back =
        at::upsample_bilinear2d(coarse.unsqueeze(0), {picture.size(1), picture.size(2)}, false).squeeze(0);
    const at::Tensor y = quantised(luma.unsqueeze(0), step).squeeze(0);
    const at::Tensor b = y + back.select(0, 0) * 1.8556;
    const at::Tensor r = y + back.select(0, 1) * 1.5748;
    const at::Tensor g = (y - r * 0.2126 - b * 0.0722) / 0.7152;
    return at::cat({r.unsqueeze(0), g.unsqueeze(0), b.unsqueeze(0)});
}

at::Tensor worn(const at::Tensor& picture, int scale, const Wear& wear, PortableRandom& random)
{
    at::Tensor x = picture;
    if (wear.blur > 0) x = blurred(x, static_cast<double>(wear.blur) * scale);
    x = shrunk(x, scale, wear.shrink);
    if (wear.noise > 0) x = x + normal_noise(x.sizes(), random.next()) * wear.noise;
    if (wear.step > 0) x = compressed(x, wear.step);
    // Clips are stored in eight bits.
    return (x.clamp(0, 1) * 255).round() / 255;
}

}  // namespace kinora::training
