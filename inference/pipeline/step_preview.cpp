#include "inference/pipeline/step_preview.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/avg_pool2d.h>
#include <ATen/ops/from_blob.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/base/paths.h"
#include "core/base/text.h"
#include "inference/pipeline/checkpoint.h"
#include "inference/runtime/guard.h"
#include "inference/weights/weight_source.h"

namespace kinora::inference {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// A decoded preview comes after so many steps at least, or the map is used.
constexpr double k_most_steps_between = 6;
/// What a decoded preview may take longer than the one before it, for the machine has other things to do as well.
constexpr double k_margin = 1.15;
/// Latent frames and cells a side that a map is fitted to: enough for its few numbers.
constexpr std::int64_t k_learned_frames = 3;
constexpr std::int64_t k_learned_side = 64;

double seconds_since(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// [frames, 3, height, width] within 0…1.
std::vector<core::Picture8> pictures_of(const at::Tensor& values)
{
    const auto bytes = values.to(at::kFloat).mul(255.0).round().to(at::kCPU, at::kByte).permute({0, 2, 3, 1}).contiguous();
    std::vector<core::Picture8> pictures;
    for (std::int64_t index = 0; index < bytes.size(0); ++index) {
        core::Picture8 picture{static_cast<int>(bytes.size(1)), static_cast<int>(bytes.size(2)), {}};
        const auto frame = bytes[index];
        picture.rgb.assign(frame.data_ptr<std::uint8_t>(), frame.data_ptr<std::uint8_t>() + frame.numel());
        pictures.push_back(std::move(picture));
    }
    return pictures;
}

fs::path learned_map(const WanModelInfo& info)
{
    WanParts only;
    only.vae = info.parts.vae;
    const auto fingerprint = weights_fingerprint(only);
    return fingerprint ? core::cache_dir() / "previews" / (*fingerprint + ".json") : fs::path();
}

core::Result<std::optional<LatentPreview>> find_map(const WanModelInfo& info)
{
    const auto published = info.folder / "latent_rgb.json";
    std::optional<LatentPreview> map;
    if (fs::exists(published)) {
        auto preview = LatentPreview::load(published);
        if (!preview) return preview.error();
        map = *std::move(preview);
    } else if (const auto file = learned_map(info); !file.empty() && fs::exists(file)) {
        if (auto preview = LatentPreview::load(file)) map = *std::move(preview);
    }
    if (map && map->channels() != info.vae.z_dim) map.reset();
    return map;
}

}  // namespace

fs::path find_taehv(const WanModelInfo& info)
{
    const std::string name = info.vae.z_dim == 48 ? "taew2_2" : "taew2_1";
    const auto beside = info.parts.vae.parent_path();
    for (const auto& folder : {info.folder, beside, beside / "vae_approx", beside.parent_path() / "vae_approx",
                               core::data_dir() / "models" / "vae_approx"})
        for (const char* ending : {".safetensors", ".pth"}) {
            std::error_code ignored;
            if (const auto file = folder / (name + ending); fs::is_regular_file(file, ignored)) return file;
        }
    return {};
}

core::Result<StepPreview> StepPreview::find(const WanModelInfo& info, at::ScalarType dtype, const at::Device& device)
{
    StepPreview preview;
    auto map = find_map(info);
    if (!map) return map.error();
    preview.map_ = *std::move(map);
    const auto file = find_taehv(info);
    if (file.empty()) return preview;
    const auto loaded = guarded("loading the preview decoder", [&]() -> core::Result<void> {
        auto weights = load_weight_file(file);
        if (!weights) return weights.error();
        auto decoder = TaehvDecoder::load(*weights);
        if (!decoder) return decoder.error();
        if (decoder->config().channels != info.vae.z_dim || decoder->config().scale() != info.vae.spatial_stride())
            return core::make_error(core::ErrorKind::corrupt, "It is made for another VAE.");
        decoder->to(dtype, device);
        preview.decoder_ = *std::move(decoder);
        return {};
    });
    if (!loaded)
        preview.trouble_ =
            "Previews are coarse, since " + core::in_quotes(file.string()) + " can't be used: " + loaded.error().message;
    return preview;
}

std::vector<core::Picture8> StepPreview::decoded(const at::Tensor& clip) const
{
    // A picture a latent frame, at half the clip's size: that is what a preview is shown at.
    return pictures_of(at::avg_pool2d(decoder_->decode_last(clip).to(at::kFloat), 2));
}

bool StepPreview::affords_decoder(const at::Tensor& clip, double step_seconds)
{
    allowance_ += k_preview_share * step_seconds;
    if (cost_ == 0) {
        const auto start = Clock::now();
        static_cast<void>(decoded(clip.narrow(2, 0, 1)));
        const double one = seconds_since(start);
        cost_ = one * static_cast<double>(clip.size(2));
        allowance_ -= one;
    }
    if (map_ && cost_ > k_most_steps_between * k_preview_share * step_seconds) return false;
    return allowance_ >= k_margin * cost_;
}

StepPreview::Pictures StepPreview::after_step(const at::Tensor& clip, double step_seconds)
{
    if (decoder_) {
        if (affords_decoder(clip, step_seconds)) {
            const auto start = Clock::now();
            auto pictures = decoded(clip);
            cost_ = seconds_since(start);
            allowance_ -= cost_;
            return std::make_shared<const std::vector<core::Picture8>>(std::move(pictures));
        }
        // Between two decoded ones the coarse map would only flicker.
        const bool comes = !map_ || cost_ <= k_most_steps_between * k_preview_share * step_seconds;
        if (comes) return nullptr;
    }
    if (!map_) return nullptr;
    return std::make_shared<const std::vector<core::Picture8>>(map_->apply(clip));
}

void StepPreview::learn(const WanModelInfo& info, const at::Tensor& latents, const core::FrameSequence& frames)
{
    if (map_) return;
    const auto file = learned_map(info);
    const std::int64_t stride = info.vae.temporal_stride();
    const std::int64_t pixels = info.vae.spatial_stride();
    const bool whole = frames.frames == (latents.size(2) - 1) * stride + 1 && frames.height == latents.size(3) * pixels &&
                       frames.width == latents.size(4) * pixels;
    if (file.empty() || !whole || pixels % 4 != 0) return;
    const std::int64_t count = std::min(latents.size(2), k_learned_frames);
    const std::int64_t rows = std::min(latents.size(3), k_learned_side);
    const std::int64_t columns = std::min(latents.size(4), k_learned_side);
    const std::int64_t top = (latents.size(3) - rows) / 2;
    const std::int64_t left = (latents.size(4) - columns) / 2;
    const auto cut = latents.narrow(2, 0, count).narrow(3, top, rows).narrow(4, left, columns);
    // Only read, though `from_blob` wants memory that it could write to.
    auto* const values = const_cast<float*>(frames.rgb.data());
    const auto video =
        at::from_blob(values, {frames.frames, frames.height, frames.width, 3}, at::TensorOptions().dtype(at::kFloat))
            .narrow(0, 0, (count - 1) * stride + 1)
            .narrow(1, top * pixels, rows * pixels)
            .narrow(2, left * pixels, columns * pixels)
            .permute({3, 0, 1, 2})
            .unsqueeze(0);
    // Pictures that no map can be fitted to, or no folder to write to, only leave the next run without a preview.
    static_cast<void>(guarded("fitting the preview", [&]() -> core::Result<void> {
        map_ = LatentPreview::fit(cut.to(at::kCPU), video * 2 - 1, 4);
        std::error_code ignored;
        fs::create_directories(file.parent_path(), ignored);
        return map_->save(file);
    }));
}

}  // namespace kinora::inference
