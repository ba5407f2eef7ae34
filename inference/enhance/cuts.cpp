#include "inference/enhance/cuts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace kinora::inference {
namespace {

constexpr int k_columns = 32;
constexpr int k_rows = 20;
constexpr int k_levels = 6;  ///< of each colour, in the bins
constexpr int k_search = 5;  ///< cells to all sides: a pan of a sixth of the picture is no cut

// Where drawn and filmed cuts begin and fast pans end, with room to both sides (see the test).
constexpr float k_other_colours = 0.30F;
constexpr float k_other_cells = 0.045F;
/// So different that colours needn't be asked.
constexpr float k_quite_other_cells = 0.14F;

}  // namespace

FrameGist::FrameGist(std::span<const float> rgb, int width, int height)
    : cells_(static_cast<std::size_t>(k_columns) * k_rows * 3, 0.0F),
      colours_(static_cast<std::size_t>(k_levels) * k_levels * k_levels, 0.0F)
{
    std::vector<float> counts(static_cast<std::size_t>(k_columns) * k_rows, 0.0F);
    // Every pixel of a small picture, some of a large one: a gist needs no more.
    const int stride = std::max(1, std::min(width / 160, height / 100));
    float seen = 0;
    for (int y = 0; y < height; y += stride) {
        for (int x = 0; x < width; x += stride) {
            const float* pixel = rgb.data() + (static_cast<std::size_t>(y) * width + x) * 3;
            const std::size_t cell =
                static_cast<std::size_t>(y * k_rows / height) * k_columns + static_cast<std::size_t>(x * k_columns / width);
            std::size_t bin = 0;
            for (int c = 0; c < 3; ++c) {
                const float value = std::clamp(pixel[c], 0.0F, 1.0F);
                cells_[cell * 3 + static_cast<std::size_t>(c)] += value;
                bin = bin * k_levels + static_cast<std::size_t>(std::min(k_levels - 1, static_cast<int>(value * k_levels)));
            }
            counts[cell] += 1;
            colours_[bin] += 1;
            seen += 1;
        }
    }
    for (std::size_t cell = 0; cell < counts.size(); ++cell)
        for (std::size_t c = 0; c < 3; ++c)
            cells_[cell * 3 + c] /= std::max(1.0F, counts[cell]);
    for (float& share : colours_)
        share /= std::max(1.0F, seen);
}

FrameGist::Change FrameGist::change(const FrameGist& before, const FrameGist& after)
{
    Change change;
    for (std::size_t bin = 0; bin < before.colours_.size(); ++bin)
        change.colours += std::abs(before.colours_[bin] - after.colours_[bin]) * 0.5F;
    for (int y = 0; y < k_rows; ++y) {
        for (int x = 0; x < k_columns; ++x) {
            const float* cell = after.cells_.data() + (static_cast<std::size_t>(y) * k_columns + x) * 3;
            float best = 3;
            for (int v = std::max(0, y - k_search); v <= std::min(k_rows - 1, y + k_search); ++v) {
                for (int u = std::max(0, x - k_search); u <= std::min(k_columns - 1, x + k_search); ++u) {
                    const float* other = before.cells_.data() + (static_cast<std::size_t>(v) * k_columns + u) * 3;
                    best = std::min(
                        best, std::abs(cell[0] - other[0]) + std::abs(cell[1] - other[1]) + std::abs(cell[2] - other[2]));
                }
            }
            change.cells += best / 3;
        }
    }
    change.cells /= static_cast<float>(k_rows * k_columns);
    return change;
}

bool FrameGist::cut_between(const FrameGist& before, const FrameGist& after)
{
    if (before.empty() || after.empty()) return false;
    const Change seen = change(before, after);
    return seen.cells > k_quite_other_cells || (seen.colours > k_other_colours && seen.cells > k_other_cells);
}

}  // namespace kinora::inference
