#include "inference/training/probe_view.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/avg_pool2d.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/replication_pad2d.h>
#include <ATen/ops/softmax.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/tensor.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace kinora::training {

namespace {

struct Shift {
    int x = 0;
    int y = 0;
};

constexpr int k_reach = 6;
// How sharply the best fit is told from the others, in differences of 0…1.
constexpr double k_sharpness = 25.0;

// Along both axes, where subjects and cameras move, and on the diagonals of moves that are combined.
std::array<Shift, k_probe_shifts> make_shifts()
{
    std::array<Shift, k_probe_shifts> shifts{};
    std::size_t at = 1;  // the first: nothing moved
    for (int way = 1; way <= k_reach; ++way)
        for (const Shift& shift : {Shift{way, 0}, Shift{-way, 0}, Shift{0, way}, Shift{0, -way}})
            shifts.at(at++) = shift;
    for (const int way : {2, 4})
        for (const Shift& shift : {Shift{way, way / 2}, Shift{-way, way / 2}, Shift{way, -way / 2}, Shift{-way, -way / 2}})
            shifts.at(at++) = shift;
    return shifts;
}

}  // namespace

std::vector<int> probe_frames(int frames)
{
    const int last = std::max(0, frames - 1 - k_probe_gap);
    std::vector<int> chosen;
    for (int look = 0; look < k_probe_looks; ++look) {
        const int frame = static_cast<int>(std::lround(static_cast<double>(last) * look / (k_probe_looks - 1)));
        chosen.push_back(frame);
        chosen.push_back(std::min(frame + k_probe_gap, frames - 1));
    }
    return chosen;
}

ProbeView look_at(const at::Tensor& clip)
{
    const auto chosen = probe_frames(static_cast<int>(clip.size(1)));
    return view_of_frames(clip.index_select(1, at::tensor(chosen).to(at::kLong)));
}

ProbeView view_of_frames(const at::Tensor& frames)
{
    const at::Tensor pictures = ((frames.permute({1, 0, 2, 3}) + 1) * 0.5).contiguous();
    const at::Tensor pairs = pictures.view({k_probe_looks, 2, 3, frames.size(2), frames.size(3)});
    return {at::avg_pool2d(pairs.select(1, 0), {2, 2}).unsqueeze(0),
            at::avg_pool2d(pairs.select(1, 1), {4, 4}).unsqueeze(0)};
}

at::Tensor motion_of(const ProbeView& view)
{
    const c10::NoGradGuard no_grad;
    static const auto shifts = make_shifts();
    const at::Tensor before = at::avg_pool2d(view.near.flatten(0, 1), {2, 2});
    const std::int64_t height = before.size(2), width = before.size(3);
    const at::Tensor after = at::replication_pad2d(view.far.flatten(0, 1), {k_reach, k_reach, k_reach, k_reach});
    std::vector<at::Tensor> differences;
    for (const Shift& shift : shifts) {
        const at::Tensor shifted = after.narrow(2, k_reach + shift.y, height).narrow(3, k_reach + shift.x, width);
        differences.push_back((shifted - before).abs_().mean(1));
    }
    // A cell and what is around it: less than that fits in many places.
    const at::Tensor difference = at::avg_pool2d(at::stack(differences, 1), {4, 4}, {2, 2}, {1, 1});
    return at::softmax(difference * -k_sharpness, 1) * k_probe_shifts;
}

}  // namespace kinora::training
