#include "inference/training/enhance/enhance_data.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/_upsample_bicubic2d_aa.h>
#include <ATen/ops/full.h>
#include <ATen/ops/stack.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "inference/training/enhance/degrade.h"
#include "inference/training/scene_batch.h"

namespace kinora::training {
namespace {

/// How a piece is turned: the same for all pictures of a sample.
struct Turn {
    bool across = false;
    bool upside_down = false;
    bool on_its_side = false;

    explicit Turn(PortableRandom& random)
        : across(random.chance(0.5F)), upside_down(random.chance(0.3F)), on_its_side(random.chance(0.3F))
    {
    }
    [[nodiscard]] at::Tensor operator()(at::Tensor x) const
    {
        if (across) x = x.flip({-1});
        if (upside_down) x = x.flip({-2});
        if (on_its_side) x = x.transpose(-1, -2);
        return x.contiguous();
    }
};

/// A square of some frames of a clip [3, frames, height, width] in 0…1, resized to `side`: [frames, 3, side, side].
at::Tensor random_piece(const at::Tensor& clip, const std::vector<int>& frames, int side, float smallest, float largest,
                        PortableRandom& random)
{
    const float limit = static_cast<float>(std::min(clip.size(2), clip.size(3)));
    const auto size =
        static_cast<std::int64_t>(std::min(limit, static_cast<float>(side) * random.uniform(smallest, largest)));
    const auto top = static_cast<std::int64_t>(random.index(static_cast<std::size_t>(clip.size(2) - size + 1)));
    const auto left = static_cast<std::int64_t>(random.index(static_cast<std::size_t>(clip.size(3) - size + 1)));
    std::vector<at::Tensor> squares;
    for (const int frame : frames)
        squares.push_back(clip.select(1, frame).narrow(1, top, size).narrow(2, left, size));
    const at::Tensor piece = at::stack(squares);
    if (size == side) return piece;
    return at::_upsample_bicubic2d_aa(piece, {side, side}, false).clamp(0, 1);
}

at::Tensor random_clip(PortableRandom& random, int frames)
{
    return to_tensor(draw(random_spec(random, random.pick(places_of(World::first))), frames)) * 0.5 + 0.5;
}

}  // namespace

UpscaleBatch random_upscale_batch(PortableRandom& random, int batch, int side, int scale)
{
    constexpr int k_pieces_of_a_scene = 2;
    std::vector<at::Tensor> small;
    std::vector<at::Tensor> large;
    at::Tensor clip;
    for (int i = 0; i < batch; ++i) {
        const bool fresh = i % k_pieces_of_a_scene == 0;
        if (fresh) clip = random_clip(random, 3);
        const Turn turn(random);
        const at::Tensor sharp = turn(random_piece(clip, {fresh ? 0 : 2}, side * scale, 1.0F, 2.0F, random)[0]);
        small.push_back(worn(sharp, scale, random_wear(random), random));
        large.push_back(sharp);
    }
    return {at::stack(small), at::stack(large)};
}

BetweenBatch random_between_batch(PortableRandom& random, int batch, int side)
{
    constexpr int k_pieces_of_a_clip = 2;
    constexpr int k_frames = 9;
    std::vector<at::Tensor> first;
    std::vector<at::Tensor> second;
    std::vector<at::Tensor> middle;
    std::vector<at::Tensor> moments;
    at::Tensor clip;
    for (int i = 0; i < batch; ++i) {
        if (i % k_pieces_of_a_clip == 0) clip = random_clip(random, k_frames);
        const int span = 2 + static_cast<int>(random.index(random.chance(0.6F) ? 2 : 5));
        const int begin = static_cast<int>(random.index(static_cast<std::size_t>(k_frames - span)));
        const int between = begin + 1 + static_cast<int>(random.index(static_cast<std::size_t>(span - 1)));
        std::array<int, 2> ends{begin, begin + span};
        if (random.chance(0.5F)) std::swap(ends[0], ends[1]);
        const Turn turn(random);
        const at::Tensor piece = turn(random_piece(clip, {ends[0], ends[1], between}, side, 0.6F, 1.5F, random));
        std::array<at::Tensor, 2> given{piece[0], piece[1]};
        if (random.chance(0.2F)) {
            const float step = random.uniform(1.0F, 5.0F) / 255.0F;
            for (at::Tensor& picture : given)
                picture = compressed(picture, step).clamp(0, 1);
        }
        first.push_back(given[0]);
        second.push_back(given[1]);
        middle.push_back(piece[2]);
        const double moment = static_cast<double>(between - ends[0]) / static_cast<double>(ends[1] - ends[0]);
        moments.push_back(at::full({1, 1, 1}, moment, at::kFloat));
    }
    return {at::stack(first), at::stack(second), at::stack(middle), at::stack(moments)};
}

}  // namespace kinora::training
