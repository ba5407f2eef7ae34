#include "inference/training/scenes/layer.h"

namespace kinora::training {
namespace {

int wrapped(int value, int period)
{
    const int rest = value % period;
    return rest < 0 ? rest + period : rest;
}

/// A pixel between four neighbours.
Pixel between(const Pixel* upper, const Pixel* lower, int left, float weight_x, float weight_y)
{
    return mix(mix(upper[left], upper[left + 1], weight_x), mix(lower[left], lower[left + 1], weight_x), weight_y);
}

}  // namespace

Layer::Layer(int width, int height, int margin_x, int margin_y)
    : width_(width),
      height_(height),
      margin_x_(margin_x),
      margin_y_(margin_y),
      pixels_(static_cast<std::size_t>(width + 1) * height),
      covers_(static_cast<std::size_t>(height), Cover::partial),
      filled_(static_cast<std::size_t>(blocks()) * height, 1)
{
}

void Layer::finish()
{
    for (int y = 0; y < height_; ++y) {
        Pixel* pixels = row(y);
        pixels[width_] = pixels[wraps ? 0 : width_ - 1];
        float lowest = 1;
        bool empty = true;
        for (int b = 0; b < blocks(); ++b) {
            float highest = 0;
            // A block looks one pixel further, because that pixel is blended into its last one.
            for (int x = b * k_block; x <= std::min((b + 1) * k_block, width_); ++x) {
                const Pixel::Vector& v = pixels[x].v;
                lowest = std::min(lowest, v[3]);
                highest = std::max({highest, v[0], v[1], v[2], v[3]});
            }
            filled_[static_cast<std::size_t>(y) * blocks() + b] = highest > 0.0F ? 1 : 0;
            empty = empty && highest <= 0.0F;
        }
        covers_[y] = empty ? Cover::empty : lowest >= 0.999F ? Cover::opaque : Cover::partial;
    }
}

Layer::Line Layer::line(int y, const View& view, int frame) const
{
    const float k = scale(view);
    const float centre = view.size.height / 2.0F;
    const float source = (y + 0.5F - centre) * k + centre - 0.5F + view.y * parallax - velocity_y * frame + margin_y_;
    const float base = std::floor(source);
    int first = static_cast<int>(base);
    int second = first + 1;
    if (wraps) {
        first = wrapped(first, height_);
        second = wrapped(second, height_);
    } else {
        first = std::clamp(first, 0, height_ - 1);
        second = std::clamp(second, 0, height_ - 1);
    }
    return {first, second, source - base};
}

Layer::Cover Layer::cover(int y, const View& view, int frame) const
{
    const Line at = line(y, view, frame);
    const Cover first = covers_[at.first];
    const Cover second = at.weight == 0.0F ? first : covers_[at.second];
    return first == second ? first : Cover::partial;
}

void Layer::compose_unscaled(int width, float start, const Pixel* upper, const Pixel* lower, float weight_y,
                             const std::uint8_t* filled_upper, const std::uint8_t* filled_lower, Pixel* out) const
{
    const float base = std::floor(start);
    const float weight_x = start - base;
    const bool exact = weight_x == 0.0F && weight_y == 0.0F;
    int left = static_cast<int>(base);
    left = wraps ? wrapped(left, width_) : std::clamp(left, 0, width_ - 1);
    for (int x = 0; x < width;) {
        const int block = left / k_block;
        const int run = std::min({width - x, (block + 1) * k_block - left, width_ - left});
        if (filled_upper[block] != 0 || filled_lower[block] != 0) {
            if (exact) {
                for (int i = 0; i < run; ++i)
                    out[x + i] = over(upper[left + i], out[x + i]);
            } else {
                for (int i = 0; i < run; ++i)
                    out[x + i] = over(between(upper, lower, left + i, weight_x, weight_y), out[x + i]);
            }
        }
        x += run;
        left += run;
        if (left == width_) {
            if (!wraps) return;
            left = 0;
        }
    }
}

void Layer::compose(int y, const View& view, int frame, Pixel* out) const
{
    const Line at = line(y, view, frame);
    const Pixel* upper = row(at.first);
    const Pixel* lower = row(at.second);
    const float k = scale(view);
    const float centre = view.size.width / 2.0F;
    float start = (0.5F - centre) * k + centre - 0.5F + view.x * parallax - velocity_x * frame + margin_x_;
    if (k == 1.0F) {
        const auto filled = [this](int index) { return filled_.data() + static_cast<std::size_t>(index) * blocks(); };
        compose_unscaled(view.size.width, start, upper, lower, at.weight, filled(at.first), filled(at.second), out);
        return;
    }
    const float last = static_cast<float>(width_);
    if (wraps) start -= last * std::floor(start / last);
    for (int x = 0; x < view.size.width; ++x) {
        float source = start + x * k;
        if (wraps && source >= last) source -= last;
        source = std::clamp(source, 0.0F, last - 0.001F);
        const int left = static_cast<int>(source);
        out[x] = over(between(upper, lower, left, source - left, at.weight), out[x]);
    }
}

void Layer::flatten(const Layer& above)
{
    for (int y = 0; y < height_; ++y) {
        if (above.covers_[y] == Cover::empty) continue;
        Pixel* below = row(y);
        const Pixel* pixels = above.row(y);
        for (int x = 0; x < width_; ++x)
            below[x] = over(pixels[x], below[x]);
    }
    finish();
}

}  // namespace kinora::training
