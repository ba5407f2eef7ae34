#include "inference/training/dit_trainer.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/linspace.h>
#include <ATen/ops/zeros.h>
#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include <algorithm>

#include "inference/models/wan/dit.h"
#include "inference/text/tokenizer.h"
#include "inference/text/umt5.h"
#include "inference/training/curriculum.h"
#include "inference/training/dit_data.h"
#include "inference/training/ema.h"
#include "inference/training/kept_words.h"
#include "inference/training/muon_adam.h"
#include "inference/training/scene_batch.h"
#include "inference/training/starter_shape.h"
#include "inference/training/starter_text.h"
#include "inference/training/starting_weights.h"
#include "inference/training/training_state.h"
#include "inference/weights/safetensors.h"

namespace kinora::training {

namespace {

constexpr const char* k_transformer = "transformer.";
constexpr const char* k_text_encoder = "text_encoder.";

// Muon for the matrices inside the blocks and of the text embedder; AdamW for tables, norms, embeddings, first and last
// layers.
bool wants_muon(const NamedParameter& parameter)
{
    const std::string& name = parameter.name;
    const auto has = [&](const char* part) { return name.find(part) != std::string::npos; };
    if (parameter.tensor.dim() != 2 || has("norm") || has("relative_attention_bias") || has("scale_shift")) return false;
    return has("blocks.") || has("encoder.block.") || has("text_embedder");
}

class DitRun {
public:
    DitRun(const DitTrainingOptions& options, DitData data)
        : options_(options),
          data_(std::move(data)),
          dit_(inference::WanDit::create_random(starter_dit_config(), options.seed)),
          text_(inference::Umt5Encoder::create_random(starter_text_config(), options.seed + 1)),
          all_(prepare()),
          optimiser_(chosen(true), chosen(false), {.muon_rate = options.muon_rate, .adam_rate = options.adam_rate}),
          ema_(all_, options.ema_decay)
    {
        std::int64_t steps = 0;
        for (const auto& phase : options_.phases)
            steps += phase.steps;
        schedule_ = Schedule{.steps = steps, .warm_up = 60, .decay_share = options.decay_share, .floor = 0.01};
    }

    core::Result<void> load(const std::filesystem::path& file)
    {
        TrainingState state{all_, ema_, optimiser_};
        return load_state(file, state);
    }

    core::Result<void> begin_with(const std::filesystem::path& model)
    {
        if (auto started = start_from(model / "transformer", k_transformer, all_); !started) return started;
        if (auto started = start_from(model / "text_encoder", k_text_encoder, all_); !started) return started;
        if (auto kept = keep_words(model / "tokenizer"); !kept) return kept;
        ema_ = Ema(all_, options_.ema_decay);
        return {};
    }

    core::Result<void> save()
    {
        if (auto saved = save_state(options_.folder / "dit-state.safetensors", {all_, ema_, optimiser_}); !saved)
            return saved;
        for (const char* part : {k_transformer, k_text_encoder}) {
            const std::string prefix = part;
            std::vector<std::pair<std::string, at::Tensor>> averages;
            for (const auto& average : ema_.averages())
                if (average.name.starts_with(prefix))
                    averages.emplace_back(average.name.substr(prefix.size()), average.tensor.to(at::kCPU).contiguous());
            const auto file = options_.folder / (prefix.substr(0, prefix.size() - 1) + ".safetensors");
            if (auto saved = inference::save_safetensors(file, averages); !saved) return saved;
        }
        return {};
    }

    double step()
    {
        PortableRandom random = stream(options_.seed, static_cast<std::uint64_t>(optimiser_.steps()));
        const DitPhase& now = next_phase(options_.phases, place(), options_.start_from.empty(), random);
        const DitBatch batch = data_.random_batch(now, random);
        const at::Tensor sigmas = random_sigmas(random, now.batch, options_.shift);
        const at::Tensor given = random_given_frames(random, now.batch, now.latent_frames);
        const at::Tensor loss = this->loss(batch, sigmas, given, random.next());
        optimiser_.zero_gradients();
        loss.backward();
        optimiser_.clip_gradients(1.0);
        optimiser_.step(rate());
        ema_.update(all_, optimiser_.steps());
        samples_ += now.batch;
        ++steps_of_run_;
        return loss.item<double>();
    }

    /// Loss of the averaged weights over a phase's held-out clips at noise times spread evenly: comparable from step to
    /// step.
    double validate(const DitPhase& phase)
    {
        const c10::NoGradGuard no_grad;
        const SwappedWithEma swapped(all_, ema_);
        constexpr int k_group = 16;
        double sum = 0;
        for (int first = 0; first < k_validation_clips; first += k_group) {
            const DitBatch batch = data_.validation_batch(phase, first, k_group);
            const at::Tensor sigmas = at::linspace(0.05, 0.98, k_group, at::kFloat);
            const at::Tensor given = at::zeros({k_group, phase.latent_frames}, at::kBool);
            sum += loss(batch, sigmas, given, static_cast<std::uint64_t>(7 + first)).item<double>();
        }
        return sum * k_group / k_validation_clips;
    }

    [[nodiscard]] std::int64_t steps() const { return optimiser_.steps(); }
    [[nodiscard]] std::int64_t all_steps() const { return schedule_.steps; }
    [[nodiscard]] std::int64_t samples() const { return samples_; }
    /// What the rates are multiplied with at this step.
    [[nodiscard]] double rate() const
    {
        if (!options_.finish) return schedule_.factor(optimiser_.steps());
        const double warm = std::min(1.0, static_cast<double>(steps_of_run_ + 1) / static_cast<double>(schedule_.warm_up));
        return warm * schedule_.factor(std::max(schedule_.warm_up, place()));
    }
    /// How much of the minutes is over, 0 … 1; only asked where the run is to be finished in them.
    void set_elapsed(double share) { elapsed_ = std::min(1.0, share); }
    /// The phase whose turn it is to be validated.
    [[nodiscard]] const DitPhase& to_validate() { return options_.phases[validations_++ % options_.phases.size()]; }

private:
    // Where in the phases the run is, in steps.
    [[nodiscard]] std::int64_t place() const
    {
        return options_.finish ? static_cast<std::int64_t>(elapsed_ * static_cast<double>(schedule_.steps))
                               : optimiser_.steps();
    }

    [[nodiscard]] at::Device device() const { return at::Device(options_.cuda ? at::kCUDA : at::kCPU); }

    // The words that the text encoder was trained with may have other numbers now.
    core::Result<void> keep_words(const std::filesystem::path& tokenizer)
    {
        const c10::NoGradGuard no_grad;
        for (auto& parameter : all_) {
            if (parameter.name != std::string(k_text_encoder) + "shared.weight") continue;
            auto rows = embeddings_for_pieces(parameter.tensor.to(at::kCPU), tokenizer, options_.tokenizer);
            if (!rows) return rows.error();
            at::Tensor table = parameter.tensor;
            table.copy_(*rows);
        }
        return {};
    }

    at::Tensor loss(const DitBatch& batch, const at::Tensor& sigmas, const at::Tensor& given, std::uint64_t noise_seed)
    {
        const at::Tensor noise = normal_noise(batch.clips.sizes(), noise_seed);
        FlowBatch flow = make_flow_batch(batch.clips, noise, sigmas, given, batch.emphasis);
        for (at::Tensor* tensor : {&flow.noisy, &flow.timesteps, &flow.target, &flow.weights})
            *tensor = tensor->to(device());
        const at::Tensor ids = batch.tokens.to(device());
        // Copies share the parameters; converting them keeps float32 masters.
        inference::WanDit working = dit_;
        inference::Umt5Encoder working_text = text_;
        if (options_.bfloat16) {
            working.convert(at::kBFloat16, device());
            working_text.convert_linears(at::kBFloat16);
        }
        const at::Tensor text = encode_captions(working_text, ids);
        const auto context = working.make_context(text.to(working.dtype()));
        return flow_loss(working.forward(flow.noisy.to(working.dtype()), flow.timesteps, context), flow);
    }

    std::vector<NamedParameter> prepare()
    {
        dit_.convert(at::kFloat, device());
        text_.convert(at::kFloat, device());
        std::vector<NamedParameter> parameters = parameters_of(dit_, k_transformer);
        for (auto& parameter : parameters_of(text_, k_text_encoder))
            parameters.push_back(std::move(parameter));
        require_gradients(parameters, true);
        return parameters;
    }

    [[nodiscard]] std::vector<NamedParameter> chosen(bool muon) const
    {
        std::vector<NamedParameter> found;
        for (const auto& parameter : all_)
            if (wants_muon(parameter) == muon) found.push_back(parameter);
        return found;
    }

    DitTrainingOptions options_;
    DitData data_;
    inference::WanDit dit_;
    inference::Umt5Encoder text_;
    std::vector<NamedParameter> all_;
    MuonAdam optimiser_;
    Ema ema_;
    Schedule schedule_;
    std::int64_t samples_ = 0;
    std::int64_t steps_of_run_ = 0;
    std::size_t validations_ = 0;
    double elapsed_ = 0;
};

}  // namespace

core::Result<std::int64_t> train_dit(const DitTrainingOptions& options, const Say& say, std::stop_token stop)
{
    std::filesystem::create_directories(options.folder);
    auto tokenizer = inference::Tokenizer::load(options.tokenizer);
    if (!tokenizer) return tokenizer.error();
    const auto empty = tokenizer->encode_padded("", k_caption_tokens).ids;
    auto data = DitData::load(options, std::vector<std::int32_t>(empty.begin(), empty.end()));
    if (!data) return data.error();
    DitRun run(options, std::move(*data));
    const auto state = options.folder / "dit-state.safetensors";
    if (std::filesystem::exists(state)) {
        if (auto loaded = run.load(state); !loaded) return loaded.error();
        say(fmt::format("going on after step {}", run.steps()));
    } else if (!options.start_from.empty()) {
        if (auto begun = run.begin_with(options.start_from); !begun) return begun.error();
    }
    TrainingLog log(options.folder / "dit-log.csv",
                    "step,seconds,samples_this_run,loss,rate,validated_latent_frames,validation");
    const Stopwatch watch;
    double saved_at = 0;
    double mean_loss = -1;
    while ((options.finish || run.steps() < run.all_steps()) && !stop.stop_requested() &&
           watch.seconds() < options.minutes * 60) {
        run.set_elapsed(watch.seconds() / (options.minutes * 60));
        const double now = run.step();
        mean_loss = mean_loss < 0 ? now : mean_loss * 0.98 + now * 0.02;
        const bool save = watch.seconds() - saved_at > 180;
        // The first steps fall fastest: the curve begins with one of them.
        if (run.steps() % 50 == 0 || run.steps() == 5 || save) {
            std::string validation, frames;
            if (save) {
                const DitPhase& validated = run.to_validate();
                validation = fmt::format("{:.4f}", run.validate(validated));
                frames = std::to_string(validated.latent_frames);
            }
            log.line(fmt::format("{},{:.1f},{},{:.4f},{:.4f},{},{}", run.steps(), watch.seconds(), run.samples(), mean_loss,
                                 run.rate(), frames, validation));
            say(fmt::format("dit step {} {:.0f} s {:.1f} samples/s loss {:.4f}{}", run.steps(), watch.seconds(),
                            static_cast<double>(run.samples()) / watch.seconds(), mean_loss,
                            save ? fmt::format(", {} of {} latent frames held out", validation, frames) : ""));
        }
        if (save) {
            if (auto saved = run.save(); !saved) return saved.error();
            saved_at = watch.seconds();
        }
    }
    if (auto saved = run.save(); !saved) return saved.error();
    return run.steps();
}

}  // namespace kinora::training
