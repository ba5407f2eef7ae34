#include "inference/training/probe_training.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/full.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/upsample_bilinear2d.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <fmt/format.h>

#include <algorithm>

#include "inference/training/drawn_views.h"
#include "inference/training/muon_adam.h"
#include "inference/training/probe.h"
#include "inference/training/scene_batch.h"
#include "inference/training/schedule.h"
#include "inference/training/training_state.h"
#include "inference/weights/safetensors.h"

namespace kinora::training {

namespace {

constexpr double k_smoothing = 0.05;
constexpr double k_noise = 0.02;

at::Tensor blurred(const at::Tensor& pictures, double factor)
{
    const auto shrunk = [&](std::int64_t size) {
        return std::max<std::int64_t>(4, static_cast<std::int64_t>(static_cast<double>(size) / factor));
    };
    const at::Tensor flat = pictures.flatten(0, 1);
    const std::int64_t height = flat.size(2), width = flat.size(3);
    const at::Tensor small = at::upsample_bilinear2d(flat, {shrunk(height), shrunk(width)}, false);
    return at::upsample_bilinear2d(small, {height, width}, false).view(pictures.sizes());
}

// What generated clips have and drawn ones have not: softness, and errors everywhere.
ProbeView worn(ProbeView view, PortableRandom& random)
{
    if (random.chance(0.5F)) {
        const double factor = random.uniform(1.0F, 3.0F);
        view.near = blurred(view.near, factor);
        view.far = blurred(view.far, std::max(1.0, factor / 2));
    }
    view.near = view.near + normal_noise(view.near.sizes(), random.next()) * k_noise;
    view.far = view.far + normal_noise(view.far.sizes(), random.next()) * (k_noise / 2);
    return view;
}

at::Tensor loss_of(const Probe& probe, const ProbeView& view, const at::Tensor& wanted)
{
    const auto logits = probe.forward(view);
    at::Tensor sum = at::full({}, 0.0, at::kFloat);
    for (std::size_t i = 0; i < k_probed.size(); ++i) {
        const at::Tensor targets = wanted.select(1, static_cast<std::int64_t>(i));
        if (!targets.ne(k_unanswered).any().item<bool>()) continue;
        sum = sum + at::cross_entropy_loss(logits[i].to(at::kFloat), targets, {}, 1, k_unanswered, k_smoothing);
    }
    return sum;
}

class ProbeRun {
public:
    explicit ProbeRun(const ProbeTrainingOptions& options)
        : options_(options),
          probe_(Probe::create_random(options.seed)),
          parameters_(parameters_of(probe_)),
          optimiser_(chosen(true), chosen(false), {.muon_rate = options.muon_rate, .adam_rate = options.adam_rate}),
          schedule_{.steps = options.steps, .decay_share = 0.6}
    {
        require_gradients(parameters_, true);
    }

    double step(const DrawnViews& drawn)
    {
        PortableRandom random = stream(options_.seed, static_cast<std::uint64_t>(optimiser_.steps()));
        const ViewBatch batch = drawn.random_batch(random, options_.batch);
        // Copies share the parameters; converting them keeps float32 masters.
        Probe working = probe_;
        if (options_.bfloat16)
            inference::convert_parameters([&](const auto& visitor) { working.for_each_parameter(visitor); }, at::kBFloat16,
                                          at::Device(at::kCPU));
        const at::Tensor loss = loss_of(working, worn(batch.view, random), batch.wanted);
        optimiser_.zero_gradients();
        loss.backward();
        optimiser_.clip_gradients(1.0);
        optimiser_.step(schedule_.factor(optimiser_.steps()));
        return loss.item<double>();
    }

    [[nodiscard]] ProbeAccuracy ask_about(const DrawnViews& unseen) const
    {
        const c10::NoGradGuard no_grad;
        ProbeAccuracy right{}, asked{};
        unseen.for_each_batch(options_.batch, [&](const ViewBatch& batch) {
            const at::Tensor answers = probe_.classify(batch.view);
            for (std::size_t i = 0; i < k_probed.size(); ++i) {
                const auto column = static_cast<std::int64_t>(i);
                const at::Tensor wanted = batch.wanted.select(1, column);
                asked[i] += wanted.ne(k_unanswered).sum().item<double>();
                right[i] += wanted.eq(answers.select(1, column)).sum().item<double>();
            }
        });
        for (std::size_t i = 0; i < right.size(); ++i)
            right[i] /= std::max(1.0, asked[i]);
        return right;
    }

    [[nodiscard]] core::Result<void> save() const
    {
        std::vector<std::pair<std::string, at::Tensor>> tensors;
        for (const auto& parameter : parameters_)
            tensors.emplace_back(parameter.name, parameter.tensor.detach());
        return inference::save_safetensors(options_.file, tensors);
    }

private:
    // Muon for the large matrices; Adam for biases, what sees pixels, and what gives the answers.
    [[nodiscard]] std::vector<NamedParameter> chosen(bool muon) const
    {
        std::vector<NamedParameter> found;
        for (const auto& parameter : parameters_) {
            const bool large =
                parameter.tensor.dim() >= 2 && !parameter.name.starts_with("first") && !parameter.name.starts_with("heads");
            if (large == muon) found.push_back(parameter);
        }
        return found;
    }

    ProbeTrainingOptions options_;
    Probe probe_;
    std::vector<NamedParameter> parameters_;
    MuonAdam optimiser_;
    Schedule schedule_;
};

}  // namespace

core::Result<ProbeAccuracy> train_probe(const ProbeTrainingOptions& options, const Say& say, std::stop_token stop)
{
    // Other streams of numbers than those of any training of the starter.
    constexpr std::uint64_t k_to_learn = 0x9a0b'd000'0000'0000ULL, k_to_ask = 0x9a0b'e000'0000'0002ULL;
    const Stopwatch watch;
    // Now, so that a folder that can't be made is told before the work and not after it.
    std::error_code failed;
    std::filesystem::create_directories(options.file.parent_path(), failed);
    if (failed) return core::make_error(core::ErrorKind::io, options.file.parent_path().string() + ": " + failed.message());
    auto drawn = DrawnViews::draw({options.world, options.clips, options.frames, k_to_learn + options.seed}, stop);
    if (!drawn) return drawn.error();
    auto unseen = DrawnViews::draw({options.world, options.unseen, options.frames, k_to_ask}, stop);
    if (!unseen) return unseen.error();
    say(fmt::format("probe: {} clips drawn, {:.0f} s", options.clips + options.unseen, watch.seconds()));
    ProbeRun run(options);
    double mean_loss = -1;
    for (int step = 0; step < options.steps; ++step) {
        if (stop.stop_requested()) return core::make_error(core::ErrorKind::cancelled, "stopped");
        const double now = run.step(*drawn);
        mean_loss = mean_loss < 0 ? now : mean_loss * 0.98 + now * 0.02;
        if (step % 100 == 0) say(fmt::format("probe step {} {:.0f} s loss {:.3f}", step, watch.seconds(), mean_loss));
    }
    const ProbeAccuracy accuracy = run.ask_about(*unseen);
    if (auto saved = run.save(); !saved) return saved.error();
    return accuracy;
}

}  // namespace kinora::training
