#include "inference/pipeline/conditioning.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <string>

#include "core/generation/picture_file.h"
#include "inference/models/picture_resampling.h"
#include "inference/pipeline/decode.h"

namespace kinora::inference {
namespace {

/// Narrower strips show nothing, and scaled to a model's size they would fill the memory.
constexpr int k_longest_proportion = 64;

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
    const auto [shorter, longer] = std::minmax(pictures.width, pictures.height);
    if (longer > k_longest_proportion * shorter)
        return wrong(frame, "is more than " + std::to_string(k_longest_proportion) + " times as long as it is wide.");
    const int place = place_of(frame, clip);
    if (place < 0 || place >= clip.frames)
        return wrong(frame, "stands at frame " + std::to_string(frame.frame) + ", but the clip has the frames 0 to " +
                                std::to_string(clip.frames - 1) + ".");
    return {};
}

at::Tensor to_video(const core::FrameSequence& pictures)
{
    // from_blob wants a mutable pointer; the tensor is only read.
    auto* const pixels = const_cast<float*>(pictures.rgb.data());
    const auto values =
        at::from_blob(pixels, {pictures.frames, pictures.height, pictures.width, 3}, at::TensorOptions().dtype(at::kFloat));
    return (values.permute({3, 0, 1, 2}) * 2 - 1).unsqueeze(0).contiguous();
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

at::Tensor fit_pictures(const core::FrameSequence& pictures, int width, int height, PictureFit fit)
{
    if (pictures.width == width && pictures.height == height) return to_video(pictures);
    core::FrameSequence fitted{
        .frames = pictures.frames, .height = height, .width = width, .rate = pictures.rate, .rgb = {}};
    for (int frame = 0; frame < pictures.frames; ++frame) {
        const auto picture = core::to_picture8(pictures, frame);
        const auto scaled = fit == PictureFit::cover ? resample(picture, middle_box(picture, width, height), width, height,
                                                                ResamplingFilter::lanczos)
                                                     : resample(picture, width, height, ResamplingFilter::lanczos);
        for (const unsigned char value : scaled.rgb)
            fitted.rgb.push_back(static_cast<float>(value) / 255.0F);
    }
    return to_video(fitted);
}

core::Result<CleanFrames> encode_conditioning(const WanVae& vae, std::span<const core::ConditioningFrame> frames,
                                              const ClipShape& clip, PictureFit fit)
{
    const auto stride = static_cast<int>(vae.config().temporal_stride());
    const auto space = vae.config().spatial_stride();
    const int latent_frames = (clip.frames - 1) / stride + 1;
    CleanFrames clean{at::zeros({1, vae.config().z_dim, latent_frames, clip.height / space, clip.width / space}),
                      std::vector<bool>(static_cast<std::size_t>(latent_frames), false)};
    for (const core::ConditioningFrame& frame : frames) {
        if (auto checked = check(frame, clip); !checked) return checked.error();
        const int place = place_of(frame, clip);
        const auto video = fit_pictures(*frame.pictures, clip.width, clip.height, fit);
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

core::Result<GivenVideo> place_pictures(std::span<const core::ConditioningFrame> frames, const ClipShape& clip,
                                        PictureFit fit)
{
    GivenVideo result{at::zeros({1, 3, clip.frames, clip.height, clip.width}),
                      std::vector<bool>(static_cast<std::size_t>(clip.frames), false)};
    for (const core::ConditioningFrame& frame : frames) {
        if (auto checked = check(frame, clip); !checked) return checked.error();
        const int first = place_of(frame, clip);
        const int count = std::min(frame.pictures->frames, clip.frames - first);
        for (int index = first; index < first + count; ++index) {
            if (result.given[static_cast<std::size_t>(index)])
                return wrong(frame, "claims a place where another reference stands already.");
            result.given[static_cast<std::size_t>(index)] = true;
        }
        const auto video = fit_pictures(*frame.pictures, clip.width, clip.height, fit);
        result.video.narrow(2, first, count).copy_(video.narrow(2, 0, count));
    }
    return result;
}

at::Tensor condition_channels(const WanVae& vae, const GivenVideo& given)
{
    const auto& video = given.video;
    // The whole clip at once is faster, but for long or large ones its memory is that of the decoder.
    const bool whole = choose_route(video.size(2), video.size(3), video.size(4)) == DecodeRoute::whole_clip;
    const auto latents = vae.normalise(vae.encode(video, VaeRoute{whole ? 0 : 1}).mean);
    const auto stride = vae.config().temporal_stride();
    auto mask = at::zeros({1, stride, latents.size(2), latents.size(3), latents.size(4)}, latents.options());
    for (std::int64_t place = 0; place < stride * latents.size(2); ++place) {
        const auto frame = std::max<std::int64_t>(0, place - (stride - 1));
        if (given.given[static_cast<std::size_t>(frame)])
            mask.select(2, place / stride).select(1, place % stride).fill_(1.0);
    }
    return at::cat(at::TensorList{mask, latents}, 1);
}

std::vector<core::Picture8> pictures_to_look_at(std::span<const core::ConditioningFrame> frames, const ClipShape& clip)
{
    std::vector<const core::ConditioningFrame*> ordered;
    for (const core::ConditioningFrame& frame : frames)
        ordered.push_back(&frame);
    std::stable_sort(ordered.begin(), ordered.end(),
                     [&](const auto* a, const auto* b) { return place_of(*a, clip) < place_of(*b, clip); });
    std::vector<core::Picture8> pictures;
    for (const core::ConditioningFrame* frame : ordered)
        pictures.push_back(core::to_picture8(*frame->pictures, 0));
    return pictures;
}

}  // namespace kinora::inference
