#include "inference/pipeline/clip_joints.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>

namespace kinora::inference {

namespace {

/// Changes that are no jump whatever stands beside them, in parts of the range from -1 to 1.
constexpr double k_always_allowed = 0.02;
/// Frames at a join that tell how much neighbours change.
constexpr int k_neighbourhood = 8;

double rms(const at::Tensor& difference)
{
    return std::sqrt(difference.to(at::kDouble).square().mean().item<double>());
}

/// The largest change between neighbours that lead to a frame, or follow it if `behind`.
double largest_change(const at::Tensor& video, std::int64_t frame, bool behind)
{
    const auto first = behind ? frame : std::max<std::int64_t>(0, frame - k_neighbourhood);
    const auto last = behind ? std::min(video.size(2) - 1, frame + k_neighbourhood) : frame;
    double most = k_always_allowed;
    for (auto at = first; at < last; ++at)
        most = std::max(most, rms(video.narrow(2, at + 1, 1) - video.narrow(2, at, 1)));
    return most;
}

}  // namespace

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

void ease(at::Tensor& video, int at, const at::Tensor& beside, int frames, double most)
{
    const auto lacking = beside - video.narrow(2, at, 1);
    const double change = rms(lacking);
    if (change <= most) return;
    const double nearer = 1.0 - most / change;
    const int count = std::abs(frames);
    for (int distance = 0; distance < count; ++distance) {
        const std::int64_t place = frames > 0 ? at + distance : at - distance;
        if (place < 0 || place >= video.size(2)) break;
        const double share = nearer * (1.0 - static_cast<double>(distance) / count);
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
    for (const auto& one : layout.settlings) {
        auto& video = videos[static_cast<std::size_t>(one.stretch)];
        const auto& kept = videos[static_cast<std::size_t>(one.to)];
        const auto goal = kept.narrow(2, one.to_frame, 1).clone();
        if (one.beside)
            ease(video, one.at, goal, one.frames, largest_change(kept, one.to_frame, one.frames < 0));
        else
            settle(video, one.at, goal, one.frames);
    }
    std::vector<at::Tensor> parts;
    for (const auto& part : layout.parts)
        parts.push_back(videos[static_cast<std::size_t>(part.stretch)].narrow(2, part.first, part.end - part.first));
    return at::cat(parts, 2);
}

}  // namespace kinora::inference
