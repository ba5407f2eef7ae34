#include "inference/training/vae_quality.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <c10/core/InferenceMode.h>

#include <cmath>

#include "inference/training/scene_batch.h"

namespace kinora::training {

namespace {

// Far from every stream that training draws from.
constexpr std::uint64_t k_unseen_seed = 0x5eed'0000'0000'0001ULL;

struct Steps {
    double border = 0;
    double inner = 0;
    int borders = 0;
    int inners = 0;
};

// Mean absolute change of the error between neighbouring frames, split by whether a latent frame ends between them.
void add_steps(const at::Tensor& error, std::int64_t stride, Steps& steps)
{
    for (std::int64_t frame = 2; frame < error.size(1); ++frame) {
        const double change = (error.select(1, frame) - error.select(1, frame - 1)).abs().mean().item<double>();
        const bool border = (frame - 1) % stride == 0;
        (border ? steps.border : steps.inner) += change;
        (border ? steps.borders : steps.inners) += 1;
    }
}

}  // namespace

core::Result<VaeQuality> measure_vae(const inference::WanVae& vae, int clips_per_place, int frames, World world,
                                     std::stop_token stop)
{
    const c10::InferenceMode inference_mode;
    VaeQuality quality;
    Steps steps;
    for (const Place place : places_of(world)) {
        for (int i = 0; i < clips_per_place; ++i) {
            if (stop.stop_requested()) return core::make_error(core::ErrorKind::cancelled, "stopped");
            PortableRandom random = stream(k_unseen_seed + static_cast<std::uint64_t>(place), static_cast<std::uint64_t>(i));
            const at::Tensor video = to_tensor(draw(random_spec(random, place, world), frames));
            const at::Tensor decoded = vae.decode(vae.encode(video.unsqueeze(0)).mean)[0].to(at::kFloat);
            const at::Tensor error = (decoded - video) * 0.5;
            quality.psnr[place] += -10.0 * std::log10(error.square().mean().item<double>()) / clips_per_place;
            add_steps(error, vae.config().temporal_stride(), steps);
            ++quality.clips;
        }
        quality.mean += quality.psnr[place] / static_cast<double>(places_of(world).size());
    }
    if (steps.borders > 0 && steps.inner > 0)
        quality.border_ratio = (steps.border / steps.borders) / (steps.inner / steps.inners);
    return quality;
}

}  // namespace kinora::training
