#include "inference/models/wan/vae_tiling.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>

#include <algorithm>
#include <vector>

namespace kinora::inference {
namespace {

constexpr std::int64_t k_height = 3;  // the dimensions
constexpr std::int64_t k_width = 4;

/// `tile`, faded in over the last `extent` rows (or columns) of the tile before it.
at::Tensor blended(const at::Tensor& before, const at::Tensor& tile, std::int64_t dimension, std::int64_t extent)
{
    extent = std::min({extent, before.size(dimension), tile.size(dimension)});
    if (extent <= 0) return tile;
    std::vector<std::int64_t> shape(5, 1);
    shape[static_cast<std::size_t>(dimension)] = extent;
    const auto weight = at::arange(extent, tile.options()).div(static_cast<double>(extent)).view(shape);
    const auto old_end = before.narrow(dimension, before.size(dimension) - extent, extent);
    const auto overlap = old_end * (1.0 - weight) + tile.narrow(dimension, 0, extent) * weight;
    return at::cat({overlap, tile.narrow(dimension, extent, tile.size(dimension) - extent)}, dimension);
}

at::Tensor first(const at::Tensor& x, std::int64_t dimension, std::int64_t count)
{
    return x.narrow(dimension, 0, std::min(count, x.size(dimension)));
}

at::Tensor cut(const at::Tensor& x, std::int64_t dimension, std::int64_t start, std::int64_t count)
{
    return x.narrow(dimension, start, std::min(count, x.size(dimension) - start));
}

}  // namespace

at::Tensor process_in_tiles(const at::Tensor& x, const VaeTiles& in, const VaeTiles& out,
                            const std::function<at::Tensor(const at::Tensor&)>& process)
{
    std::vector<at::Tensor> above;  // the row of tiles before, each blended already
    std::vector<at::Tensor> rows;
    for (std::int64_t top = 0; top < x.size(k_height); top += in.stride_height) {
        std::vector<at::Tensor> row;
        std::vector<at::Tensor> kept;
        for (std::int64_t left = 0; left < x.size(k_width); left += in.stride_width) {
            const auto source = cut(cut(x, k_height, top, in.min_height), k_width, left, in.min_width);
            auto tile = process(source.contiguous(at::MemoryFormat::ChannelsLast3d));
            if (!above.empty()) tile = blended(above[row.size()], tile, k_height, out.min_height - out.stride_height);
            if (!row.empty()) tile = blended(row.back(), tile, k_width, out.min_width - out.stride_width);
            kept.push_back(first(first(tile, k_height, out.stride_height), k_width, out.stride_width));
            row.push_back(std::move(tile));
        }
        rows.push_back(at::cat(kept, k_width));
        above = std::move(row);
    }
    return at::cat(rows, k_height);
}

}  // namespace kinora::inference
