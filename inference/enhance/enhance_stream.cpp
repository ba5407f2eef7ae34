#include "inference/enhance/enhance_stream.h"

#include <ATen/ops/equal.h>
#include <c10/core/InferenceMode.h>

#include <utility>

#include "inference/enhance/picture_planes.h"
#include "inference/runtime/guard.h"

namespace kinora::inference {
namespace {

core::Error cancelled()
{
    return core::make_error(core::ErrorKind::cancelled, "The enhancing was cancelled.");
}

}  // namespace

core::Result<void> EnhanceStream::push(std::span<const float> rgb, const core::FrameSink& sink)
{
    return guarded("a frame was enhanced", [&]() -> core::Result<void> {
        const c10::InferenceMode inference_mode;
        const core::ClipShape& clip = parts_.clip;
        if (rgb.size() != static_cast<std::size_t>(clip.width) * clip.height * 3 || pushed_ >= clip.frames)
            return core::make_error(core::ErrorKind::internal, "A frame came that wasn't announced.");
        before_ = std::move(after_);
        after_ = {planes_of(rgb, clip.width, parts_.plan.cut), {}};
        if (parts_.interpolator) {
            after_.gist = FrameGist(rgb, clip.width, clip.height);
            cut_ = FrameGist::cut_between(before_.gist, after_.gist);
            still_ = before_.planes.defined() && at::equal(before_.planes, after_.planes);
        }
        ++pushed_;
        // Everything up to the frame before this one can be shown now; without interpolation this one, too.
        return show_until(parts_.interpolator ? pushed_ - 2 : pushed_ - 1, sink);
    });
}

core::Result<void> EnhanceStream::finish(const core::FrameSink& sink)
{
    return guarded("the last frames were enhanced", [&]() -> core::Result<void> {
        const c10::InferenceMode inference_mode;
        if (pushed_ == 0) return core::make_error(core::ErrorKind::internal, "No frame came.");
        return show_until(pushed_ - 1, sink);
    });
}

core::Result<void> EnhanceStream::show_until(std::int64_t last_source, const core::FrameSink& sink)
{
    const core::ClipShape& to = parts_.plan.shape;
    for (; shown_ < to.frames; ++shown_) {
        const auto place = core::place_of_frame(shown_, parts_.clip.rate, to.rate, parts_.clip.frames);
        if (place.frame > last_source) return {};
        if (auto done = show(place, sink); !done) return done;
    }
    return {};
}

core::Result<void> EnhanceStream::show(const core::PlaceBetween& place, const core::FrameSink& sink)
{
    if (parts_.stop.stop_requested()) return cancelled();
    const bool again = place.frame == last_place_.frame && place.phase == last_place_.phase;
    if (!again) {
        // The frame that is begun with is the newest where nothing lies between, else the one before it.
        const bool newest = place.frame == pushed_ - 1;
        auto frame = enlarged(newest ? after_.planes : picture_at(place.phase));
        if (!frame) return frame.error();
        last_ = *std::move(frame);
        last_place_ = place;
    }
    return sink(last_);
}

at::Tensor EnhanceStream::picture_at(double phase) const
{
    if (phase == 0 || still_) return before_.planes;
    if (cut_) return phase < 0.5 ? before_.planes : after_.planes;
    return parts_.interpolator->between(before_.planes, after_.planes, phase);
}

core::Result<std::vector<float>> EnhanceStream::enlarged(at::Tensor picture) const
{
    for (const auto& pass : parts_.passes) {
        auto large = pass->upscale(picture, parts_.tile, parts_.stop);
        if (!large) return large.error();
        picture = large->clamp(0, 1);
    }
    return frame_of(fitted(picture, parts_.plan.shape.width, parts_.plan.shape.height));
}

}  // namespace kinora::inference
