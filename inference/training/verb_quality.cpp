#include "inference/training/verb_quality.h"

#include <ATen/core/Tensor.h>
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <memory>
#include <optional>
#include <vector>

#include "core/generation/verbs.h"
#include "inference/pipeline/wan_generator.h"
#include "inference/training/probe.h"
#include "inference/training/scene_batch.h"
#include "inference/training/scenes/caption.h"

namespace kinora::training {

namespace {

constexpr std::uint64_t k_unseen_clips = 0x5eed'0000'0000'2000ULL;
constexpr int k_frames = 33;

struct Drawn {
    SceneSpec spec;
    std::string words;
    std::string in_another_colour;
    core::FrameSequence frames;
};

Colour another(Colour colour, PortableRandom& random)
{
    Colour other = colour;
    while (other == colour)
        other = random.pick(k_colours);
    return other;
}

Drawn drawn(int number, World world)
{
    PortableRandom random = stream(k_unseen_clips, static_cast<std::uint64_t>(number));
    SceneSpec spec = random_spec(random, world);
    while (spec.subject == Subject::none)  // something has to act where motion is to be kept
        spec = random_spec(random, world);
    spec.later = TimeOfDay::none;  // what follows a whole night is another day: no caption of the clip says so
    const DrawnClip clip = draw(spec, k_frames);
    Drawn out;
    out.spec = spec;
    out.words = caption(spec, Language::english, random);
    out.spec.colour = another(spec.colour, random);
    out.in_another_colour = caption(out.spec, Language::english, random);
    out.frames.frames = clip.frames;
    out.frames.height = clip.height;
    out.frames.width = clip.width;
    out.frames.rgb.reserve(clip.rgb.size());
    for (const std::uint8_t byte : clip.rgb)
        out.frames.rgb.push_back(static_cast<float>(byte) / 255.0F);
    return out;
}

double change(std::span<const float> a, std::span<const float> b)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += (static_cast<double>(a[i]) - b[i]) * (static_cast<double>(a[i]) - b[i]);
    return std::sqrt(sum / static_cast<double>(std::max<std::size_t>(1, a.size())));
}

double largest_change(const core::FrameSequence& clip)
{
    double largest = 1e-6;
    for (int i = 0; i + 1 < clip.frames; ++i)
        largest = std::max(largest, change(clip.frame(i), clip.frame(i + 1)));
    return largest;
}

std::array<double, 3> mean_colour(const core::FrameSequence& clip, int first, int end)
{
    std::array<double, 3> sum{};
    std::size_t pixels = 0;
    for (int i = first; i < end; ++i) {
        const auto frame = clip.frame(i);
        for (std::size_t at = 0; at < frame.size(); ++at)
            sum[at % 3] += frame[at];
        pixels += frame.size() / 3;
    }
    for (double& channel : sum)
        channel /= static_cast<double>(std::max<std::size_t>(1, pixels));
    return sum;
}

core::ConditioningFrame part_of(const core::FrameSequence& whole, int first, int count, int place)
{
    core::FrameSequence cut = whole;
    cut.frames = count;
    const auto size = static_cast<std::ptrdiff_t>(whole.frame_size());
    cut.rgb.assign(whole.rgb.begin() + first * size, whole.rgb.begin() + (first + count) * size);
    return {place, std::make_shared<const core::FrameSequence>(std::move(cut)), "drawn", {}, first, count};
}

class Measuring {
public:
    Measuring(const VerbMeasure& measure, std::stop_token stop)
        : measure_(measure),
          stop_(std::move(stop)),
          engine_([folder = measure.model](const std::string&) -> core::Result<std::filesystem::path> { return folder; })
    {
    }

    core::Result<void> prepare()
    {
        auto model = engine_.capabilities("starter");
        if (!model) return model.error();
        model_ = *std::move(model);
        const auto file = measure_.model / "probe.safetensors";
        if (!std::filesystem::exists(file)) return {};
        auto probe = Probe::load(file);
        if (!probe) return probe.error();
        probe_ = *std::move(probe);
        return {};
    }

    core::Result<void> measure_clip(int number)
    {
        const Drawn clip = drawn(number, measure_.world);
        const double own = largest_change(clip.frames);
        auto first = request_for(clip);
        first.conditioning = {part_of(clip.frames, 0, 1, 0)};
        auto alive = made(first);
        if (!alive) return alive.error();
        quality_.first_frame.add(-20 * std::log10(change(clip.frames.frame(0), alive->frames.frame(0)) + 1e-6), false);
        auto latents = engine_.encode(clip.frames, "starter", clip.frames.width, clip.frames.height, stop_);
        if (!latents) return latents.error();
        const core::VerbSource source{"drawn.latents", {}, latents->frames};
        auto after = changed(clip, *latents, core::plan_extend(core::Verb::extend_after, source, 0, model_));
        if (!after) return after.error();
        seam("extend after", *after, k_frames, own);
        auto before = changed(clip, *latents, core::plan_extend(core::Verb::extend_before, source, 0, model_));
        if (!before) return before.error();
        seam("extend before", *before, before->frames.frames - k_frames, own);
        auto loop = changed(clip, *latents, core::plan_loop(source, model_));
        if (!loop) return loop.error();
        const auto& round = loop->frames;
        quality_.seams["loop"].add(change(round.frame(round.frames - 1), round.frame(0)) / own, true);
        auto recut = changed(clip, *latents, core::plan_recut(source, {9, 25}, model_));
        if (!recut) return recut.error();
        seam("re-cut", *recut, 9, own);
        seam("re-cut", *recut, 25, own);
        if (auto done = measure_remix(clip, *latents, source); !done) return done;
        return measure_blends(number, clip, alive->recipe);
    }

    core::Result<void> measure_chain()
    {
        const Drawn clip = drawn(0, measure_.world);
        auto latents = engine_.encode(clip.frames, "starter", clip.frames.width, clip.frames.height, stop_);
        if (!latents) return latents.error();
        core::LatentClip source = *std::move(latents);
        std::array<double, 3> second{};
        int shown = k_frames;
        for (int i = 0; i < measure_.extensions; ++i) {
            const core::VerbSource outside{"drawn.latents", {}, source.frames};
            auto longer = changed(clip, source, core::plan_extend(core::Verb::extend_after, outside, 0, model_));
            if (!longer) return longer.error();
            const auto colour = mean_colour(longer->frames, shown, longer->frames.frames);
            shown = longer->frames.frames;
            if (i == 0) second = colour;
            quality_.drift = 0;
            for (std::size_t c = 0; c < 3; ++c)
                quality_.drift = std::max(quality_.drift, std::abs(colour[c] - second[c]) * 255);
            quality_.extensions = i + 1;
            source = longer->latents;
        }
        return {};
    }

    [[nodiscard]] const VerbQuality& quality() const { return quality_; }

private:
    core::GenerationRequest request_for(const Drawn& clip)
    {
        core::GenerationRequest request;
        request.prompt_text = clip.words;
        request.prompt = {{.text = clip.words}};
        request.width = clip.frames.width;
        request.height = clip.frames.height;
        request.seed = ++seed_;
        return request;
    }

    core::Result<core::GeneratedClip> made(const core::GenerationRequest& request)
    {
        return engine_.generate(request, {}, stop_);
    }

    core::Result<core::GeneratedClip> changed(const Drawn& clip, const core::LatentClip& latents,
                                              const core::Result<core::Origin>& plan)
    {
        if (!plan) return plan.error();
        auto request = request_for(clip);
        request.origin = *plan;
        request.origin_latents = std::make_shared<const core::LatentClip>(latents);
        return made(request);
    }

    void seam(const std::string& verb, const core::GeneratedClip& clip, int at, double own)
    {
        if (at < 1 || at >= clip.frames.frames) return;
        quality_.seams[verb].add(change(clip.frames.frame(at - 1), clip.frames.frame(at)) / own, true);
    }

    // The same clip in another colour, if anything acts in it.
    core::Result<void> measure_remix(const Drawn& clip, const core::LatentClip& latents, const core::VerbSource& source)
    {
        if (!probe_ || clip.spec.subject == Subject::none) return {};
        Drawn wish = clip;
        wish.words = clip.in_another_colour;
        auto remix = changed(wish, latents, core::plan_remix(core::Verb::remix, source, core::k_remix_strength, model_));
        if (!remix) return remix.error();
        const at::Tensor answers = probe_->classify(look_at(to_tensor(remix->frames)))[0];
        const auto answer = [&](Attribute attribute) { return answers[static_cast<int>(attribute)].item<std::int64_t>(); };
        ++quality_.remixes;
        quality_.new_colour += answer(Attribute::colour) == static_cast<std::int64_t>(clip.spec.colour) ? 1 : 0;
        quality_.same_direction += answer(Attribute::direction) == static_cast<std::int64_t>(clip.spec.direction) ? 1 : 0;
        return {};
    }

    // From a clip to the next drawn one: as the starter itself shows both, which is what it joins in a film of its own, and
    // as they were drawn, where its pictures stand beside sharper ones.
    core::Result<void> measure_blends(int number, const Drawn& clip, const core::Recipe& recipe)
    {
        const Drawn next = drawn(number + 1, measure_.world);
        if (auto done = measure_blend("blend, drawn", clip, clip.frames, next.frames); !done) return done;
        auto own = through_autoencoder(clip, recipe);
        if (!own) return own.error();
        auto own_next = through_autoencoder(next, recipe);
        if (!own_next) return own_next.error();
        return measure_blend("blend", clip, *own, *own_next);
    }

    core::Result<core::FrameSequence> through_autoencoder(const Drawn& clip, const core::Recipe& recipe)
    {
        auto latents = engine_.encode(clip.frames, "starter", clip.frames.width, clip.frames.height, stop_);
        if (!latents) return latents.error();
        return engine_.decode(*latents, recipe, stop_);
    }

    // The leading clip's own change counts at its join, the other's at the other.
    core::Result<void> measure_blend(const std::string& name, const Drawn& clip, const core::FrameSequence& before,
                                     const core::FrameSequence& behind)
    {
        const auto plan = core::plan_blend(k_frames, k_frames, model_);
        if (!plan) return plan.error();
        auto request = request_for(clip);
        request.frames = plan->frames;
        request.conditioning = {part_of(before, k_frames - plan->before, plan->before, 0),
                                part_of(behind, 0, plan->after, plan->frames - plan->after)};
        auto between = made(request);
        if (!between) return between.error();
        const int last = static_cast<int>(plan->middle().end) - 1;
        auto& seams = quality_.seams[name];
        seams.add(change(before.frame(k_frames - 1), between->frames.frame(plan->before)) / largest_change(before), true);
        seams.add(change(between->frames.frame(last), behind.frame(0)) / largest_change(behind), true);
        return {};
    }

    VerbMeasure measure_;
    std::stop_token stop_;
    inference::WanGenerator engine_;
    core::ModelCapabilities model_;
    std::optional<Probe> probe_;
    VerbQuality quality_;
    std::uint64_t seed_ = 0;
};

}  // namespace

core::Result<VerbQuality> measure_verbs(const VerbMeasure& measure, const Say& say, std::stop_token stop)
{
    Measuring measuring(measure, stop);
    if (auto ready = measuring.prepare(); !ready) return ready.error();
    for (int i = 0; i < measure.clips; ++i) {
        if (auto done = measuring.measure_clip(i); !done) return done.error();
        say(fmt::format("verbs: {} of {} drawn clips", i + 1, measure.clips));
    }
    if (measure.extensions > 0)
        if (auto done = measuring.measure_chain(); !done) return done.error();
    return measuring.quality();
}

std::string verb_table(const VerbQuality& quality)
{
    std::string table = fmt::format("Verbs on unseen drawn clips (seams against the clip's own largest change)\n");
    table += fmt::format("  {:14} {:5.1f} dB, worst {:.1f}\n", "given picture", quality.first_frame.mean(),
                         quality.first_frame.worst);
    for (const auto& [verb, figure] : quality.seams)
        table += fmt::format("  {:14} {:5.2f}, worst {:.2f}  ({} seams)\n", verb, figure.mean(), figure.worst, figure.count);
    if (quality.extensions > 0)
        table += fmt::format("  {:14} {:5.1f} of 255 after {} extensions\n", "drift", quality.drift, quality.extensions);
    if (quality.remixes > 0)
        table += fmt::format("  {:14} new colour {} of {}, same direction {}\n", "remix", quality.new_colour,
                             quality.remixes, quality.same_direction);
    return table;
}

}  // namespace kinora::training
