#include <numbers>

#include "inference/training/scenes/elsewhere.h"
#include "inference/training/scenes/palette.h"

namespace kinora::training {
namespace {

constexpr float k_turn = 2 * std::numbers::pi_v<float>;

}  // namespace

BokehLights::BokehLights(Colour theme, const PictureSize& size, PortableRandom& random)
{
    const Pixel base = paint(theme);
    const Pixel second = companion(theme);
    const bool pale = theme == Colour::white;
    top_ = pale ? rgb(104, 112, 130) : shaded(base, 0.42F);
    bottom_ = pale ? rgb(186, 194, 208) : shaded(second, 0.82F);
    const float angle = random.uniform(0, k_turn);
    drift_x_ = 0.8F * std::cos(angle);
    drift_y_ = 0.8F * std::sin(angle);
    for (int i = 0; i < 14; ++i) {
        Disc disc{};
        disc.x = random.uniform(0, size.width + 140.0F);
        disc.y = random.uniform(0, size.height + 140.0F);
        disc.radius = random.uniform(22, 58);
        disc.opacity = random.uniform(0.25F, 0.6F);
        disc.colour =
            mix(mix(base, second, random.uniform(0, 0.7F)), k_white_pixel, random.uniform(0.05F, pale ? 0.9F : 0.55F));
        discs_.push_back(disc);
    }
}

Layer BokehLights::sheet(const Stage& stage) const
{
    Layer layer(stage);
    layer.parallax = 0.1F;
    for (int y = 0; y < layer.height(); ++y) {
        for (int x = 0; x < layer.width(); ++x) {
            const float t =
                (y - stage.margin_y + 0.3F * (x - stage.margin_x)) / (stage.size.height + 0.3F * stage.size.width);
            layer.row(y)[x] = mix(top_, bottom_, smooth(t));
        }
    }
    layer.finish();
    return layer;
}

void BokehLights::add(int frame, const View& view, Pixel* picture) const
{
    const auto around = [](float value, float period) { return value - period * std::floor(value / period) - 70; };
    const int width = view.size.width, height = view.size.height;
    for (const Disc& disc : discs_) {
        const float depth = 0.35F + disc.radius / 60;
        const float home_x = around(disc.x + drift_x_ * frame * depth - view.x * depth * 0.8F, width + 140.0F);
        const float home_y = around(disc.y + drift_y_ * frame * depth - view.y * depth * 0.8F, height + 140.0F);
        const float cx = (home_x - width / 2.0F) * view.zoom + width / 2.0F;
        const float cy = (home_y - height / 2.0F) * view.zoom + height / 2.0F;
        const float radius = disc.radius * view.zoom;
        const int x0 = std::max(0, static_cast<int>(cx - radius - 2));
        const int x1 = std::min(width, static_cast<int>(cx + radius + 3));
        for (int y = std::max(0, static_cast<int>(cy - radius - 2)); y < std::min(height, static_cast<int>(cy + radius + 3));
             ++y) {
            Pixel* row = picture + static_cast<std::size_t>(y) * width;
            for (int x = x0; x < x1; ++x) {
                const float d2 = ((x - cx) * (x - cx) + (y - cy) * (y - cy)) / (radius * radius);
                // Discs have a soft edge and are a little brighter towards it, as a lens makes them.
                const float cover = smooth((1.02F - d2) / 0.24F) * (0.66F + 0.34F * std::min(d2, 1.0F));
                row[x] = screen(row[x], disc.colour, cover * disc.opacity);
            }
        }
    }
}

PaperWaves::PaperWaves(Colour theme, const PictureSize& size, PortableRandom& random)
{
    const Pixel base = paint(theme);
    const Pixel second = companion(theme);
    const bool pale = theme == Colour::white;
    top_ = mix(base, k_white_pixel, 0.74F);
    bottom_ = mix(second, k_white_pixel, 0.45F);
    if (pale) {
        top_ = rgb(214, 222, 236);
        bottom_ = rgb(190, 200, 220);
    }
    const float flow = random.sign();
    for (int i = 0; i < 5; ++i) {
        const float u = i / 4.0F;
        const float speed = flow * random.uniform(0.014F, 0.026F);
        const Swell large{random.uniform(7, 12), random.uniform(1.0F, 1.6F), speed, random.uniform(0, k_turn)};
        const Swell small{random.uniform(2, 4), random.uniform(2.2F, 3.2F), speed * 1.3F, random.uniform(0, k_turn)};
        Pixel tone = u < 0.5F ? mix(mix(base, k_white_pixel, 0.42F), base, u * 2)
                              : mix(base, shaded(second, 0.5F), (u - 0.5F) * 1.3F);
        if (pale) tone = mix(rgb(255, 255, 255), rgb(206, 216, 234), u);
        const EdgeLook look{tone, shaded(tone, 0.78F), 60, 0.24F, 0.22F};
        bands_.push_back({(64.0F + 26 * i) * size.down(), large, small, EdgeRamp(look)});
    }
}

Layer PaperWaves::sheet(const Stage& stage) const
{
    Layer layer(stage);
    layer.parallax = 0.1F;
    for (int y = 0; y < layer.height(); ++y) {
        std::fill_n(layer.row(y), layer.width(),
                    mix(top_, bottom_, smooth((y - stage.margin_y) / (150.0F * stage.size.down()))));
    }
    layer.finish();
    return layer;
}

void PaperWaves::add(int frame, const View& view, Pixel* picture) const
{
    struct Edge {
        std::vector<float> y;
        float highest;
        float lowest;
    };
    const int width = view.size.width, height = view.size.height;
    // Waves are as long in every picture; they are counted across 320 pixels.
    constexpr float k_base = 320;
    std::vector<Edge> edges;
    for (std::size_t b = 0; b < bands_.size(); ++b) {
        const Band& band = bands_[b];
        const float depth = 0.4F + 0.15F * static_cast<float>(b);
        Edge edge{std::vector<float>(static_cast<std::size_t>(width)), 1e4F, -1e4F};
        for (int x = 0; x < width; ++x) {
            const float source = ((x - width / 2.0F) / view.zoom + width / 2.0F + view.x * depth) / k_base;
            float y = band.y - view.y * depth * 0.8F;
            for (const Swell& swell : {band.large, band.small}) {
                y += swell.height * std::sin(k_turn * (swell.waves * source + swell.speed * frame) + swell.phase);
            }
            edge.y[x] = (y - height / 2.0F) * view.zoom + height / 2.0F;
            edge.highest = std::min(edge.highest, edge.y[x]);
            edge.lowest = std::max(edge.lowest, edge.y[x]);
        }
        edges.push_back(std::move(edge));
    }
    for (int y = 0; y < height; ++y) {
        std::size_t first = edges.size() - 1;
        // Whatever lies behind the frontmost sheet that fills this row is not seen.
        while (first > 0 && y < edges[first].lowest + 1)
            --first;
        Pixel* row = picture + static_cast<std::size_t>(y) * width;
        for (std::size_t b = first; b < edges.size(); ++b) {
            if (y < edges[b].highest - EdgeRamp::k_reach) continue;
            for (int x = 0; x < width; ++x)
                row[x] = over(bands_[b].ramp.at(y - edges[b].y[x]), row[x]);
        }
    }
}

}  // namespace kinora::training
