#include "inference/training/vae_trainer.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include <optional>

#include "inference/training/ema.h"
#include "inference/training/muon_adam.h"
#include "inference/training/scene_batch.h"
#include "inference/training/starter_shape.h"
#include "inference/training/training_state.h"
#include "inference/training/vae_loss.h"
#include "inference/weights/safetensors.h"

namespace kinora::training {

namespace {

// Muon for the kernels between; the first and last convolutions see pixels and latents, where it does harm.
bool wants_muon(const NamedParameter& parameter)
{
    const std::string& name = parameter.name;
    return parameter.tensor.dim() >= 4 && name.find("gamma") == std::string::npos && !name.ends_with("conv_in.weight") &&
           name.find("decoder.conv_out") == std::string::npos;
}

bool belongs_to_encoder(const std::string& name)
{
    return name.starts_with("encoder.") || name.starts_with("quant_conv.");
}

// Unit noise in the latents at the start stalls learning: begin almost deterministic.
void quieten_posterior(inference::WanVae& vae)
{
    const c10::NoGradGuard no_grad;
    const std::int64_t channels = vae.config().z_dim;
    vae.for_each_parameter([&](const std::string& name, at::Tensor& tensor) {
        if (name == "quant_conv.weight") tensor.narrow(0, channels, channels).mul_(0.1);
        if (name == "quant_conv.bias") tensor.narrow(0, channels, channels).fill_(-5.0);
    });
}

class VaeRun {
public:
    explicit VaeRun(const VaeTrainingOptions& options)
        : options_(options),
          vae_(inference::WanVae::create_random(starter_vae_config(), options.seed)),
          all_(prepare()),
          optimiser_(chosen(true), chosen(false), {.muon_rate = options.muon_rate, .adam_rate = options.adam_rate}),
          ema_(all_, options.ema_decay)
    {
    }

    core::Result<void> load(const std::filesystem::path& file)
    {
        TrainingState state{all_, ema_, optimiser_};
        return load_state(file, state);
    }

    core::Result<void> save()
    {
        if (auto saved = save_state(options_.folder / "vae-state.safetensors", {all_, ema_, optimiser_}); !saved)
            return saved;
        std::vector<std::pair<std::string, at::Tensor>> averages;
        for (const auto& average : ema_.averages())
            averages.emplace_back(average.name, average.tensor.to(at::kCPU).contiguous());
        return inference::save_safetensors(options_.folder / "vae.safetensors", averages);
    }

    double step()
    {
        PortableRandom random = stream(options_.seed, static_cast<std::uint64_t>(optimiser_.steps()));
        const at::Tensor video = random_clips(random, options_.batch, options_.frames, options_.crop).to(device());
        inference::WanVae working = vae_;  // shares the parameters; converting a copy keeps float32 masters
        if (options_.bfloat16) working.to(at::kBFloat16, device());
        const inference::Posterior posterior = working.encode(video);
        const at::Tensor noise = normal_noise(posterior.mean.sizes(), random.next()).to(device());
        const at::Tensor log_variance = posterior.log_variance.clamp(-12, 4);
        const at::Tensor latents = posterior.mean + noise * (log_variance * 0.5).exp();
        const VaeLoss loss = vae_loss(working.reconstruct(latents), video, posterior.mean, log_variance);
        optimiser_.zero_gradients();
        loss.total.backward();
        optimiser_.clip_gradients(1.0);
        optimiser_.step(options_.schedule.factor(optimiser_.steps()));
        ema_.update(all_, optimiser_.steps());
        return loss.l1.item<double>();
    }

    [[nodiscard]] std::int64_t steps() const { return optimiser_.steps(); }

private:
    [[nodiscard]] at::Device device() const { return at::Device(options_.cuda ? at::kCUDA : at::kCPU); }

    std::vector<NamedParameter> prepare()
    {
        vae_.to(at::kFloat, device());
        quieten_posterior(vae_);
        std::vector<NamedParameter> parameters = parameters_of(vae_);
        require_gradients(parameters, true);
        if (!options_.train_encoder)
            for (auto& parameter : parameters)
                if (belongs_to_encoder(parameter.name)) parameter.tensor.set_requires_grad(false);
        return parameters;
    }

    [[nodiscard]] std::vector<NamedParameter> chosen(bool muon) const
    {
        std::vector<NamedParameter> found;
        for (const auto& parameter : all_)
            if (wants_muon(parameter) == muon) found.push_back(parameter);
        return found;
    }

    VaeTrainingOptions options_;
    inference::WanVae vae_;
    std::vector<NamedParameter> all_;
    MuonAdam optimiser_;
    Ema ema_;
};

}  // namespace

core::Result<std::int64_t> train_vae(const VaeTrainingOptions& options, const Say& say, std::stop_token stop)
{
    std::filesystem::create_directories(options.folder);
    VaeRun run(options);
    const auto state = options.folder / "vae-state.safetensors";
    if (std::filesystem::exists(state)) {
        if (auto loaded = run.load(state); !loaded) return loaded.error();
        say(fmt::format("going on after step {}", run.steps()));
    }
    TrainingLog log(options.folder / "vae-log.csv", "step,seconds,l1,rate");
    const Stopwatch watch;
    double saved_at = 0;
    double l1 = -1;
    while (run.steps() < options.schedule.steps && !stop.stop_requested() && watch.seconds() < options.minutes * 60) {
        const double now = run.step();
        l1 = l1 < 0 ? now : l1 * 0.97 + now * 0.03;
        if (run.steps() % 20 == 0)
            log.line(fmt::format("{},{:.1f},{:.5f},{:.4f}", run.steps(), watch.seconds(), l1,
                                 options.schedule.factor(run.steps())));
        if (run.steps() % 100 == 0) say(fmt::format("vae step {} {:.0f} s l1 {:.4f}", run.steps(), watch.seconds(), l1));
        if (watch.seconds() - saved_at > 180) {
            if (auto saved = run.save(); !saved) return saved.error();
            saved_at = watch.seconds();
        }
    }
    if (auto saved = run.save(); !saved) return saved.error();
    return run.steps();
}

core::Result<inference::WanVae> load_trained_vae(const std::filesystem::path& folder)
{
    auto weights = inference::load_safetensors(folder / "vae.safetensors");
    if (!weights) return weights.error();
    return inference::WanVae::create(starter_vae_config(), *weights);
}

}  // namespace kinora::training
