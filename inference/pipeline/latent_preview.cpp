#include "inference/pipeline/latent_preview.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/avg_pool2d.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/eye.h>
#include <ATen/ops/linalg_solve.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/pixel_shuffle.h>
#include <ATen/ops/pixel_unshuffle.h>
#include <ATen/ops/replication_pad2d.h>
#include <ATen/ops/tensor.h>

#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/file.h"
#include "core/base/text.h"
#include "core/models/json_file.h"

namespace kinora::inference {
namespace {

using nlohmann::json;

constexpr int k_format = 1;
constexpr std::int64_t k_largest_channels = 4096;

/// [n, channels, height, width] → [n·height·width, channels + 1], a one at the end of each row.
at::Tensor cells(const at::Tensor& latents)
{
    const auto rows = latents.permute({0, 2, 3, 1}).reshape({-1, latents.size(1)});
    return at::cat(at::TensorList{rows, at::ones({rows.size(0), 1}, rows.options())}, 1);
}

/// Least squares with a ridge of a millionth of the mean energy.
at::Tensor solve(const at::Tensor& inputs, const at::Tensor& targets)
{
    const auto gram = inputs.t().matmul(inputs);
    const double ridge = 1e-6 * gram.diagonal().mean().item<double>();
    const auto regular = gram + at::eye(gram.size(0), gram.options()) * ridge;
    return at::linalg_solve(regular, inputs.t().matmul(targets)).to(at::kFloat);
}

/// Pictures within 0…1, [n, 3, height, width] → rows of what a cell has to become.
at::Tensor targets_of(const at::Tensor& pictures, std::int64_t pixels_per_value, std::int64_t scale)
{
    const auto small = at::avg_pool2d((pictures + 1) / 2, pixels_per_value);
    const auto folded = at::pixel_unshuffle(small, scale);
    return folded.permute({0, 2, 3, 1}).reshape({-1, folded.size(1)});
}

/// Each point becomes the mean of a square as large as a cell, twice: neighbouring cells, which the map knows nothing of,
/// run into each other as in a linear enlargement of one point a cell, while a colour that is the same everywhere stays.
/// Early in sampling each cell is off in its own direction; without this one sees a chequerboard instead of a picture.
at::Tensor without_cells(at::Tensor pictures, std::int64_t scale)
{
    const std::int64_t less = (scale - 1) / 2;
    const std::int64_t more = scale - 1 - less;
    for (const auto& [left, right] : {std::pair{less, more}, std::pair{more, less}})
        pictures = at::avg_pool2d(at::replication_pad2d(pictures, {left, right, left, right}), scale, 1);
    return pictures;
}

json matrix_to_json(const at::Tensor& matrix)
{
    json rows = json::array();
    for (std::int64_t row = 0; row < matrix.size(0); ++row) {
        const auto values = matrix[row].contiguous();
        rows.push_back(std::vector<float>(values.data_ptr<float>(), values.data_ptr<float>() + values.numel()));
    }
    return rows;
}

/// Undefined if the rows aren't numbers of one length.
at::Tensor matrix_from_json(const json& rows, std::int64_t width)
{
    if (!rows.is_array() || rows.size() < 2 || static_cast<std::int64_t>(rows.size()) > k_largest_channels) return {};
    std::vector<float> values;
    for (const json& row : rows) {
        if (!row.is_array() || static_cast<std::int64_t>(row.size()) != width) return {};
        for (const json& value : row) {
            if (!value.is_number() || !std::isfinite(value.get<float>())) return {};
            values.push_back(value.get<float>());
        }
    }
    return at::tensor(values).view({static_cast<std::int64_t>(rows.size()), width});
}

}  // namespace

LatentPreview::LatentPreview(at::Tensor first, at::Tensor later, std::int64_t scale)
    : first_(std::move(first)), later_(std::move(later)), scale_(scale)
{
}

LatentPreview LatentPreview::fit(const at::Tensor& latents, const at::Tensor& frames, std::int64_t scale)
{
    const auto pixels = frames.size(3) / latents.size(3) / scale;
    const auto wide = latents.to(at::kCPU, at::kDouble);
    const auto video = frames.to(at::kCPU, at::kDouble);
    const auto first = solve(cells(wide.select(2, 0)), targets_of(video.select(2, 0), pixels, scale));
    if (latents.size(2) == 1) return {first, first, scale};

    const auto groups = latents.size(2) - 1;
    const auto later = wide.narrow(2, 1, groups).transpose(1, 2).flatten(0, 1);
    const auto means =
        video.narrow(2, 1, video.size(2) - 1).unflatten(2, {groups, -1}).mean(3).transpose(1, 2).flatten(0, 1);
    return {first, solve(cells(later), targets_of(means, pixels, scale)), scale};
}

core::Result<LatentPreview> LatentPreview::load(const std::filesystem::path& file)
{
    auto object = core::read_json_object(file);
    if (!object) return object.error();
    const auto corrupt = [&](const std::string& what) {
        return core::make_error(core::ErrorKind::corrupt, core::in_quotes(file.string()) + " has no usable " + what + ".");
    };
    const json scale = object->value("scale", json());
    if (!scale.is_number_integer() || scale.get<std::int64_t>() < 1 || scale.get<std::int64_t>() > 32)
        return corrupt("scale");
    const auto width = 3 * scale.get<std::int64_t>() * scale.get<std::int64_t>();
    const auto first = matrix_from_json(object->value("first", json()), width);
    const auto later = matrix_from_json(object->value("later", json()), width);
    if (!first.defined() || !later.defined() || first.size(0) != later.size(0)) return corrupt("map of latents");
    return LatentPreview(first, later, scale.get<std::int64_t>());
}

core::Result<void> LatentPreview::save(const std::filesystem::path& file) const
{
    const json object{
        {"format", k_format}, {"scale", scale_}, {"first", matrix_to_json(first_)}, {"later", matrix_to_json(later_)}};
    return core::write_file(file, object.dump());
}

at::Tensor LatentPreview::picture_values(const at::Tensor& latents) const
{
    const auto frames = latents.to(at::kCPU, at::kFloat).squeeze(0).transpose(0, 1);
    const auto map = [&](const at::Tensor& part, const at::Tensor& matrix) {
        const auto values = at::matmul(cells(part), matrix).view({part.size(0), part.size(2), part.size(3), -1});
        return at::pixel_shuffle(values.permute({0, 3, 1, 2}), scale_);
    };
    const auto first = map(frames.narrow(0, 0, 1), first_);
    if (frames.size(0) == 1) return first;
    return at::cat(at::TensorList{first, map(frames.narrow(0, 1, frames.size(0) - 1), later_)}, 0);
}

std::vector<core::Picture8> LatentPreview::apply(const at::Tensor& latents) const
{
    const auto values = without_cells(picture_values(latents), scale_)
                            .clamp(0.0, 1.0)
                            .mul(255.0)
                            .round()
                            .to(at::kByte)
                            .permute({0, 2, 3, 1})
                            .contiguous();
    std::vector<core::Picture8> pictures;
    for (std::int64_t index = 0; index < values.size(0); ++index) {
        core::Picture8 picture{static_cast<int>(values.size(1)), static_cast<int>(values.size(2)), {}};
        const auto frame = values[index];
        picture.rgb.assign(frame.data_ptr<std::uint8_t>(), frame.data_ptr<std::uint8_t>() + frame.numel());
        pictures.push_back(std::move(picture));
    }
    return pictures;
}

}  // namespace kinora::inference
