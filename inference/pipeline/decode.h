#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/generation/frames.h"
#include "inference/models/wan/vae.h"

namespace kinora::inference {

/// Ways to decode a clip, each needing less memory than the one before. They give the same values but for `tiles`.
enum class DecodeRoute { whole_clip, causal_cache, tiles };

/// "whole-clip", "causal-cache", "causal-cache" again for tiles (whose tiling is named apart), as in recipes.
[[nodiscard]] std::string route_name(DecodeRoute route);
/// "none", or the tiles' size and stride, as in recipes.
[[nodiscard]] std::string tiling_name(DecodeRoute route);
/// The way that a recipe names, so that its bits come out again.
[[nodiscard]] DecodeRoute route_of_recipe(const std::string& route, const std::string& tiling);

/// The cheapest way that is fast for a clip of this size: short clips whole, others with the causal cache.
[[nodiscard]] DecodeRoute choose_route(std::int64_t frames, std::int64_t height, std::int64_t width);

/// Pictures and what it took to get them.
struct DecodedClip {
    core::FrameSequence frames;
    DecodeRoute route = DecodeRoute::whole_clip;
    std::vector<std::string> fallbacks;  ///< one sentence for each way that ran out of memory
};

/// Decodes once by `route`; for tests, a stand-in can fail.
using DecodeFunction = std::function<at::Tensor(DecodeRoute route)>;

/// Tries `route` and, where memory runs out, the ways after it; each failure becomes a sentence. `decode` returns a video
/// [1, 3, frames, height, width] within ±1. `out_of_memory` if the last way fails as well, `cancelled` if `stop` fires
/// between.
[[nodiscard]] core::Result<DecodedClip> decode_with_fallbacks(const DecodeFunction& decode, DecodeRoute route,
                                                              core::FrameRate rate, const std::stop_token& stop);

/// Thrown by whoever leaves a decoding half-way; `decode_with_fallbacks` makes it `cancelled`.
struct DecodingLeft {};

/// The VAE's decoding of normalised latents [1, channels, frames, height, width]. `after_chunk` as in `VaeRoute`.
[[nodiscard]] at::Tensor decode_latents(const WanVae& vae, const at::Tensor& latents, DecodeRoute route,
                                        std::function<void(double part)> after_chunk = {});

/// A video [1, 3, frames, height, width] within ±1 as float pictures 0…1.
[[nodiscard]] core::FrameSequence to_frames(const at::Tensor& video, core::FrameRate rate);

}  // namespace kinora::inference
