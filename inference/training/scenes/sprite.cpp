#include "inference/training/scenes/sprite.h"

#include <cstring>
#include <opencv2/imgproc.hpp>

namespace kinora::training {
namespace {

constexpr float k_margin = 10;  // units around the field of 64
constexpr int k_super = 2;      // painted finer than kept
constexpr float k_fine = Sprite::k_density * k_super;
constexpr int k_shift = 4;
constexpr float k_subpixels = 16;

cv::Point fixed(cv::Point2f point)
{
    return {cvRound((point.x + k_margin) * k_fine * k_subpixels), cvRound((point.y + k_margin) * k_fine * k_subpixels)};
}

}  // namespace

Box united(const Box& a, const Box& b)
{
    if (a.empty()) return b;
    if (b.empty()) return a;
    const int left = std::min(a.x, b.x), top = std::min(a.y, b.y);
    return {left, top, std::max(a.x + a.width, b.x + b.width) - left, std::max(a.y + a.height, b.y + b.height) - top};
}

Sprite::Sprite(int side, std::vector<Pixel> pixels) : side_(side), pixels_(std::move(pixels))
{
    int left = side, right = -1, top = side, bottom = -1;
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            if (pixels_[static_cast<std::size_t>(y) * side + x].alpha() < 0.9F) continue;
            left = std::min(left, x);
            right = std::max(right, x);
            top = std::min(top, y);
            bottom = std::max(bottom, y);
        }
    }
    half_width_ = (right - left + 1) / (2 * k_density);
    half_height_ = (bottom - top + 1) / (2 * k_density);
    middle_x_ = (left + right) / 2.0F;
    middle_y_ = (top + bottom) / 2.0F;
}

void Sprite::flip()
{
    for (int y = 0; y < side_; ++y) {
        std::reverse(pixels_.begin() + static_cast<std::ptrdiff_t>(y) * side_,
                     pixels_.begin() + static_cast<std::ptrdiff_t>(y + 1) * side_);
    }
    middle_x_ = side_ - 1 - middle_x_;
}

Box Sprite::draw(const Canvas& canvas, const Placement& placement) const
{
    const float step = k_density / placement.scale;
    const float cosine = std::cos(placement.angle) * step;
    const float sine = std::sin(placement.angle) * step;
    const float reach = side_ / step * 0.75F + 2;
    const int x0 = std::max(0, static_cast<int>(placement.x - reach));
    const int x1 = std::min(canvas.size.width, static_cast<int>(placement.x + reach) + 1);
    const int y0 = std::max(0, static_cast<int>(placement.y - reach));
    const int y1 = std::min(canvas.size.height, static_cast<int>(placement.y + reach) + 1);
    int left = canvas.size.width, right = -1, top = canvas.size.height, bottom = -1;
    for (int y = y0; y < y1; ++y) {
        const float dy = placement.upside_down ? placement.y - y : y - placement.y;
        Pixel* row = canvas.row(y);
        for (int x = x0; x < x1; ++x) {
            const float dx = x - placement.x;
            const float sx = cosine * dx + sine * dy + middle_x_;
            const float sy = cosine * dy - sine * dx + middle_y_;
            if (sx < 0 || sy < 0 || sx >= side_ - 1 || sy >= side_ - 1) continue;
            const int ix = static_cast<int>(sx);
            const int iy = static_cast<int>(sy);
            const Pixel* at = pixels_.data() + static_cast<std::size_t>(iy) * side_ + ix;
            const Pixel upper = mix(at[0], at[1], sx - ix);
            const Pixel lower = mix(at[side_], at[side_ + 1], sx - ix);
            const Pixel pixel = mix(upper, lower, sy - iy) * placement.opacity;
            if (pixel.alpha() == 0.0F) continue;
            row[x] = over(pixel, row[x]);
            if (pixel.alpha() < 0.8F) continue;
            left = std::min(left, x);
            right = std::max(right, x);
            top = std::min(top, y);
            bottom = std::max(bottom, y);
        }
    }
    if (right < left) return {};
    return {left, top, right - left + 1, bottom - top + 1};
}

SpritePainter::SpritePainter()
    : side_(static_cast<int>((64 + 2 * k_margin) * k_fine)), pixels_(static_cast<std::size_t>(side_) * side_)
{
}

cv::Rect SpritePainter::area_of(float left, float top, float right, float bottom) const
{
    const int x0 = std::clamp(static_cast<int>((left + k_margin) * k_fine) - 2, 0, side_ - 1);
    const int y0 = std::clamp(static_cast<int>((top + k_margin) * k_fine) - 2, 0, side_ - 1);
    const int x1 = std::clamp(static_cast<int>((right + k_margin) * k_fine) + 3, 1, side_);
    const int y1 = std::clamp(static_cast<int>((bottom + k_margin) * k_fine) + 3, 1, side_);
    return {x0, y0, x1 - x0, y1 - y0};
}

void SpritePainter::blend(const cv::Mat& mask, const cv::Rect& area, const Shade& shade, float opacity)
{
    const float norm = std::abs(shade.direction_x) + std::abs(shade.direction_y);
    for (int y = area.y; y < area.y + area.height; ++y) {
        const auto* cover = mask.ptr<unsigned char>(y);
        const auto* stencil = stencil_.empty() ? nullptr : stencil_.ptr<unsigned char>(y);
        const float v = (y - area.y) / static_cast<float>(area.height) - 0.5F;
        Pixel* row = pixels_.data() + static_cast<std::size_t>(y) * side_;
        for (int x = area.x; x < area.x + area.width; ++x) {
            float alpha = cover[x] / 255.0F * opacity;
            if (stencil != nullptr) alpha *= stencil[x] / 255.0F;
            if (alpha == 0.0F) continue;
            const float u = (x - area.x) / static_cast<float>(area.width) - 0.5F;
            const float t = 0.5F + (u * shade.direction_x + v * shade.direction_y) / norm;
            row[x] = over(mix(shade.from, shade.to, smooth(t)) * alpha, row[x]);
        }
    }
}

SpritePainter& SpritePainter::polygon(const Points& points, const Shade& shade, float opacity)
{
    std::vector<cv::Point> outline;
    float left = 100, top = 100, right = -100, bottom = -100;
    for (const cv::Point2f& point : points) {
        outline.push_back(fixed(point));
        left = std::min(left, point.x);
        right = std::max(right, point.x);
        top = std::min(top, point.y);
        bottom = std::max(bottom, point.y);
    }
    cv::Mat mask = cv::Mat::zeros(side_, side_, CV_8U);
    cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{outline}, 255, cv::LINE_AA, k_shift);
    blend(mask, area_of(left, top, right, bottom), shade, opacity);
    return *this;
}

SpritePainter& SpritePainter::ellipse(float x, float y, float radius_x, float radius_y, const Shade& shade, float opacity)
{
    cv::Mat mask = cv::Mat::zeros(side_, side_, CV_8U);
    const cv::Size radii(cvRound(radius_x * k_fine * k_subpixels), cvRound(radius_y * k_fine * k_subpixels));
    cv::ellipse(mask, fixed({x, y}), radii, 0, 0, 360, 255, -1, cv::LINE_AA, k_shift);
    blend(mask, area_of(x - radius_x, y - radius_y, x + radius_x, y + radius_y), shade, opacity);
    return *this;
}

SpritePainter& SpritePainter::sphere(float x, float y, float radius_x, float radius_y, Pixel light, Pixel base, Pixel edge)
{
    const cv::Rect area = area_of(x - radius_x, y - radius_y, x + radius_x, y + radius_y);
    for (int py = area.y; py < area.y + area.height; ++py) {
        for (int px = area.x; px < area.x + area.width; ++px) {
            const float u = ((px + 0.5F) / k_fine - k_margin - x) / radius_x;
            const float v = ((py + 0.5F) / k_fine - k_margin - y) / radius_y;
            const float r = std::sqrt(u * u + v * v);
            const float alpha = std::clamp((1 - r) * std::min(radius_x, radius_y) * k_fine + 0.5F, 0.0F, 1.0F);
            if (alpha == 0.0F) continue;
            const float t = std::hypot(u + 0.36F, v + 0.42F) / 1.5F;
            const Pixel colour = t < 0.5F ? mix(light, base, smooth(t * 2)) : mix(base, edge, smooth(t * 2 - 1));
            Pixel& below = pixels_[static_cast<std::size_t>(py) * side_ + px];
            below = over(colour * alpha, below);
        }
    }
    return *this;
}

SpritePainter& SpritePainter::begin_inside()
{
    stencil_ = cv::Mat::zeros(side_, side_, CV_8U);
    for (int y = 0; y < side_; ++y) {
        auto* row = stencil_.ptr<unsigned char>(y);
        for (int x = 0; x < side_; ++x)
            row[x] = static_cast<unsigned char>(255.0F * pixels_[static_cast<std::size_t>(y) * side_ + x].alpha());
    }
    return *this;
}

SpritePainter& SpritePainter::end_inside()
{
    stencil_.release();
    return *this;
}

SpritePainter& SpritePainter::glow(Pixel colour, float x, float y, float radius, float strength)
{
    glows_.push_back({colour, x, y, radius, strength});
    return *this;
}

Sprite SpritePainter::finish() const
{
    const int side = side_ / k_super;
    cv::Mat fine(side_, side_, CV_32FC4, const_cast<Pixel*>(pixels_.data()));
    cv::Mat kept;
    cv::resize(fine, kept, cv::Size(side, side), 0, 0, cv::INTER_AREA);
    cv::Mat cover;
    cv::extractChannel(kept, cover, 3);
    cv::Mat shadow, rim;
    cv::GaussianBlur(cover, shadow, cv::Size(19, 19), 4.5, 4.5, cv::BORDER_CONSTANT);
    cv::GaussianBlur(cover, rim, cv::Size(11, 11), 2.0, 2.0, cv::BORDER_CONSTANT);
    std::vector<Pixel> out(static_cast<std::size_t>(side) * side);
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            Pixel below;
            const int sy = std::clamp(y - 5, 0, side - 1);
            const int sx = std::clamp(x - 2, 0, side - 1);
            below.v[3] = 0.34F * shadow.at<float>(sy, sx);
            for (const Glow& glow : glows_) {
                const float d =
                    std::hypot(x / Sprite::k_density - k_margin - glow.x, y / Sprite::k_density - k_margin - glow.y) /
                    glow.radius;
                const float strength = glow.strength * smooth(1.0F - d) * std::exp(-d * 0.6F);
                below = over(glow.colour * strength, below);
            }
            const float halo = std::min(1.0F, rim.at<float>(y, x) * 1.5F) * 0.5F;
            below = over(rgb(255, 250, 240) * halo, below);
            Pixel pixel;
            std::memcpy(&pixel.v, kept.ptr<float>(y) + 4 * static_cast<std::ptrdiff_t>(x), sizeof(pixel.v));
            out[static_cast<std::size_t>(y) * side + x] = over(pixel, below);
        }
    }
    return {side, std::move(out)};
}

}  // namespace kinora::training
