#include "inference/training/draft_trainer.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/full.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/tensor.h>
#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "inference/models/wan/dit_context.h"
#include "inference/text/tokenizer.h"
#include "inference/text/umt5.h"
#include "inference/training/dit_data.h"
#include "inference/training/ema.h"
#include "inference/training/scene_batch.h"
#include "inference/training/schedule.h"
#include "inference/training/starter_shape.h"
#include "inference/training/starter_text.h"
#include "inference/training/starting_weights.h"
#include "inference/training/training_state.h"
#include "inference/weights/safetensors.h"

namespace kinora::training {

namespace {

// What the pipeline's own Euler sampler goes by, so that training and use see the same noise levels.
struct Levels {
    std::vector<float> draft;
    std::vector<float> fine;
};

Levels levels_of(const DraftTrainingOptions& options)
{
    return {inference::flow_schedule(options.draft_steps, options.shift).sigmas,
            inference::flow_schedule(options.draft_steps * options.teacher_steps, options.shift).sigmas};
}

class DraftRun {
public:
    DraftRun(const DraftTrainingOptions& options, DitData data, DitPhase phase, at::Tensor empty)
        : options_(options),
          data_(std::move(data)),
          phase_(phase),
          empty_(std::move(empty)),
          levels_(levels_of(options)),
          teacher_(inference::WanDit::create_random(starter_dit_config(), 1)),
          text_(inference::Umt5Encoder::create_random(starter_text_config(), 1)),
          lora_(teacher_, options.rank, options.seed, device()),
          optimiser_({}, lora_.parameters(), {.adam_rate = options.rate}),
          ema_(lora_.parameters(), 0.995)
    {
        schedule_ = {.steps = options.steps, .warm_up = 20, .decay_share = 0.5, .floor = 0.02};
    }

    core::Result<void> load_teacher()
    {
        const auto folder = options_.training / "dit";
        if (auto read = start_from(folder / "transformer.safetensors", "", parameters_of(teacher_)); !read) return read;
        if (auto read = start_from(folder / "text_encoder.safetensors", "", parameters_of(text_)); !read) return read;
        teacher_.convert(at::kFloat, device());
        text_.convert(at::kFloat, device());
        require_gradients(lora_.parameters(), true);
        return {};
    }

    core::Result<void> load(const std::filesystem::path& file)
    {
        TrainingState state{lora_.parameters(), ema_, optimiser_};
        return load_state(file, state);
    }

    core::Result<void> save(const std::filesystem::path& state)
    {
        if (auto saved = save_state(state, {lora_.parameters(), ema_, optimiser_}); !saved) return saved;
        std::vector<std::pair<std::string, at::Tensor>> tensors;
        for (const auto& average : ema_.averages())
            tensors.emplace_back(average.name, average.tensor.to(at::kCPU).to(at::kBFloat16).contiguous());
        const std::string title = fmt::format("Kinora draft, {} steps", options_.draft_steps);
        return inference::save_safetensors(options_.training / "dit" / k_draft_file, tensors,
                                           {{"format", "pt"}, {"title", title}});
    }

    double step()
    {
        PortableRandom random = stream(options_.seed, static_cast<std::uint64_t>(optimiser_.steps()));
        const DitBatch batch = data_.random_batch(phase_, random);
        const at::Tensor given = random_given_frames(random, phase_.batch, phase_.latent_frames).to(device());
        const std::size_t at = random.index(static_cast<std::size_t>(options_.draft_steps));
        const auto first = levels_.fine.begin() + static_cast<std::ptrdiff_t>(at) * options_.teacher_steps;
        const std::vector<float> way(first, first + options_.teacher_steps + 1);
        const at::Tensor clips = batch.clips.to(device());
        const at::Tensor noise = normal_noise(clips.sizes(), random.next()).to(device());
        const FlowBatch flow = make_flow_batch(clips, noise, at::full({phase_.batch}, way.front()).to(device()), given,
                                               batch.emphasis.to(device()));
        FlowBatch wanted = flow;
        {
            const c10::NoGradGuard no_grad;
            const at::Tensor end = teach(flow.noisy, given.logical_not(), way, batch.tokens.to(device()));
            wanted.target = (end - flow.noisy) / (way.back() - way.front());
        }
        inference::WanDit student = teacher_;
        lora_.apply(student);
        student.convert(type(), device());
        const auto context = student.make_context(text_of(batch.tokens.to(device())).to(type()));
        const at::Tensor loss = flow_loss(student.forward(flow.noisy.to(type()), flow.timesteps, context), wanted);
        optimiser_.zero_gradients();
        loss.backward();
        optimiser_.clip_gradients(1.0);
        optimiser_.step(schedule_.factor(optimiser_.steps()));
        ema_.update(lora_.parameters(), optimiser_.steps());
        return loss.item<double>();
    }

    [[nodiscard]] std::int64_t steps() const { return optimiser_.steps(); }

private:
    [[nodiscard]] at::Device device() const { return at::Device(options_.cuda ? at::kCUDA : at::kCPU); }
    [[nodiscard]] at::ScalarType type() const { return options_.bfloat16 ? at::kBFloat16 : at::kFloat; }

    at::Tensor text_of(const at::Tensor& tokens)
    {
        const c10::NoGradGuard no_grad;
        return encode_captions(text_, tokens);
    }

    // Captions and the empty one side by side in one batch, as the pipeline guides.
    at::Tensor teach(const at::Tensor& noisy, const at::Tensor& made, const std::vector<float>& way,
                     const at::Tensor& tokens)
    {
        inference::WanDit teacher = teacher_;
        teacher.convert(type(), device());
        const at::Tensor both = at::cat({tokens, empty_.to(device()).unsqueeze(0).expand_as(tokens)});
        const auto context = teacher.make_context(text_of(both).to(type()));
        return follow_teacher(noisy, made, way, [&](const at::Tensor& clip, const at::Tensor& times) {
            const at::Tensor flows =
                teacher.forward(at::cat({clip, clip}).to(type()), at::cat({times, times}), context).to(at::kFloat);
            const std::int64_t half = clip.size(0);
            const at::Tensor without = flows.narrow(0, half, half);
            return without + (flows.narrow(0, 0, half) - without) * options_.guidance;
        });
    }

    DraftTrainingOptions options_;
    DitData data_;
    DitPhase phase_;
    at::Tensor empty_;
    Levels levels_;
    inference::WanDit teacher_;
    inference::Umt5Encoder text_;
    DraftLora lora_;
    MuonAdam optimiser_;
    Ema ema_;
    Schedule schedule_;
};

// The longest clips that there are up to the asked length.
core::Result<std::pair<DitData, DitPhase>> data_for(const DraftTrainingOptions& options,
                                                    const std::vector<std::int32_t>& empty)
{
    std::optional<core::Error> error;
    for (const int frames : {49, 33, 17, 5}) {
        if (frames > options.clip_frames) continue;
        DitTrainingOptions wish;
        wish.latents = options.training / "latents";
        wish.phases = {
            {.steps = options.steps, .clip_frames = frames, .latent_frames = (frames - 1) / 4 + 1, .batch = options.batch}};
        wish.empty_captions = 0;
        auto data = DitData::load(wish, empty);
        if (data) return std::pair{std::move(*data), wish.phases.front()};
        if (!error) error = data.error();
    }
    return *error;
}

}  // namespace

core::Result<std::int64_t> train_draft(const DraftTrainingOptions& options, const Say& say, std::stop_token stop)
{
    auto tokenizer = inference::Tokenizer::load(options.training / "tokenizer");
    if (!tokenizer) return tokenizer.error();
    const auto ids = tokenizer->encode_padded("", k_caption_tokens).ids;
    const std::vector<std::int32_t> empty(ids.begin(), ids.end());
    auto data = data_for(options, empty);
    if (!data) return data.error();
    DraftRun run(options, std::move(data->first), data->second, at::tensor(empty).to(at::kLong));
    if (auto read = run.load_teacher(); !read) return read.error();
    const auto state = options.training / "dit" / "draft-state.safetensors";
    if (std::filesystem::exists(state)) {
        if (auto loaded = run.load(state); !loaded) return loaded.error();
        say(fmt::format("going on after step {}", run.steps()));
    }
    TrainingLog log(options.training / "dit" / "draft-log.csv", "step,seconds,loss");
    const Stopwatch watch;
    double saved_at = 0;
    double mean_loss = -1;
    while (run.steps() < options.steps && !stop.stop_requested() && watch.seconds() < options.minutes * 60) {
        const double now = run.step();
        mean_loss = mean_loss < 0 ? now : mean_loss * 0.97 + now * 0.03;
        if (run.steps() % 20 == 0) {
            log.line(fmt::format("{},{:.1f},{:.5f}", run.steps(), watch.seconds(), mean_loss));
            say(fmt::format("draft step {} {:.0f} s loss {:.4f}", run.steps(), watch.seconds(), mean_loss));
        }
        if (watch.seconds() - saved_at > 180) {
            if (auto saved = run.save(state); !saved) return saved.error();
            saved_at = watch.seconds();
        }
    }
    if (auto saved = run.save(state); !saved) return saved.error();
    return run.steps();
}

}  // namespace kinora::training
