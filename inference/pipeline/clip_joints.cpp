#include "inference/pipeline/clip_joints.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace kinora::inference {

void settle(at::Tensor& video, int at, const at::Tensor& goal, int frames)
{
    const auto lacking = goal - video.narrow(2, at, 1);
    const int count = std::abs(frames);
    for (int distance = 1; distance <= count; ++distance) {
        const std::int64_t place = frames > 0 ? at + distance : at - distance;
        if (place < 0 || place >= video.size(2)) break;
        const double share = 1.0 - static_cast<double>(distance) / (count + 1);
        video.narrow(2, place, 1).add_(lacking, share).clamp_(-1, 1);
    }
}

at::Tensor decode_clip(const WanVae& vae, const at::Tensor& latents, const core::ClipLayout& layout, DecodeRoute route,
                       const std::function<void(double part)>& after_chunk)
{
    if (layout.one_piece()) return decode_latents(vae, latents, route, after_chunk);
    std::vector<at::Tensor> videos;
    std::int64_t place = 0;
    for (const int count : layout.stretches) {
        const auto told = [&, place](double part) {
            after_chunk((static_cast<double>(place) + part * count) / static_cast<double>(latents.size(2)));
        };
        videos.push_back(decode_latents(vae, latents.narrow(2, place, count), route,
                                        after_chunk ? std::function<void(double)>(told) : nullptr));
        place += count;
    }
    for (const auto& one : layout.settlings)
        settle(videos[static_cast<std::size_t>(one.stretch)], one.at,
               videos[static_cast<std::size_t>(one.to)].narrow(2, one.to_frame, 1), one.frames);
    std::vector<at::Tensor> parts;
    for (const auto& part : layout.parts)
        parts.push_back(videos[static_cast<std::size_t>(part.stretch)].narrow(2, part.first, part.end - part.first));
    return at::cat(parts, 2);
}

}  // namespace kinora::inference
