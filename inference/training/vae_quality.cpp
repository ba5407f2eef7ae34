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

// What is left of an unseen drawn clip when it has gone through the autoencoder.
struct Reconstruction {
    at::Tensor error;  ///< of pictures in 0…1, [3, frames, height, width]
    [[nodiscard]] double psnr() const { return -10.0 * std::log10(error.square().mean().item<double>()); }
};

Reconstruction reconstruct(const inference::WanVae& vae, const SceneSpec& spec, int frames)
{
    const at::Tensor video = to_tensor(draw(spec, frames));
    const at::Tensor decoded = vae.decode(vae.encode(video.unsqueeze(0)).mean)[0].to(at::kFloat);
    return {(decoded - video) * 0.5};
}

SceneSpec unseen_spec(Place place, int number, World world)
{
    PortableRandom random = stream(k_unseen_seed + static_cast<std::uint64_t>(place), static_cast<std::uint64_t>(number));
    return random_spec(random, place, world);
}

core::Result<void> measure_shapes(const inference::WanVae& vae, int frames, World world, VaeQuality& quality,
                                  const std::stop_token& stop)
{
    for (std::size_t shape = 1; shape < k_picture_sizes.size(); ++shape) {
        double sum = 0;
        for (const Place place : places_of(world)) {
            if (stop.stop_requested()) return core::make_error(core::ErrorKind::cancelled, "stopped");
            SceneSpec spec = unseen_spec(place, static_cast<int>(100 + shape), world);
            spec.picture = k_picture_sizes[shape];
            sum += reconstruct(vae, spec, frames).psnr();
        }
        quality.shapes.emplace_back(k_picture_sizes[shape], sum / static_cast<double>(places_of(world).size()));
    }
    return {};
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
            const Reconstruction seen = reconstruct(vae, unseen_spec(place, i, world), frames);
            quality.psnr[place] += seen.psnr() / clips_per_place;
            add_steps(seen.error, vae.config().temporal_stride(), steps);
            ++quality.clips;
        }
        quality.mean += quality.psnr[place] / static_cast<double>(places_of(world).size());
    }
    if (steps.borders > 0 && steps.inner > 0)
        quality.border_ratio = (steps.border / steps.borders) / (steps.inner / steps.inners);
    if (world == World::grown)
        if (auto measured = measure_shapes(vae, frames, world, quality, stop); !measured) return measured.error();
    return quality;
}

}  // namespace kinora::training
