#include "inference/pipeline/decode.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/from_blob.h>

#include <utility>

#include "inference/runtime/fault.h"
#include "inference/runtime/guard.h"
#include "inference/runtime/memory.h"

namespace kinora::inference {
namespace {

constexpr VaeTiles k_tiles{};

/// Pixels of a clip (frames × height × width) up to which it is decoded whole: 97 frames of 320 × 192, or 14 of 832 × 480.
constexpr std::int64_t k_whole_clip_pixels = 6'000'000;

core::Error cancelled()
{
    return core::make_error(core::ErrorKind::cancelled, "The decoding was cancelled.");
}

std::string described(DecodeRoute route)
{
    switch (route) {
        case DecodeRoute::whole_clip:
            return "with the whole clip at once";
        case DecodeRoute::causal_cache:
            return "one latent frame at a time";
        case DecodeRoute::tiles:
            return "in tiles";
    }
    return "";
}

}  // namespace

std::string route_name(DecodeRoute route)
{
    return route == DecodeRoute::whole_clip ? "whole-clip" : "causal-cache";
}

std::string tiling_name(DecodeRoute route)
{
    if (route != DecodeRoute::tiles) return "none";
    return std::to_string(k_tiles.min_width) + "x" + std::to_string(k_tiles.min_height) + "/" +
           std::to_string(k_tiles.stride_width) + "x" + std::to_string(k_tiles.stride_height);
}

DecodeRoute route_of_recipe(const std::string& route, const std::string& tiling)
{
    if (tiling != "none" && !tiling.empty()) return DecodeRoute::tiles;
    return route.rfind("causal-cache", 0) == 0 ? DecodeRoute::causal_cache : DecodeRoute::whole_clip;
}

DecodeRoute choose_route(std::int64_t frames, std::int64_t height, std::int64_t width)
{
    return frames * height * width <= k_whole_clip_pixels ? DecodeRoute::whole_clip : DecodeRoute::causal_cache;
}

core::Result<DecodedClip> decode_with_fallbacks(const DecodeFunction& decode, DecodeRoute route, core::FrameRate rate,
                                                const std::stop_token& stop)
{
    DecodedClip clip;
    for (clip.route = route;; clip.route = static_cast<DecodeRoute>(static_cast<int>(clip.route) + 1)) {
        if (stop.stop_requested()) return cancelled();
        auto frames = guarded("decoding the clip", [&]() -> core::Result<core::FrameSequence> {
            try {
                const auto video = decode(clip.route);
                // What the decoder needed would lie beside the finished pictures.
                give_back_memory(video.device());
                pass("pictures");
                return to_frames(video, rate);
            } catch (const DecodingLeft&) {
                return cancelled();
            }
        });
        if (frames) {
            clip.frames = *std::move(frames);
            return clip;
        }
        if (frames.error().kind != core::ErrorKind::out_of_memory || clip.route == DecodeRoute::tiles) return frames.error();
        clip.fallbacks.push_back("Memory ran out while decoding " + described(clip.route) + ", so the clip was decoded " +
                                 described(static_cast<DecodeRoute>(static_cast<int>(clip.route) + 1)) + ".");
    }
}

at::Tensor decode_latents(const WanVae& vae, const at::Tensor& latents, DecodeRoute route,
                          std::function<void(double part)> after_chunk)
{
    const auto raw = vae.denormalise(latents);
    switch (route) {
        case DecodeRoute::whole_clip:
            return vae.decode(raw);
        case DecodeRoute::causal_cache:
            return vae.decode(raw, {.latent_frames_per_chunk = 1, .after_chunk = std::move(after_chunk)});
        case DecodeRoute::tiles:
            break;
    }
    return vae.decode_tiled(raw, k_tiles, {.latent_frames_per_chunk = 1});
}

core::FrameSequence to_frames(const at::Tensor& video, core::FrameRate rate)
{
    core::FrameSequence frames{.frames = static_cast<int>(video.size(2)),
                               .height = static_cast<int>(video.size(3)),
                               .width = static_cast<int>(video.size(4)),
                               .rate = rate,
                               .rgb = {}};
    frames.rgb.resize(static_cast<std::size_t>(video.numel()));
    auto target = at::from_blob(frames.rgb.data(), {frames.frames, frames.height, frames.width, 3},
                                at::TensorOptions().dtype(at::kFloat));
    target.copy_(video.squeeze(0).permute({1, 2, 3, 0}));
    target.add_(1).mul_(0.5).clamp_(0, 1);
    return frames;
}

}  // namespace kinora::inference
