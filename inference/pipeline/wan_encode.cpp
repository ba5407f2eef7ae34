#include <ATen/core/Tensor.h>
#include <c10/core/InferenceMode.h>

#include "inference/pipeline/conditioning.h"
#include "inference/pipeline/decode.h"
#include "inference/pipeline/wan_generator.h"
#include "inference/pipeline/wan_model.h"
#include "inference/runtime/cpu.h"
#include "inference/runtime/device.h"
#include "inference/runtime/guard.h"

// The other direction: from pictures to a model's latents.

namespace kinora::inference {

core::Result<core::LatentClip> WanGenerator::encode(const core::FrameSequence& clip, const std::string& model_id, int width,
                                                    int height, std::stop_token stop)
{
    const auto info = info_of(model_id);
    if (!info) return info.error();
    const int multiple = info->capabilities.size_multiple;
    if (clip.frames < 1 || width < multiple || height < multiple || width % multiple != 0 || height % multiple != 0)
        return core::make_error(core::ErrorKind::invalid_argument,
                                "The clip is empty, or has no size that " + info->capabilities.name + " can work with.");
    if (stop.stop_requested()) return core::make_error(core::ErrorKind::cancelled, "The clip was cancelled.");
    return guarded("encoding the clip", [&]() -> core::Result<core::LatentClip> {
        const c10::InferenceMode inference;
        use_all_cores();
        const auto device = choose_device("auto");
        if (!device) return device.error();
        const auto dtype = choose_dtype("auto", *device);
        if (!dtype) return dtype.error();
        const auto vae = load_vae(*info, *dtype, *device);
        if (!vae) return vae.error();
        const auto stride = vae->config().temporal_stride();
        const auto video = fit_pictures(clip, width, height).to(*device);
        const auto whole = (video.size(2) - 1) / stride * stride + 1;
        const bool at_once = choose_route(whole, height, width) == DecodeRoute::whole_clip;
        const auto latents =
            vae->normalise(vae->encode(video.narrow(2, 0, whole), VaeRoute{at_once ? 0 : 1}).mean).squeeze(0);
        const auto values = latents.to(at::kCPU, at::kFloat).contiguous();
        return core::LatentClip{
            .model_id = model_id,
            .channels = static_cast<int>(values.size(0)),
            .frames = static_cast<int>(values.size(1)),
            .height = static_cast<int>(values.size(2)),
            .width = static_cast<int>(values.size(3)),
            .values = std::vector<float>(values.data_ptr<float>(), values.data_ptr<float>() + values.numel())};
    });
}

}  // namespace kinora::inference
