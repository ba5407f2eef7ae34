#include "inference/models/wan/vae_tiling.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>

#include <algorithm>
#include <utility>
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

at::Tensor start_of(const at::Tensor& x, std::int64_t dimension, std::int64_t count)
{
    return x.narrow(dimension, 0, std::min(count, x.size(dimension)));
}

at::Tensor cut(const at::Tensor& x, std::int64_t dimension, std::int64_t start, std::int64_t count)
{
    return x.narrow(dimension, start, std::min(count, x.size(dimension) - start));
}

/// The last `count` rows or columns in memory of their own, so that the tile that they belong to is freed.
at::Tensor end_of(const at::Tensor& tile, std::int64_t dimension, std::int64_t count)
{
    count = std::clamp<std::int64_t>(count, 0, tile.size(dimension));
    return tile.narrow(dimension, tile.size(dimension) - count, count).clone();
}

}  // namespace

at::Tensor process_in_tiles(const at::Tensor& x, const VaeTiles& in, const VaeTiles& out,
                            const std::function<at::Tensor(const at::Tensor&)>& process,
                            const std::function<at::Tensor(const at::Tensor&)>& finish)
{
    const auto fade_height = out.min_height - out.stride_height, fade_width = out.min_width - out.stride_width;
    // Of the row of tiles before, each blended already, and of the tile before: what the next ones fade over.
    std::vector<at::Tensor> above;
    at::Tensor whole;
    for (std::int64_t row = 0; row * in.stride_height < x.size(k_height); ++row) {
        std::vector<at::Tensor> ends;
        at::Tensor before;
        for (std::int64_t column = 0; column * in.stride_width < x.size(k_width); ++column) {
            const auto source = cut(cut(x, k_height, row * in.stride_height, in.min_height), k_width,
                                    column * in.stride_width, in.min_width);
            auto tile = process(source.contiguous(at::MemoryFormat::ChannelsLast3d));
            const auto tile_height = tile.size(k_height), tile_width = tile.size(k_width);
            if (row > 0) tile = blended(above[ends.size()], tile, k_height, fade_height);
            if (column > 0) tile = blended(before, tile, k_width, fade_width);
            const auto part = finish(start_of(start_of(tile, k_height, out.stride_height), k_width, out.stride_width));
            const auto scale = part.size(k_height) / std::min(out.stride_height, tile_height);
            if (!whole.defined())
                whole = at::empty({part.size(0), part.size(1), part.size(2),
                                   x.size(k_height) * tile_height / source.size(k_height) * scale,
                                   x.size(k_width) * tile_width / source.size(k_width) * scale},
                                  part.options().memory_format(at::MemoryFormat::ChannelsLast3d));
            whole.narrow(k_height, row * out.stride_height * scale, part.size(k_height))
                .narrow(k_width, column * out.stride_width * scale, part.size(k_width))
                .copy_(part);
            ends.push_back(end_of(tile, k_height, fade_height));
            before = end_of(tile, k_width, fade_width);
        }
        above = std::move(ends);
    }
    return whole;
}

}  // namespace kinora::inference
