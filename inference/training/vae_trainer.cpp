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
#include "inference/training/starting_weights.h"
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

std::filesystem::path state_file(const VaeTrainingOptions& options)
{
    return options.folder / (options.train_encoder ? "vae-state.safetensors" : "decoder-state.safetensors");
}

std::filesystem::path result_file(const std::filesystem::path& folder, bool train_encoder)
{
    return folder / (train_encoder ? "vae.safetensors" : "vae-decoder.safetensors");
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
        if (auto saved = save_state(state_file(options_), {all_, ema_, optimiser_}); !saved) return saved;
        std::vector<std::pair<std::string, at::Tensor>> averages;
        for (const auto& average : ema_.averages())
            averages.emplace_back(average.name, average.tensor.to(at::kCPU).contiguous());
        return inference::save_safetensors(result_file(options_.folder, options_.train_encoder), averages);
    }

    core::Result<void> begin_with(const std::filesystem::path& part)
    {
        if (auto started = start_from(part, "", all_); !started) return started;
        ema_ = Ema(all_, options_.ema_decay);
        return {};
    }

    double step()
    {
        PortableRandom random = stream(options_.seed, static_cast<std::uint64_t>(optimiser_.steps()));
        const at::Tensor video = random_clips(random, options_.batch, options_.frames, options_.crop).to(device());
        inference::WanVae working = vae_;  // shares the parameters; converting a copy keeps float32 masters
        if (options_.bfloat16) working.to(at::kBFloat16, device());
        const inference::Posterior posterior = encode(working, video);
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
    // Where the encoder isn't trained, nothing is kept for its gradients.
    [[nodiscard]] inference::Posterior encode(const inference::WanVae& vae, const at::Tensor& video) const
    {
        const c10::AutoGradMode recording(options_.train_encoder);
        return vae.encode(video);
    }

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

// From the checkpoint, or at random, or (a decoder going on alone) from the trained autoencoder.
core::Result<void> begin(VaeRun& run, const VaeTrainingOptions& options, const Say& say)
{
    if (std::filesystem::exists(state_file(options))) {
        auto loaded = run.load(state_file(options));
        if (loaded) say(fmt::format("going on after step {}", run.steps()));
        return loaded;
    }
    if (!options.train_encoder) return run.begin_with(result_file(options.folder, true));
    return {};
}

}  // namespace

core::Result<std::int64_t> train_vae(const VaeTrainingOptions& options, const Say& say, std::stop_token stop)
{
    std::filesystem::create_directories(options.folder);
    VaeRun run(options);
    if (auto begun = begin(run, options, say); !begun) return begun.error();
    TrainingLog log(options.folder / (options.train_encoder ? "vae-log.csv" : "decoder-log.csv"), "step,seconds,l1,rate");
    const Stopwatch watch;
    double saved_at = 0;
    double l1 = -1;
    while (run.steps() < options.schedule.steps && !stop.stop_requested() && watch.seconds() < options.minutes * 60) {
        const double now = run.step();
        l1 = l1 < 0 ? now : l1 * 0.97 + now * 0.03;
        if (run.steps() % 20 == 0 || run.steps() == 5)
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
    const auto alone = result_file(folder, false);
    auto weights = inference::load_safetensors(std::filesystem::exists(alone) ? alone : result_file(folder, true));
    if (!weights) return weights.error();
    return inference::WanVae::create(starter_vae_config(), *weights);
}

}  // namespace kinora::training
