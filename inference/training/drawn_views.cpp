#include "inference/training/drawn_views.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/empty.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <array>

#include "inference/training/latent_cache.h"
#include "inference/training/probed_attributes.h"
#include "inference/training/scene_batch.h"

namespace kinora::training {

namespace {

SceneSpec scene(const DrawnViewsOptions& options, int number)
{
    PortableRandom random = stream(options.seed, static_cast<std::uint64_t>(number));
    SceneSpec spec = random_spec(random, options.world);
    if (options.world == World::grown) spec.picture = random_picture_size(random);
    return spec;
}

void tell(const SceneSpec& spec, at::Tensor wanted)
{
    const auto drawn = attributes_of(spec);
    auto* row = wanted.mutable_data_ptr<std::int64_t>();
    for (const Attribute attribute : k_probed) {
        const int value = value_in(drawn.data(), attribute);
        *row++ = value < 0 ? k_unanswered : value;
    }
}

at::Tensor in_bytes(const at::Tensor& pictures)
{
    return pictures.mul(255).add_(0.5).to(at::kByte);
}

}  // namespace

core::Result<DrawnViews> DrawnViews::draw(const DrawnViewsOptions& options, const std::stop_token& stop)
{
    std::array<std::vector<SceneSpec>, k_picture_sizes.size()> scenes;
    for (int i = 0; i < options.clips; ++i) {
        const SceneSpec spec = scene(options, i);
        const auto shape = std::find(k_picture_sizes.begin(), k_picture_sizes.end(), spec.picture) - k_picture_sizes.begin();
        scenes.at(static_cast<std::size_t>(shape)).push_back(spec);
    }
    DrawnViews views;
    const auto looked_at = probe_frames(options.frames);
    for (const auto& same : scenes) {
        if (same.empty()) continue;
        const auto count = static_cast<std::int64_t>(same.size());
        const PictureSize size = same.front().picture;
        const auto pictures = [&](int part) {
            return at::empty({count, k_probe_looks, 3, size.height / part, size.width / part}, at::kByte);
        };
        const Set set{pictures(2), pictures(4), at::empty({count, static_cast<std::int64_t>(k_probed.size())}, at::kLong)};
        at::parallel_for(0, count, 1, [&](std::int64_t first, std::int64_t end) {
            const c10::NoGradGuard no_grad;
            for (std::int64_t i = first; i < end && !stop.stop_requested(); ++i) {
                const SceneSpec& spec = same[static_cast<std::size_t>(i)];
                const ProbeView view = view_of_frames(to_tensor(training::draw(spec, options.frames, looked_at)));
                set.near[i].copy_(in_bytes(view.near[0]));
                set.far[i].copy_(in_bytes(view.far[0]));
                tell(spec, set.wanted[i]);
            }
        });
        if (stop.stop_requested()) return core::make_error(core::ErrorKind::cancelled, "stopped");
        views.clips_ += count;
        views.sets_.push_back(set);
    }
    return views;
}

ViewBatch DrawnViews::batch(const Set& set, const at::Tensor& chosen)
{
    const auto as_floats = [&](const at::Tensor& bytes) { return bytes.index_select(0, chosen).to(at::kFloat).div_(255); };
    return {{as_floats(set.near), as_floats(set.far)}, set.wanted.index_select(0, chosen)};
}

ViewBatch DrawnViews::random_batch(PortableRandom& random, int count) const
{
    auto number = static_cast<std::int64_t>(random.index(static_cast<std::size_t>(clips_)));
    auto set = sets_.begin();
    while (number >= set->wanted.size(0))
        number -= (set++)->wanted.size(0);
    at::Tensor chosen = at::empty({count}, at::kLong);
    for (int i = 0; i < count; ++i)
        chosen[i] = static_cast<std::int64_t>(random.index(static_cast<std::size_t>(set->wanted.size(0))));
    return batch(*set, chosen);
}

void DrawnViews::for_each_batch(int count, const std::function<void(const ViewBatch&)>& see) const
{
    for (const Set& set : sets_)
        for (std::int64_t first = 0; first < set.wanted.size(0); first += count)
            see(batch(set, at::arange(first, std::min(first + count, set.wanted.size(0)), at::kLong)));
}

}  // namespace kinora::training
