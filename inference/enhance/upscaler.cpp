#include "inference/enhance/upscaler.h"

#include <ATen/ops/empty.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "inference/enhance/enhance_weights.h"

namespace kinora::inference {
namespace {

/// How far into its surroundings an RRDBNet's output is changed by what is seen there; measured on published models.
constexpr int k_rrdb_reach = 24;

core::Error unknown(const std::filesystem::path& file)
{
    return about_file(file, core::make_error(core::ErrorKind::unsupported,
                                             "Kinora knows no upscaler of this kind; ESRGAN, Real-ESRGAN and SRVGG files of "
                                             "colour pictures are possible."));
}

template <typename Net, typename Config>
core::Result<Upscaler> built(const std::filesystem::path& file, WeightMap& weights)
{
    const auto config = Config::detect(weights);
    if (!config) return about_file(file, config.error());
    if (config->channels != 3) return unknown(file);
    auto net = Net::create(*config, weights);
    if (!net) return about_file(file, net.error());
    return Upscaler(*std::move(net));
}

/// A stretch of `length` pixels that begins at `begin`, with what is seen of its surroundings.
struct Stretch {
    std::int64_t begin = 0;
    std::int64_t length = 0;
    std::int64_t seen_begin = 0;
    std::int64_t seen_length = 0;
};

std::vector<Stretch> stretches(std::int64_t whole, std::int64_t side, std::int64_t reach)
{
    // Equal ones, so that the last isn't a sliver.
    const std::int64_t count = (whole + side - 1) / side;
    std::vector<Stretch> found;
    for (std::int64_t i = 0; i < count; ++i) {
        Stretch stretch;
        stretch.begin = whole * i / count;
        stretch.length = whole * (i + 1) / count - stretch.begin;
        stretch.seen_begin = std::max<std::int64_t>(0, stretch.begin - reach);
        stretch.seen_length = std::min(whole, stretch.begin + stretch.length + reach) - stretch.seen_begin;
        found.push_back(stretch);
    }
    return found;
}

}  // namespace

core::Result<Upscaler> Upscaler::load(const std::filesystem::path& file)
{
    auto stored = load_enhance_weights(file);
    if (!stored) return stored.error();
    if (stored->contains("body.0.weight")) return built<SrvggNet, SrvggConfig>(file, *stored);
    WeightMap named = with_rrdb_names(*stored);
    if (named.contains("conv_first.weight")) return built<RrdbNet, RrdbConfig>(file, named);
    return unknown(file);
}

Upscaler::Upscaler(std::variant<SrvggNet, RrdbNet> net) : net_(std::move(net))
{
    if (const auto* compact = std::get_if<SrvggNet>(&net_)) {
        scale_ = static_cast<int>(compact->config().scale);
        reach_ = static_cast<int>(compact->config().convolutions) + 2;
    } else {
        const RrdbConfig& config = std::get<RrdbNet>(net_).config();
        scale_ = static_cast<int>(config.scale());
        reach_ = k_rrdb_reach * static_cast<int>(config.unshuffle);
        usual_ = 192;
    }
}

std::string Upscaler::description() const
{
    if (const auto* compact = std::get_if<SrvggNet>(&net_))
        return "SRVGGNetCompact x" + std::to_string(scale_) + ", " + std::to_string(compact->config().features) +
               " features, " + std::to_string(compact->config().convolutions) + " convolutions";
    const RrdbConfig& config = std::get<RrdbNet>(net_).config();
    return "RRDBNet x" + std::to_string(scale_) + ", " + std::to_string(config.features) + " features, " +
           std::to_string(config.blocks) + " blocks";
}

void Upscaler::to(at::ScalarType dtype, const at::Device& device)
{
    device_ = device;
    std::visit([&](auto& net) { net.to(dtype, device); }, net_);
}

at::Tensor Upscaler::run(const at::Tensor& picture) const
{
    const at::Tensor there = picture.to(device_);
    return std::visit([&](const auto& net) { return net.upscale(there); }, net_).to(at::kCPU);
}

core::Result<at::Tensor> Upscaler::upscale(const at::Tensor& picture, int tile, const std::stop_token& stop) const
{
    // Cells of up to four pixels have to lie the same way in every piece, so pieces begin at multiples of four.
    constexpr std::int64_t k_cell = 4;
    const std::int64_t side = tile > 0 ? std::max(tile, 16) : usual_;
    const std::int64_t reach = (reach_ + k_cell - 1) / k_cell * k_cell;
    const auto down = stretches(picture.size(2), side, reach);
    const auto across = stretches(picture.size(3), side, reach);
    if (down.size() == 1 && across.size() == 1) return run(picture);
    at::Tensor result = at::empty({1, 3, picture.size(2) * scale_, picture.size(3) * scale_}, picture.options());
    for (const Stretch& rows : down) {
        for (const Stretch& columns : across) {
            if (stop.stop_requested()) return core::make_error(core::ErrorKind::cancelled, "The enlarging was cancelled.");
            const std::int64_t top = rows.seen_begin / k_cell * k_cell;
            const std::int64_t left = columns.seen_begin / k_cell * k_cell;
            const at::Tensor piece = picture.narrow(2, top, rows.seen_begin + rows.seen_length - top)
                                         .narrow(3, left, columns.seen_begin + columns.seen_length - left);
            const at::Tensor large = run(piece)
                                         .narrow(2, (rows.begin - top) * scale_, rows.length * scale_)
                                         .narrow(3, (columns.begin - left) * scale_, columns.length * scale_);
            result.narrow(2, rows.begin * scale_, rows.length * scale_)
                .narrow(3, columns.begin * scale_, columns.length * scale_)
                .copy_(large);
        }
    }
    return result;
}

}  // namespace kinora::inference
