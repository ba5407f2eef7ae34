#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "inference/training/probe_view.h"
#include "inference/training/scenes/portable_random.h"
#include "inference/training/scenes/scene_spec.h"

namespace kinora::training {

/// The target of an attribute that means nothing in a clip; a loss leaves it out.
inline constexpr std::int64_t k_unanswered = -100;

/// Clips of one shape, as a probe sees them.
struct ViewBatch {
    ProbeView view;
    at::Tensor wanted;  ///< int64 [clips, attributes] in the order of `k_probed`, `k_unanswered` where there is no answer
};

struct DrawnViewsOptions {
    World world = World::grown;
    int clips = 1000;
    int frames = 33;
    std::uint64_t seed = 0;
};

/// Drawn clips of all shapes, as a probe sees them, with what is in them. Only the frames that it looks at are drawn. Held
/// in memory in 8 bits.
class DrawnViews {
public:
    /// On all threads of the tensor library. Errors: `cancelled`.
    [[nodiscard]] static core::Result<DrawnViews> draw(const DrawnViewsOptions& options, const std::stop_token& stop);

    /// Random clips, all of one shape; shapes are as likely as they have clips.
    [[nodiscard]] ViewBatch random_batch(PortableRandom& random, int count) const;

    /// All clips in their order, up to `count` at a time.
    void for_each_batch(int count, const std::function<void(const ViewBatch&)>& see) const;

private:
    struct Set {
        at::Tensor near, far;  ///< uint8, otherwise as in `ProbeView`
        at::Tensor wanted;
    };
    [[nodiscard]] static ViewBatch batch(const Set& set, const at::Tensor& chosen);

    std::vector<Set> sets_;  ///< one a shape that there is
    std::int64_t clips_ = 0;
};

}  // namespace kinora::training
