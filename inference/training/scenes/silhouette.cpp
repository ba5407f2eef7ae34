#include "inference/training/scenes/silhouette.h"

#include <opencv2/imgproc.hpp>

namespace kinora::training {
namespace {

constexpr int k_shift = 4;
constexpr float k_subpixels = 16;

}  // namespace

Silhouette::Silhouette(const Stage& stage) : stage_(stage), mask_(cv::Mat::zeros(stage.height(), stage.width(), CV_8U)) {}

void Silhouette::add_polygon(std::span<const cv::Point2f> points)
{
    std::vector<cv::Point> fixed;
    fixed.reserve(points.size());
    for (const cv::Point2f& point : points) {
        fixed.emplace_back(cvRound((point.x + stage_.margin_x) * k_subpixels),
                           cvRound((point.y + stage_.margin_y) * k_subpixels));
    }
    cv::fillPoly(mask_, std::vector<std::vector<cv::Point>>{fixed}, 255, cv::LINE_AA, k_shift);
}

void Silhouette::add_ellipse(cv::Point2f centre, float radius_x, float radius_y)
{
    const cv::Point fixed(cvRound((centre.x + stage_.margin_x) * k_subpixels),
                          cvRound((centre.y + stage_.margin_y) * k_subpixels));
    cv::ellipse(mask_, fixed, cv::Size(cvRound(radius_x * k_subpixels), cvRound(radius_y * k_subpixels)), 0, 0, 360, 255, -1,
                cv::LINE_AA, k_shift);
}

void Silhouette::add_rectangle(float left, float top, float right, float bottom)
{
    add_polygon(std::vector<cv::Point2f>{{left, top}, {right, top}, {right, bottom}, {left, bottom}});
}

void Silhouette::add_ground(std::span<const float> edge)
{
    for (int y = 0; y < mask_.rows; ++y) {
        auto* row = mask_.ptr<unsigned char>(y);
        for (int x = 0; x < mask_.cols; ++x) {
            const float cover = std::clamp(y - edge[x] + 0.5F, 0.0F, 1.0F) * 255.0F;
            row[x] = std::max(row[x], static_cast<unsigned char>(cover));
        }
    }
}

Layer Silhouette::layer(const EdgeLook& look, float top_y) const
{
    cv::Mat shadow;
    cv::GaussianBlur(mask_, shadow, cv::Size(15, 15), 4.0, 4.0, cv::BORDER_REPLICATE);
    Layer layer(stage_);
    for (int y = 0; y < layer.height(); ++y) {
        const Pixel colour = mix(look.top, look.bottom, smooth((y - stage_.margin_y - top_y) / look.depth));
        const auto* cover = mask_.ptr<unsigned char>(y);
        const auto* dark = shadow.ptr<unsigned char>(y);
        Pixel* pixels = layer.row(y);
        for (int x = 0; x < layer.width(); ++x) {
            if (dark[x] == 0) continue;
            const float alpha = cover[x] / 255.0F;
            const float inside = std::max(0.0F, 1.0F - dark[x] / 255.0F) * 1.6F;
            Pixel pixel = mix(colour, k_white_pixel, look.rim * std::min(inside, 1.0F)) * alpha;
            pixel.v[3] += look.shadow * dark[x] / 255.0F * (1.0F - alpha);
            pixels[x] = pixel;
        }
    }
    layer.finish();
    return layer;
}

void tint_layer(Layer& layer, const cv::Mat& mask, Pixel colour, float opacity)
{
    for (int y = 0; y < layer.height(); ++y) {
        const auto* cover = mask.ptr<unsigned char>(y);
        Pixel* pixels = layer.row(y);
        for (int x = 0; x < layer.width(); ++x) {
            if (cover[x] == 0) continue;
            const float alpha = pixels[x].alpha();
            pixels[x] = mix(pixels[x], colour * alpha, opacity * cover[x] / 255.0F);
        }
    }
}

}  // namespace kinora::training
