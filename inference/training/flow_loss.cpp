#include "inference/training/flow_loss.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <cmath>
#include <numbers>

namespace kinora::training {

namespace {

// Box-Muller on the portable generator.
double normal(PortableRandom& random)
{
    const double u = 1.0 - static_cast<double>(random.uniform());
    return std::sqrt(-2.0 * std::log(u)) * std::cos(2.0 * std::numbers::pi * static_cast<double>(random.uniform()));
}

void give_stretch(bool* row, int first, int count)
{
    for (int i = first; i < first + count; ++i)
        row[i] = true;
}

// `frames` is at least 3, and one at least is left to make.
void give_frames(PortableRandom& random, bool* row, int frames)
{
    const auto up_to = [&](int most) { return 1 + static_cast<int>(random.index(static_cast<std::size_t>(most))); };
    switch (random.index(9)) {
        case 0:
        case 1:
            row[0] = true;
            break;
        case 2:
            row[frames - 1] = true;
            break;
        case 3:
            row[0] = row[frames - 1] = true;
            break;
        case 4:
            give_stretch(row, 0, up_to(frames - 1));
            break;
        case 5: {
            const int count = up_to(frames - 1);
            give_stretch(row, frames - count, count);
            break;
        }
        case 6: {
            const int count = up_to(frames - 2);
            give_stretch(row, up_to(frames - 1 - count), count);
            break;
        }
        case 7: {
            const int step = 1 + up_to(3);
            for (int i = static_cast<int>(random.index(static_cast<std::size_t>(step))); i < frames; i += step)
                row[i] = true;
            break;
        }
        default: {
            const float share = random.uniform(0.15F, 0.7F);
            for (int i = 0; i < frames; ++i)
                row[i] = random.chance(share);
            row[random.index(static_cast<std::size_t>(frames))] = false;
        }
    }
}

}  // namespace

at::Tensor random_sigmas(PortableRandom& random, int batch, double shift)
{
    at::Tensor sigmas = at::empty({batch}, at::kFloat);
    float* values = sigmas.mutable_data_ptr<float>();
    for (int i = 0; i < batch; ++i) {
        const double u = 1.0 / (1.0 + std::exp(-normal(random)));
        values[i] = static_cast<float>(shift * u / (1.0 + (shift - 1.0) * u));
    }
    return sigmas;
}

at::Tensor random_given_frames(PortableRandom& random, int batch, int frames)
{
    at::Tensor given = at::zeros({batch, frames}, at::kBool);
    if (frames < 3) return given;  // too short to leave something to make in every case
    bool* values = given.mutable_data_ptr<bool>();
    for (int i = 0; i < batch; ++i)
        if (random.chance(0.25F)) give_frames(random, values + static_cast<std::ptrdiff_t>(i) * frames, frames);
    return given;
}

FlowBatch make_flow_batch(const at::Tensor& clips, const at::Tensor& noise, const at::Tensor& sigmas,
                          const at::Tensor& given, const at::Tensor& emphasis)
{
    const at::Tensor made = given.logical_not().to(at::kFloat);
    const at::Tensor per_frame = sigmas.unsqueeze(1) * made;
    const at::Tensor sigma = per_frame.unsqueeze(1).unsqueeze(3).unsqueeze(4);
    FlowBatch batch;
    batch.noisy = clips * (1 - sigma) + noise * sigma;
    batch.timesteps = per_frame * 1000;
    batch.target = noise - clips;
    batch.weights = ((emphasis + 1) * made.unsqueeze(2).unsqueeze(3)).unsqueeze(1);
    return batch;
}

at::Tensor flow_loss(const at::Tensor& predicted, const FlowBatch& batch)
{
    const at::Tensor error = (predicted.to(at::kFloat) - batch.target).square().mean(1, true);
    return (error * batch.weights).sum() / batch.weights.sum();
}

}  // namespace kinora::training
