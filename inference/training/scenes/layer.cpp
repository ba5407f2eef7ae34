#include "inference/training/scenes/layer.h"

namespace kinora::training {
namespace {

int wrapped(int value, int period)
{
    const int rest = value % period;
    return rest < 0 ? rest + period : rest;
}

/// The four neighbours of a point, weighted.
struct Bilinear {
    const Pixel* upper;
    const Pixel* lower;
    float weight_y;

    [[nodiscard]] Pixel at(int left, int right, float weight_x) const
    {
        const Pixel top = mix(upper[left], upper[right], weight_x);
        const Pixel bottom = mix(lower[left], lower[right], weight_x);
        return mix(top, bottom, weight_y);
    }
};

}  // namespace

Layer::Layer(int width, int height, int margin_x, int margin_y)
    : width_(width),
      height_(height),
      margin_x_(margin_x),
      margin_y_(margin_y),
      pixels_(static_cast<std::size_t>(width) * height),
      covers_(static_cast<std::size_t>(height), Cover::partial)
{
}

void Layer::finish()
{
    for (int y = 0; y < height_; ++y) {
        const Pixel* pixels = row(y);
        float lowest = 1;
        float highest = 0;
        for (int x = 0; x < width_; ++x) {
            const Pixel::Vector& v = pixels[x].v;
            lowest = std::min(lowest, v[3]);
            highest = std::max({highest, v[0], v[1], v[2], v[3]});
        }
        covers_[y] = highest <= 0.0F ? Cover::empty : lowest >= 0.999F ? Cover::opaque : Cover::partial;
    }
}

Layer::Line Layer::line(int y, const View& view, int frame) const
{
    const float k = scale(view);
    const float centre = k_scene_height / 2.0F;
    float source = (y + 0.5F - centre) * k + centre - 0.5F + view.y * parallax - velocity_y * frame + margin_y_;
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

void Layer::compose(int y, const View& view, int frame, Pixel* out) const
{
    const Line at = line(y, view, frame);
    const Bilinear sample{row(at.first), row(at.second), at.weight};
    const float k = scale(view);
    const float centre = k_scene_width / 2.0F;
    const float start = (0.5F - centre) * k + centre - 0.5F + view.x * parallax - velocity_x * frame + margin_x_;
    if (k == 1.0F && !wraps) {
        const float base = std::floor(start);
        const int left = static_cast<int>(base);
        const float weight = start - base;
        if (left >= 0 && left + k_scene_width < width_ + (weight == 0.0F ? 1 : 0)) {
            if (weight == 0.0F && at.weight == 0.0F) {
                for (int x = 0; x < k_scene_width; ++x) out[x] = over(sample.upper[left + x], out[x]);
            } else {
                const int step = weight == 0.0F ? 0 : 1;
                for (int x = 0; x < k_scene_width; ++x) out[x] = over(sample.at(left + x, left + x + step, weight), out[x]);
            }
            return;
        }
    }
    for (int x = 0; x < k_scene_width; ++x) {
        const float source = start + x * k;
        const float base = std::floor(source);
        const int index = static_cast<int>(base);
        const int left = wraps ? wrapped(index, width_) : std::clamp(index, 0, width_ - 1);
        const int right = wraps ? (left + 1 == width_ ? 0 : left + 1) : std::clamp(index + 1, 0, width_ - 1);
        out[x] = over(sample.at(left, right, source - base), out[x]);
    }
}

void Layer::flatten(const Layer& above)
{
    for (int y = 0; y < height_; ++y) {
        if (above.covers_[y] == Cover::empty) continue;
        Pixel* below = row(y);
        const Pixel* pixels = above.row(y);
        for (int x = 0; x < width_; ++x) below[x] = over(pixels[x], below[x]);
    }
    finish();
}

}  // namespace kinora::training
