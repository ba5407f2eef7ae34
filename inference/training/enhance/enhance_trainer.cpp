#include "inference/training/enhance/enhance_trainer.h"

#include <ATen/TensorOperators.h>
#include <fmt/format.h>

#include "inference/training/muon_adam.h"
#include "inference/training/scene_batch.h"
#include "inference/training/training_state.h"

namespace kinora::training {
namespace {

// Muon for the kernels between; those that see pixels, and those that give them, are better off with Adam.
bool wants_muon(const NamedParameter& parameter)
{
    const at::IntArrayRef shape = parameter.tensor.sizes();
    return shape.size() == 4 && shape[2] == 3 && shape[0] == shape[1];
}

std::vector<NamedParameter> chosen(const std::vector<NamedParameter>& all, bool muon)
{
    std::vector<NamedParameter> found;
    for (const auto& parameter : all)
        if (wants_muon(parameter) == muon) found.push_back(parameter);
    return found;
}

}  // namespace

at::Tensor picture_loss(const at::Tensor& output, const at::Tensor& target)
{
    const at::Tensor error = output.to(at::kFloat) - target;
    return (error.square() + 1e-6).sqrt().mean() + error.diff(1, -1).abs().mean() * 0.5 +
           error.diff(1, -2).abs().mean() * 0.5;
}

core::Result<std::int64_t> train_task(EnhanceTask& task, const EnhanceTrainingOptions& options, const Say& say,
                                      std::stop_token stop)
{
    std::error_code failed;
    std::filesystem::create_directories(options.folder, failed);
    require_gradients(task.parameters, true);
    MuonAdam optimiser(chosen(task.parameters, true), chosen(task.parameters, false),
                       {.muon_rate = options.muon_rate, .adam_rate = options.adam_rate});
    Ema ema(task.parameters, options.ema_decay);
    const auto file = options.folder / (task.name + "-state.safetensors");
    TrainingState state{task.parameters, ema, optimiser};
    if (std::filesystem::exists(file)) {
        if (auto loaded = load_state(file, state); !loaded) return loaded.error();
        say(fmt::format("{}: going on after step {}", task.name, optimiser.steps()));
    }
    const auto save = [&]() -> core::Result<void> {
        if (auto saved = save_state(file, state); !saved) return saved;
        return task.publish(ema);
    };
    TrainingLog log(options.folder / (task.name + "-log.csv"), "step,seconds,loss,rate");
    const Stopwatch watch;
    double saved_at = 0;
    double smooth = -1;
    while (optimiser.steps() < options.schedule.steps && !stop.stop_requested() && watch.seconds() < options.minutes * 60) {
        PortableRandom random = stream(options.seed, static_cast<std::uint64_t>(optimiser.steps()));
        const at::Tensor loss = task.loss(random);
        optimiser.zero_gradients();
        loss.backward();
        optimiser.clip_gradients(1.0);
        const double rate = options.schedule.factor(optimiser.steps());
        optimiser.step(rate);
        ema.update(task.parameters, optimiser.steps());
        const double now = loss.item<double>();
        smooth = smooth < 0 ? now : smooth * 0.98 + now * 0.02;
        if (optimiser.steps() % 20 == 0)
            log.line(fmt::format("{},{:.1f},{:.5f},{:.4f}", optimiser.steps(), watch.seconds(), smooth, rate));
        if (optimiser.steps() % 100 == 0)
            say(fmt::format("{} step {} {:.0f} s loss {:.5f}", task.name, optimiser.steps(), watch.seconds(), smooth));
        if (watch.seconds() - saved_at > 120) {
            if (auto saved = save(); !saved) return saved.error();
            saved_at = watch.seconds();
        }
    }
    if (auto saved = save(); !saved) return saved.error();
    return optimiser.steps();
}

}  // namespace kinora::training
