#include "inference/pipeline/origin_stage.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <string>
#include <utility>

#include "core/base/text.h"
#include "core/generation/clip_layout_json.h"
#include "inference/pipeline/decode.h"

namespace kinora::inference {
namespace {

core::Error wrong(const core::Origin& origin, const std::string& why)
{
    return core::make_error(core::ErrorKind::invalid_argument,
                            "The clip " + core::in_quotes(origin.source) + " can't be gone on from: " + why);
}

/// Pictures of the source up to the end of a latent frame, [1, 3, frames, height, width]; decoding looks back, never ahead.
at::Tensor decoded_up_to(const WanVae& vae, const at::Tensor& source, std::int64_t latent_frame)
{
    const auto part = source.narrow(2, 0, latent_frame + 1);
    const auto stride = vae.config().temporal_stride();
    const auto space = vae.config().spatial_stride();
    const auto route = choose_route(latent_frame * stride + 1, part.size(3) * space, part.size(4) * space);
    return decode_latents(vae, part, route);
}

/// The first latent frame of a clip that begins with the last picture of a latent frame.
at::Tensor as_first_latent(const WanVae& vae, const at::Tensor& source, std::int64_t latent_frame)
{
    const auto video = decoded_up_to(vae, source, latent_frame);
    return vae.normalise(vae.encode(video.narrow(2, video.size(2) - 1, 1)).mean);
}

/// Latent frames further on in a clip that show a clip's beginning; a still leads in, since the encoder looks back.
at::Tensor as_later_latents(const WanVae& vae, const at::Tensor& source, std::int64_t count)
{
    const auto pictures = count * vae.config().temporal_stride();
    const auto video = decoded_up_to(vae, source, std::min(count, source.size(2) - 1)).narrow(2, 0, pictures);
    const auto led_in = at::cat(at::TensorList{video.narrow(2, 0, 1), video}, 2);
    return vae.normalise(vae.encode(led_in).mean).narrow(2, 1, count);
}

core::ConditioningFrame picture_at(const at::Tensor& video, std::int64_t index, int place, core::FrameRate rate,
                                   const std::string& source)
{
    auto pictures = to_frames(video.narrow(2, index, 1), rate);
    return {place, std::make_shared<const core::FrameSequence>(std::move(pictures)), source, {}, 0, 1};
}

/// An origin whose places all lie within its source and the stretch that is sampled [1, channels, frames, height, width].
core::Result<void> check_origin(const core::Origin& origin, const core::LatentClip* source, at::IntArrayRef window,
                                int stride)
{
    if (source == nullptr)
        return core::make_error(core::ErrorKind::not_found,
                                "The latents of " + core::in_quotes(origin.source) + " are missing.");
    const auto count = static_cast<std::size_t>(source->channels) * source->frames * source->height * source->width;
    const bool sensible = source->channels > 0 && source->frames > 0 && source->height > 0 && source->width > 0;
    if (!sensible || source->values.size() != count) return wrong(origin, "its latents are damaged.");
    if (source->channels != window[1])
        return wrong(origin, "its latents are those of another kind of model; choose the model that made it.");
    if (source->height != window[3] || source->width != window[4])
        return wrong(origin, "it has another size than the clip that is asked for.");
    if (auto fits = core::check_layout(source->layout, source->frames, stride); !fits) return fits.error();
    const int frames = core::clip_frames(source->layout, source->frames, stride);
    const int latents = (frames - 1) / stride + 1;
    for (const core::KeptLatents& part : origin.kept)
        if (part.first + part.count > latents || part.place + part.count > window[2])
            return wrong(origin, "it is shorter than what is to be kept of it.");
    bool outside = origin.to > window[2] || origin.head > latents;
    for (const core::ClipPart& part : origin.parts)
        outside = outside || part.end > (part.made ? (window[2] - 1) * stride + 1 : frames);
    if (outside) return wrong(origin, "its parts don't fit together.");
    if (origin.strength < 1.0F && latents != window[2])
        return wrong(origin, "it has another length than the clip that is asked for.");
    return {};
}

/// The origin's kept latents, clean in their places in the window.
CleanFrames keep_latents(const WanVae& vae, const core::Origin& origin, const at::Tensor& source, at::IntArrayRef window)
{
    CleanFrames clean{at::zeros(window, source.options()), std::vector<bool>(static_cast<std::size_t>(window[2]), false)};
    for (const core::KeptLatents& part : origin.kept) {
        clean.latents.narrow(2, part.place, part.count).copy_(source.narrow(2, part.first, part.count));
        if (part.place == 0 && part.first > 0) clean.latents.narrow(2, 0, 1).copy_(as_first_latent(vae, source, part.first));
        if (part.place > 0 && part.first == 0)
            clean.latents.narrow(2, part.place, part.count).copy_(as_later_latents(vae, source, part.count));
        std::fill_n(clean.given.begin() + part.place, part.count, true);
    }
    return clean;
}

/// The same as pictures: the last picture of what stands at the start, the first of what stands at the end.
std::vector<core::ConditioningFrame> keep_pictures(const WanVae& vae, const core::Origin& origin, const at::Tensor& source,
                                                   core::FrameRate rate)
{
    std::vector<core::ConditioningFrame> pictures;
    const auto stride = vae.config().temporal_stride();
    for (const core::KeptLatents& part : origin.kept) {
        const std::int64_t latent = part.place == 0 ? part.first + part.count - 1 : part.first;
        const auto video = decoded_up_to(vae, source, latent);
        const auto last = video.size(2) - 1;
        const auto first = latent == 0 ? 0 : last - (stride - 1);
        pictures.push_back(picture_at(video, part.place == 0 ? last : first, part.place == 0 ? 0 : -1, rate, origin.source));
    }
    return pictures;
}

/// What is given in the one is put into the other; the first one's outweigh.
CleanFrames merged(CleanFrames first, const CleanFrames& second)
{
    for (std::size_t frame = 0; frame < first.given.size(); ++frame) {
        if (first.given[frame] || !second.given[frame]) continue;
        const auto place = static_cast<std::int64_t>(frame);
        first.latents.narrow(2, place, 1).copy_(second.latents.narrow(2, place, 1));
        first.given[frame] = true;
    }
    return first;
}

/// The pictures that a model reads beside the noise: those that were given, and those that the origin keeps.
std::vector<core::ConditioningFrame> given_pictures(const WanModel& model, const core::GenerationRequest& request)
{
    auto pictures = request.conditioning;
    if (!request.origin || request.origin->kept.empty()) return pictures;
    const auto source = source_latents(model, request);
    const auto kept = keep_pictures(model.vae, *request.origin, source, model.info.capabilities.rate);
    pictures.insert(pictures.end(), kept.begin(), kept.end());
    return pictures;
}

}  // namespace

core::Result<void> add_origin(const WanModel& model, const core::GenerationRequest& request, DenoiseJob& job, float sigma)
{
    if (!request.origin) return {};
    const core::Origin& origin = *request.origin;
    const auto stride = static_cast<int>(model.info.vae.temporal_stride());
    if (auto fits = check_origin(origin, request.origin_latents.get(), job.noise.sizes(), stride); !fits)
        return fits.error();
    const auto source = source_latents(model, request);
    if (origin.strength < 1.0F) job.noise = source * (1.0F - sigma) + job.noise * sigma;
    if (origin.kept.empty() || model.info.has_condition_channels()) return {};
    job.clean = keep_latents(model.vae, origin, source, job.noise.sizes());
    return {};
}

core::Result<void> add_pictures(const WanModel& model, const core::GenerationRequest& request, const ClipShape& clip,
                                DenoiseJob& job)
{
    if (!model.info.has_condition_channels()) {
        if (request.conditioning.empty()) return {};
        auto clean = encode_conditioning(model.vae, request.conditioning, clip);
        if (!clean) return clean.error();
        clean->latents = clean->latents.to(model.device);
        job.clean = job.clean ? merged(*std::move(job.clean), *clean) : *std::move(clean);
        return {};
    }
    const auto all = given_pictures(model, request);
    const auto given = place_pictures(all, clip);
    if (!given) return given.error();
    job.condition = condition_channels(model.vae, *given).to(model.device);
    if (!model.image_encoder) return {};
    const auto pictures = pictures_to_look_at(all, clip);
    job.image = model.image_encoder->tower.features(clip_pixels(pictures, model.image_encoder->settings));
    return {};
}

int left_out_of(const core::Recipe& recipe)
{
    return recipe.steps - core::steps_to_sample(recipe);
}

at::Tensor tensor_of(const core::LatentClip& clip)
{
    // from_blob wants a mutable pointer; the tensor is only read.
    return at::from_blob(const_cast<float*>(clip.values.data()), {1, clip.channels, clip.frames, clip.height, clip.width},
                         at::TensorOptions().dtype(at::kFloat));
}

}  // namespace kinora::inference
