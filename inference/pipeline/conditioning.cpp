#include "inference/pipeline/conditioning.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/_upsample_bicubic2d_aa.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace kinora::inference {
namespace {

core::Error wrong(const core::ConditioningFrame& frame, const std::string& why)
{
    const std::string name = frame.source.empty() ? "A reference picture" : "The reference picture " + frame.source;
    return core::make_error(core::ErrorKind::invalid_argument, name + " " + why);
}

/// Where a reference begins, in output frames; −1 counts from the end.
int place_of(const core::ConditioningFrame& frame, const ClipShape& clip)
{
    return frame.frame < 0 ? clip.frames + frame.frame : frame.frame;
}

core::Result<void> check(const core::ConditioningFrame& frame, const ClipShape& clip)
{
    if (!frame.pictures || frame.pictures->frames < 1 || frame.pictures->width < 1 || frame.pictures->height < 1)
        return wrong(frame, "holds no picture.");
    const auto& pictures = *frame.pictures;
    if (pictures.rgb.size() != pictures.frame_size() * static_cast<std::size_t>(pictures.frames))
        return wrong(frame, "holds another number of pixels than its size says.");
    const int place = place_of(frame, clip);
    if (place < 0 || place >= clip.frames)
        return wrong(frame, "stands at frame " + std::to_string(frame.frame) + ", but the clip has the frames 0 to " +
                                std::to_string(clip.frames - 1) + ".");
    return {};
}

at::Tensor repeated(const at::Tensor& video, std::int64_t index, std::int64_t times)
{
    return video.narrow(2, index, 1).expand({-1, -1, times, -1, -1});
}

/// Latent frames of a stretch that begins at the clip's first frame.
at::Tensor encode_from_start(const WanVae& vae, const at::Tensor& video)
{
    const auto stride = vae.config().temporal_stride();
    const auto whole = (video.size(2) - 1) / stride * stride + 1;
    return vae.normalise(vae.encode(video.narrow(2, 0, whole)).mean);
}

/// Latent frames of a stretch further on: a still leads in, the last picture is held until its latent frame is full.
at::Tensor encode_later(const WanVae& vae, const at::Tensor& video)
{
    const auto stride = vae.config().temporal_stride();
    const auto missing = (stride - video.size(2) % stride) % stride;
    auto stretch = at::cat(at::TensorList{repeated(video, 0, 1), video, repeated(video, video.size(2) - 1, missing)}, 2);
    const auto latents = vae.normalise(vae.encode(stretch).mean);
    return latents.narrow(2, 1, latents.size(2) - 1);
}

}  // namespace

at::Tensor fit_pictures(const core::FrameSequence& pictures, int width, int height)
{
    // from_blob wants a mutable pointer; the tensor is only read.
    auto* const pixels = const_cast<float*>(pictures.rgb.data());
    auto video =
        at::from_blob(pixels, {pictures.frames, pictures.height, pictures.width, 3}, at::TensorOptions().dtype(at::kFloat))
            .permute({0, 3, 1, 2})
            .contiguous();
    if (pictures.width != width || pictures.height != height) {
        const double scale =
            std::max(static_cast<double>(width) / pictures.width, static_cast<double>(height) / pictures.height);
        const auto covered_width = std::max<std::int64_t>(width, std::llround(pictures.width * scale));
        const auto covered_height = std::max<std::int64_t>(height, std::llround(pictures.height * scale));
        video = at::_upsample_bicubic2d_aa(video, {covered_height, covered_width}, false).clamp(0.0, 1.0);
        video = video.narrow(2, (covered_height - height) / 2, height).narrow(3, (covered_width - width) / 2, width);
    }
    return (video * 2 - 1).permute({1, 0, 2, 3}).unsqueeze(0).contiguous();
}

core::Result<CleanFrames> encode_conditioning(const WanVae& vae, std::span<const core::ConditioningFrame> frames,
                                              const ClipShape& clip)
{
    const auto stride = static_cast<int>(vae.config().temporal_stride());
    const auto space = vae.config().spatial_stride();
    const int latent_frames = (clip.frames - 1) / stride + 1;
    CleanFrames clean{at::zeros({1, vae.config().z_dim, latent_frames, clip.height / space, clip.width / space}),
                      std::vector<bool>(static_cast<std::size_t>(latent_frames), false)};
    for (const core::ConditioningFrame& frame : frames) {
        if (auto checked = check(frame, clip); !checked) return checked.error();
        const int place = place_of(frame, clip);
        const auto video = fit_pictures(*frame.pictures, clip.width, clip.height);
        const auto latents = place == 0 ? encode_from_start(vae, video) : encode_later(vae, video);
        const int first = place == 0 ? 0 : (place - 1) / stride + 1;
        const int count = std::min(static_cast<int>(latents.size(2)), latent_frames - first);
        for (int index = first; index < first + count; ++index) {
            if (clean.given[static_cast<std::size_t>(index)])
                return wrong(frame, "claims a place where another reference stands already.");
            clean.given[static_cast<std::size_t>(index)] = true;
        }
        clean.latents.narrow(2, first, count).copy_(latents.narrow(2, 0, count));
    }
    return clean;
}

}  // namespace kinora::inference
