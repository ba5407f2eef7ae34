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

/// Room for all of x, of which `source` gave `tile`.
at::Tensor room_for(const at::Tensor& x, const at::Tensor& source, const at::Tensor& tile)
{
    const auto side = [&](std::int64_t dimension) {
        return x.size(dimension) * tile.size(dimension) / source.size(dimension);
    };
    return at::empty({tile.size(0), tile.size(1), tile.size(2), side(k_height), side(k_width)},
                     tile.options().memory_format(at::MemoryFormat::ChannelsLast3d));
}

}  // namespace

at::Tensor process_in_tiles(const at::Tensor& x, const VaeTiles& in, const VaeTiles& out,
                            const std::function<at::Tensor(const at::Tensor&)>& process)
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
            if (!whole.defined()) whole = room_for(x, source, tile);
            if (row > 0) tile = blended(above[ends.size()], tile, k_height, fade_height);
            if (column > 0) tile = blended(before, tile, k_width, fade_width);
            auto place = cut(cut(whole, k_height, row * out.stride_height, out.stride_height), k_width,
                             column * out.stride_width, out.stride_width);
            place.copy_(tile.narrow(k_height, 0, place.size(k_height)).narrow(k_width, 0, place.size(k_width)));
            ends.push_back(end_of(tile, k_height, fade_height));
            before = end_of(tile, k_width, fade_width);
        }
        above = std::move(ends);
    }
    return whole;
}

}  // namespace kinora::inference
