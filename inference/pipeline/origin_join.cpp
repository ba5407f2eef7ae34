#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>

#include <algorithm>
#include <utility>

#include "core/generation/clip_layout_json.h"
#include "inference/pipeline/conditioning.h"
#include "inference/pipeline/origin_stage.h"

// How a finished clip is put together of its source and of what was sampled.

namespace kinora::inference {
namespace {

/// Frames of what is made that lean towards the kept pictures beside them.
constexpr int k_settling = 8;

/// The layout with one stretch where it is none.
core::ClipLayout explicit_layout(const core::ClipLayout& layout, int latent_frames, int stride)
{
    if (!layout.one_piece()) return layout;
    core::ClipLayout whole;
    whole.stretches = {latent_frames};
    whole.parts = {{0, 0, core::clip_frames(layout, latent_frames, stride)}};
    return whole;
}

/// Where a frame of a clip stands in its stretches.
std::pair<int, int> place_of(const core::ClipLayout& layout, int frame)
{
    for (const auto& part : layout.parts) {
        if (frame < part.end - part.first) return {part.stretch, part.first + frame};
        frame -= part.end - part.first;
    }
    return {layout.parts.back().stretch, layout.parts.back().end - 1};
}

/// The clip's parts, also where the plan counts in latent frames because its source was one piece as far as it knew.
std::vector<core::ClipPart> parts_of(const core::Origin& origin, int stride)
{
    if (!origin.parts.empty()) return origin.parts;
    const auto frames = [stride](int latents) { return latents > 0 ? (latents - 1) * stride + 1 : 0; };
    if (origin.head > 0) return {{false, 0, frames(origin.head)}, {true, frames(origin.from), frames(origin.to)}};
    // A re-cut that keeps the beginning.
    const int kept = origin.kept.empty() ? 0 : frames(origin.kept.front().count);
    if (kept == 0) return {{true, 0, frames(origin.to)}};
    return {{false, 0, kept}, {true, kept, frames(origin.to)}};
}

/// Puts clips together of a source's layout and a stretch that was made.
class Joiner {
public:
    Joiner(core::ClipLayout source, int made_latents) : source_(std::move(source))
    {
        joined_.stretches = source_.stretches;
        joined_.stretches.push_back(made_latents);
        joined_.settlings = source_.settlings;
        made_ = static_cast<int>(source_.stretches.size());
    }

    core::ClipLayout join(const std::vector<core::ClipPart>& parts, bool loops)
    {
        for (std::size_t index = 0; index < parts.size(); ++index) {
            const core::ClipPart& part = parts[index];
            if (!part.made) {
                add_source(part.first, part.end);
                continue;
            }
            joined_.parts.push_back({made_, part.first, part.end});
            const bool first = index == 0;
            const bool last = index + 1 == parts.size();
            const core::ClipPart* before = !first ? &parts[index - 1] : loops ? &parts.back() : nullptr;
            const core::ClipPart* behind = !last ? &parts[index + 1] : loops ? &parts.front() : nullptr;
            const int reach = std::min(k_settling, part.end - part.first);
            if (before != nullptr && !before->made && part.first > 0) settle(part.first - 1, before->end - 1, reach);
            if (behind != nullptr && !behind->made) settle(part.end, behind->first, -reach);
            if (before != nullptr && !before->made) ease(part.first, before->end - 1, reach);
            if (behind != nullptr && !behind->made) ease(part.end - 1, behind->first, -reach);
        }
        return std::move(joined_);
    }

private:
    void add_source(int first, int end)
    {
        int start = 0;
        for (const auto& part : source_.parts) {
            const int length = part.end - part.first;
            const int from = std::max(first - start, 0);
            const int to = std::min(end - start, length);
            if (from < to) joined_.parts.push_back({part.stretch, part.first + from, part.first + to});
            start += length;
        }
    }

    void settle(int at, int source_frame, int frames)
    {
        const auto [stretch, frame] = place_of(source_, source_frame);
        joined_.settlings.push_back({made_, at, stretch, frame, frames});
    }

    void ease(int at, int source_frame, int frames)
    {
        const auto [stretch, frame] = place_of(source_, source_frame);
        joined_.settlings.push_back({made_, at, stretch, frame, frames, true});
    }

    core::ClipLayout source_;
    core::ClipLayout joined_;
    int made_ = 0;
};

/// One stretch, shown from its first frame to its last: latents can be added to it.
bool is_whole(const core::LatentClip& clip, int stride)
{
    const auto& layout = clip.layout;
    return layout.stretches.size() == 1 && layout.parts.size() == 1 && layout.parts[0].first == 0 &&
           layout.parts[0].end == (clip.frames - 1) * stride + 1;
}

/// One stretch of so many latent frames, the first `kept` of which were there before: the decoder comes from these to what
/// is new, which shows them as they were.
core::ClipLayout appended(core::ClipLayout layout, int latents, int kept, int stride)
{
    const auto frames = [stride](int count) { return (count - 1) * stride + 1; };
    layout.stretches = {latents};
    layout.parts = {{0, 0, frames(latents)}};
    if (kept < latents)
        layout.settlings.push_back(
            {0, frames(kept), 0, frames(kept) - 1, std::min(k_settling, frames(latents) - frames(kept)), true});
    return layout;
}

/// A clip's given pictures further on, decoded from a beginning of their own instead of behind other pictures.
JoinedLatents with_given_clips(const WanModel& model, const core::GenerationRequest& request, const at::Tensor& sampled)
{
    const int stride = static_cast<int>(model.info.vae.temporal_stride());
    const auto space = model.info.vae.spatial_stride();
    JoinedLatents joined{sampled, {}};
    const int frames = static_cast<int>(sampled.size(2) - 1) * stride + 1;
    for (const core::ConditioningFrame& given : request.conditioning) {
        const int count = given.pictures ? std::min(given.pictures->frames, frames - given.frame) : 0;
        if (given.frame <= 0 || count < stride) continue;
        auto video = fit_pictures(*given.pictures, static_cast<int>(sampled.size(4) * space),
                                  static_cast<int>(sampled.size(3) * space))
                         .narrow(2, 0, count);
        const int missing = (stride - (count - 1) % stride) % stride;
        video = at::cat(at::TensorList{video, video.narrow(2, count - 1, 1).expand({-1, -1, missing, -1, -1})}, 2);
        const auto latents = model.vae.normalise(model.vae.encode(video.to(sampled.device())).mean);
        Joiner joiner({{static_cast<int>(latents.size(2))}, {{0, 0, count}}, {}}, static_cast<int>(sampled.size(2)));
        std::vector<core::ClipPart> parts{{true, 0, given.frame}, {false, 0, count}};
        if (given.frame + count < frames) parts.push_back({true, given.frame + count, frames});
        auto layout = joiner.join(parts, false);
        // What is given at the beginning is decoded as it is; what follows it doesn't jump away from it.
        for (const core::ConditioningFrame& first : request.conditioning) {
            const int shown = first.frame == 0 && first.pictures ? (first.pictures->frames - 1) / stride * stride + 1 : 0;
            const int room = given.frame - shown;
            if (shown > 1 && room > 0)
                layout.settlings.push_back({1, shown, 1, shown - 1, std::min(k_settling, room), true});
        }
        return {at::cat(at::TensorList{latents, sampled}, 2), std::move(layout)};
    }
    return joined;
}

}  // namespace

at::Tensor source_latents(const WanModel& model, const core::GenerationRequest& request)
{
    const core::LatentClip& source = *request.origin_latents;
    const auto latents = tensor_of(source).to(model.device);
    if (source.layout.one_piece() || is_whole(source, static_cast<int>(model.info.vae.temporal_stride()))) return latents;
    const auto space = model.info.vae.spatial_stride();
    const auto stride = model.info.vae.temporal_stride();
    const auto route = choose_route(latents.size(2) * stride, latents.size(3) * space, latents.size(4) * space);
    const auto video = decode_clip(model.vae, latents, source.layout, route);
    const auto whole = (video.size(2) - 1) / stride * stride + 1;
    const VaeRoute encoding{route == DecodeRoute::whole_clip ? 0 : 1};
    return model.vae.normalise(model.vae.encode(video.narrow(2, 0, whole), encoding).mean);
}

JoinedLatents joined_latents(const WanModel& model, const core::GenerationRequest& request, const at::Tensor& sampled)
{
    if (!request.origin)
        return model.info.has_condition_channels() ? JoinedLatents{sampled, {}} : with_given_clips(model, request, sampled);
    const core::Origin& origin = *request.origin;
    const core::LatentClip& source = *request.origin_latents;
    if (origin.strength < 1.0F || (origin.kept.empty() && origin.parts.empty())) return {sampled, {}};
    const auto kept = tensor_of(source).to(sampled.device());
    const int stride = static_cast<int>(model.info.vae.temporal_stride());
    if (origin.parts.empty() && (source.layout.one_piece() || (origin.head > 0 && is_whole(source, stride)))) {
        const auto made = sampled.narrow(2, origin.from, origin.to - origin.from);
        const int shown = origin.head > 0 ? origin.head : origin.kept.front().count;
        const auto latents = origin.head > 0 ? at::cat(at::TensorList{kept.narrow(2, 0, origin.head), made}, 2) : made;
        return {latents, appended(source.layout, static_cast<int>(latents.size(2)), shown, stride)};
    }
    Joiner joiner(explicit_layout(source.layout, source.frames, stride), static_cast<int>(sampled.size(2)));
    return {at::cat(at::TensorList{kept, sampled}, 2), joiner.join(parts_of(origin, stride), origin.loops)};
}

}  // namespace kinora::inference
