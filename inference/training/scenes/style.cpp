#include "inference/training/scenes/style.h"

#include <opencv2/imgproc.hpp>

namespace kinora::training {
namespace {

float luma(const Pixel& pixel)
{
    return 0.2126F * pixel.v[0] + 0.7152F * pixel.v[1] + 0.0722F * pixel.v[2];
}

/// The colour at full strength and brightness, so that a line of it glows.
Pixel vivid(const Pixel& pixel)
{
    const float high = std::max({pixel.v[0], pixel.v[1], pixel.v[2], 0.05F});
    const float low = std::min({pixel.v[0], pixel.v[1], pixel.v[2]}) * 0.8F;
    Pixel out{(pixel.v - low) * (1.0F / (high - low + 1e-3F))};
    out.v[3] = 1;
    return out;
}

/// How strong an edge each pixel is, 0 … 1: the gradient of the softened picture, over all colours. Measured on its square
/// root, so that a night has lines too.
std::vector<float> edges_of(const PictureSize& size, const std::vector<Pixel>& picture)
{
    const cv::Mat whole(size.height, size.width, CV_32FC4, const_cast<Pixel*>(picture.data()));
    cv::Mat soft, across, down;
    cv::sqrt(cv::max(whole, 0.0), soft);
    cv::GaussianBlur(soft, soft, {0, 0}, 1.1);
    cv::Sobel(soft, across, CV_32F, 1, 0, 3, 0.25);
    cv::Sobel(soft, down, CV_32F, 0, 1, 3, 0.25);
    float light = 0;
    for (const Pixel& pixel : picture)
        light += luma(pixel);
    const float least = std::clamp(light / static_cast<float>(picture.size()) / 0.42F, 0.3F, 1.0F);
    std::vector<float> edges(picture.size());
    const auto* x = reinterpret_cast<const Pixel*>(across.ptr<float>());
    const auto* y = reinterpret_cast<const Pixel*>(down.ptr<float>());
    for (std::size_t i = 0; i < edges.size(); ++i) {
        float strongest = 0;
        for (int c = 0; c < 3; ++c)
            strongest = std::max(strongest, x[i].v[c] * x[i].v[c] + y[i].v[c] * y[i].v[c]);
        edges[i] = smooth((std::sqrt(strongest) - 0.028F * least) / (0.13F * least));
    }
    return edges;
}

void make_poster(std::vector<Pixel>& picture)
{
    constexpr float k_steps = 5;
    for (Pixel& pixel : picture) {
        const float before = luma(pixel);
        const float whole = std::floor(before * k_steps);
        // Steps with a soft edge: hard ones would flicker.
        const float after = (whole + smooth((before * k_steps - whole - 0.5F) * 3 + 0.5F)) / k_steps;
        const Pixel grey{Pixel::Vector{after, after, after, 1}};
        Pixel tone = pixel * (std::max(after, 0.04F) / std::max(before, 0.02F));
        tone = mix(grey, tone, 1.35F);
        for (int c = 0; c < 3; ++c)
            pixel.v[c] = std::clamp(tone.v[c], 0.01F, 1.0F);
    }
}

void make_pastel(std::vector<Pixel>& picture)
{
    const Pixel chalk = rgb(252, 246, 240);
    for (Pixel& pixel : picture) {
        const float grey = luma(pixel);
        pixel = mix(mix(pixel, Pixel{Pixel::Vector{grey, grey, grey, 1}}, 0.22F), chalk, 0.42F);
    }
}

void make_ink(const std::vector<float>& subject, const std::vector<float>& edges, std::vector<Pixel>& picture)
{
    const Pixel paper = rgb(250, 244, 230);
    const Pixel ink = rgb(40, 36, 48);
    for (std::size_t i = 0; i < picture.size(); ++i) {
        Pixel wash = mix(ink, paper, 0.12F + 0.88F * smooth(luma(picture[i]) * 1.05F + 0.08F));
        if (!subject.empty()) wash = mix(wash, mix(picture[i], paper, 0.1F), 0.9F * subject[i]);
        picture[i] = mix(wash, ink, 0.8F * edges[i]);
    }
}

void make_neon(const PictureSize& size, const std::vector<float>& subject, const std::vector<float>& edges,
               std::vector<Pixel>& picture)
{
    std::vector<Pixel> lines(picture.size());
    for (std::size_t i = 0; i < picture.size(); ++i)
        lines[i] = vivid(picture[i]) * edges[i];
    cv::Mat sharp(size.height, size.width, CV_32FC4, lines.data());
    cv::Mat glow;
    cv::GaussianBlur(sharp, glow, {0, 0}, 5.0);
    const auto* halo = reinterpret_cast<const Pixel*>(glow.ptr<float>());
    const Pixel night = rgb(14, 10, 34);
    for (std::size_t i = 0; i < picture.size(); ++i) {
        const float kept = subject.empty() ? 0.0F : subject[i];
        Pixel dark = mix(night, picture[i], 0.16F + 0.3F * kept);
        dark = screen(dark, halo[i], 1.3F);
        picture[i] = screen(dark, lines[i], 0.95F);
        picture[i].v[3] = 1;
    }
}

void make_blueprint(const std::vector<float>& subject, const std::vector<float>& edges, std::vector<Pixel>& picture)
{
    const Pixel sheet = rgb(22, 66, 146);
    const Pixel chalk = rgb(232, 242, 255);
    for (std::size_t i = 0; i < picture.size(); ++i) {
        Pixel tone = mix(sheet, chalk, 0.16F * luma(picture[i]));
        if (!subject.empty()) tone = mix(tone, picture[i], 0.6F * subject[i]);
        picture[i] = mix(tone, chalk, 0.85F * edges[i]);
    }
}

}  // namespace

bool keeps_subject(Style style)
{
    return style == Style::ink || style == Style::neon || style == Style::blueprint;
}

void apply_style(Style style, const PictureSize& size, const std::vector<float>& subject, std::vector<Pixel>& picture)
{
    switch (style) {
        case Style::paper:
            return;
        case Style::poster:
            make_poster(picture);
            return;
        case Style::pastel:
            make_pastel(picture);
            return;
        case Style::ink:
            make_ink(subject, edges_of(size, picture), picture);
            return;
        case Style::neon:
            make_neon(size, subject, edges_of(size, picture), picture);
            return;
        case Style::blueprint:
            make_blueprint(subject, edges_of(size, picture), picture);
            return;
    }
}

}  // namespace kinora::training
