#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/full.h>
#include <ATen/ops/tensor.h>
#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include "inference/training/latent_statistics.h"
#include "inference/training/muon_adam.h"
#include "inference/training/probe.h"
#include "inference/training/scene_batch.h"
#include "inference/training/schedule.h"
#include "inference/training/training_state.h"
#include "inference/weights/safetensors.h"

namespace kinora::training {

namespace {

constexpr std::int64_t k_unanswered = -100;  // cross_entropy_loss leaves such targets out

bool moves(Attribute attribute)
{
    return attribute == Attribute::direction || attribute == Attribute::camera;
}

// One cache: clips to learn from first, the last tenth kept apart.
struct Examples {
    LatentSet set;
    at::Tensor mean, std;
    [[nodiscard]] std::int64_t learning() const { return set.clips() - set.clips() / 10; }
    [[nodiscard]] bool long_enough() const { return set.latents.size(2) >= 5; }

    [[nodiscard]] at::Tensor latents(const at::Tensor& chosen) const
    {
        return (set.latents.index_select(0, chosen).to(at::kFloat) - mean) / std;
    }
    [[nodiscard]] at::Tensor targets(const at::Tensor& chosen, Attribute attribute) const
    {
        at::Tensor targets = at::full({chosen.size(0)}, k_unanswered, at::kLong);
        if (moves(attribute) && !long_enough()) return targets;
        for (std::int64_t i = 0; i < chosen.size(0); ++i) {
            const at::Tensor row = set.attributes[chosen[i].item<std::int64_t>()].contiguous();
            const int value = value_in(row.const_data_ptr<std::uint8_t>(), attribute);
            if (value >= 0) targets[i] = static_cast<std::int64_t>(value);
        }
        return targets;
    }
};

at::Tensor loss_of(const Probe& probe, const Examples& examples, const at::Tensor& chosen)
{
    const auto logits = probe.forward(examples.latents(chosen));
    at::Tensor sum = at::full({}, 0.0, at::kFloat);
    for (std::size_t i = 0; i < k_probed.size(); ++i) {
        const at::Tensor targets = examples.targets(chosen, k_probed[i]);
        if (!targets.ne(k_unanswered).any().item<bool>()) continue;
        sum = sum + at::cross_entropy_loss(logits[i], targets, {}, 1, k_unanswered, 0.05);
    }
    return sum;
}

void count_right(const Probe& probe, const Examples& examples, ProbeAccuracy& right, ProbeAccuracy& asked)
{
    for (std::int64_t clip = examples.learning(); clip < examples.set.clips(); ++clip) {
        const at::Tensor chosen = at::full({1}, clip, at::kLong);
        const at::Tensor answers = probe.classify(examples.latents(chosen));
        for (std::size_t i = 0; i < k_probed.size(); ++i) {
            const auto target = examples.targets(chosen, k_probed[i]).item<std::int64_t>();
            if (target == k_unanswered) continue;
            asked[i] += 1;
            right[i] += answers[0][static_cast<std::int64_t>(i)].item<std::int64_t>() == target ? 1 : 0;
        }
    }
}

core::Result<std::vector<Examples>> load_examples(const std::filesystem::path& folder)
{
    auto statistics = latent_statistics(folder);
    if (!statistics) return statistics.error();
    std::vector<Examples> all;
    for (const int frames : {5, 17, 33, 49}) {
        auto sets = load_latents_of_all_shapes(folder, frames);
        if (!sets) continue;
        for (LatentSet& set : *sets) {
            Examples examples{std::move(set), at::tensor(statistics->mean).to(at::kFloat).view({1, -1, 1, 1, 1}),
                              at::tensor(statistics->std).to(at::kFloat).view({1, -1, 1, 1, 1})};
            all.push_back(std::move(examples));
        }
    }
    if (all.empty()) return core::make_error(core::ErrorKind::not_found, folder.string() + " holds no latents");
    return all;
}

}  // namespace

core::Result<ProbeAccuracy> train_probe(const ProbeTrainingOptions& options, const Say& say, std::stop_token stop)
{
    auto examples = load_examples(options.latents);
    if (!examples) return examples.error();
    Probe probe = Probe::create_random(options.seed, (*examples)[0].set.latents.size(1));
    const auto parameters = parameters_of(probe);
    require_gradients(parameters, true);
    MuonAdam optimiser({}, parameters, {.adam_rate = options.rate});
    const Schedule schedule{.steps = options.steps, .decay_share = 0.6};
    for (int step = 0; step < options.steps && !stop.stop_requested(); ++step) {
        PortableRandom random = stream(options.seed, static_cast<std::uint64_t>(step));
        const Examples& now = (*examples)[static_cast<std::size_t>(step) % examples->size()];
        at::Tensor chosen = at::empty({options.batch}, at::kLong);
        for (int i = 0; i < options.batch; ++i)
            chosen[i] = static_cast<std::int64_t>(random.index(static_cast<std::size_t>(now.learning())));
        const at::Tensor loss = loss_of(probe, now, chosen);
        optimiser.zero_gradients();
        loss.backward();
        optimiser.clip_gradients(1.0);
        optimiser.step(schedule.factor(step));
        if (step % 200 == 0) say(fmt::format("probe step {} loss {:.3f}", step, loss.item<double>()));
    }
    require_gradients(parameters, false);
    ProbeAccuracy right{}, asked{};
    for (const auto& one : *examples)
        count_right(probe, one, right, asked);
    for (std::size_t i = 0; i < right.size(); ++i)
        right[i] /= std::max(1.0, asked[i]);
    std::vector<std::pair<std::string, at::Tensor>> tensors;
    for (const auto& parameter : parameters)
        tensors.emplace_back(parameter.name, parameter.tensor.detach());
    if (auto saved = inference::save_safetensors(options.file, tensors); !saved) return saved.error();
    return right;
}

}  // namespace kinora::training
