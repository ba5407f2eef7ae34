#include "tests/ui/test_engine.h"

#include <QColor>
#include <algorithm>
#include <chrono>

#include "tests/ui/test_clips.h"
#include "tests/ui/test_enhancer.h"

namespace kinora::tests {
namespace {

core::Recipe recipe_of(const core::GenerationRequest& request)
{
    core::Recipe recipe;
    recipe.prompt = request.prompt_text;
    recipe.spans = request.prompt;
    recipe.negative_prompt = request.negative_prompt;
    recipe.model_id = request.model_id;
    recipe.model_hash = "drawn";
    recipe.width = request.width.value_or(320);
    recipe.height = request.height.value_or(192);
    recipe.frames = request.frames.value_or(33);
    recipe.rate = request.rate.value_or(core::FrameRate{12});
    recipe.steps = request.steps.value_or(20);
    recipe.guidance = request.guidance.value_or(4.0F);
    recipe.sampler = request.sampler.value_or("unipc");
    recipe.shift = request.shift.value_or(3.0F);
    recipe.seed = request.seed;
    recipe.device = "cpu";
    recipe.dtype = "float32";
    recipe.decoder_dtype = "float32";
    recipe.route = "whole-clip";
    recipe.threads = 1;
    recipe.engine_version = "test";
    recipe.guidance_mode = request.guidance_mode.value_or("cfg");
    recipe.loras = request.loras;
    recipe.origin = request.origin;
    // As the engine joins clips: 33 frames have 9 latent frames.
    if (request.origin && request.origin_latents) recipe.frames = core::joined_frames(*request.origin, 4);
    recipe.enhance = request.enhance;
    return recipe;
}

int light_of(const core::Recipe& recipe)
{
    const auto has = [&recipe](const char* word) { return recipe.prompt.find(word) != std::string::npos; };
    if (has("fog") || has("morning")) return 1;
    if (has("night") || has("lamps")) return 2;
    return static_cast<int>(recipe.seed % 3) == 0 ? 0 : static_cast<int>(recipe.seed % 3) + 2;
}

core::Picture8 small_picture(const QImage& image)
{
    const QImage rgb =
        image.scaled(80, 48, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).convertToFormat(QImage::Format_RGB888);
    core::Picture8 picture{rgb.height(), rgb.width(), {}};
    for (int y = 0; y < rgb.height(); ++y)
        picture.rgb.insert(picture.rgb.end(), rgb.constScanLine(y), rgb.constScanLine(y) + 3 * rgb.width());
    return picture;
}

}  // namespace

core::Result<core::ModelCapabilities> DrawnGenerator::capabilities(const std::string& model_id)
{
    if (model_id != "starter")
        return core::make_error(core::ErrorKind::not_found, "There is no model \"" + model_id + "\"; installed: starter.");
    core::ModelCapabilities model;
    model.model_id = "starter";
    model.name = "Kinora starter";
    model.max_frames = 49;
    model.first_frame = true;
    model.any_frame = true;
    const std::lock_guard lock(mutex_);
    if (drafts_) model.draft = k_draft;
    return model;
}

core::Result<void> DrawnGenerator::wait_at(int step, const core::RunControl* control, std::stop_token stop)
{
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, std::chrono::milliseconds(5), [&] { return hold_ == 0 || step < hold_; });
    while (hold_ != 0 && step >= hold_ && !stop.stop_requested() &&
           (control == nullptr || control->verb() == core::RunVerb::go_on))
        changed_.wait_for(lock, stop, std::chrono::milliseconds(5), [&] { return hold_ == 0 || step < hold_; });
    if (!stop.stop_requested()) return {};
    ++stopped_;
    return core::make_error(core::ErrorKind::cancelled, "Stopped.");
}

core::Result<core::GeneratedClip> DrawnGenerator::generate(const core::GenerationRequest& request,
                                                           const core::ProgressFunction& progress, std::stop_token stop)
{
    {
        const std::lock_guard lock(mutex_);
        requests_.push_back(request);
        if (!failure_.empty()) return core::make_error(failure_kind_, std::exchange(failure_, {}));
    }
    core::GeneratedClip clip;
    clip.recipe = recipe_of(request);
    auto preview = std::make_shared<std::vector<core::Picture8>>();
    for (int frame = 0; frame < clip.recipe.frames; frame += 4)
        preview->push_back(small_picture(draw(frame, clip.recipe)));
    for (int step = 1; step <= clip.recipe.steps; ++step) {
        const auto waited = wait_at(step, request.control.get(), stop);
        const auto verb = request.control ? request.control->verb() : core::RunVerb::go_on;
        if (verb == core::RunVerb::pause) {
            request.control->set_paused();
            return core::make_error(core::ErrorKind::cancelled, "Paused.");
        }
        if (!waited) return waited.error();
        if (verb == core::RunVerb::stop_and_keep && step > 1) {
            clip.recipe.stop_after = step - 1;
            break;
        }
        const double part = static_cast<double>(step) / clip.recipe.steps;
        progress({core::Stage::sampling, step, clip.recipe.steps, 0.9 * part, -1, preview});
    }
    clip.latents.model_id = clip.recipe.model_id;
    auto frames = decode(clip.latents, clip.recipe, stop);
    if (!frames) return frames.error();
    clip.frames = std::move(*frames);
    return clip;
}

core::Result<core::FrameSequence> DrawnGenerator::decode(const core::LatentClip&, const core::Recipe& recipe,
                                                         std::stop_token)
{
    core::FrameSequence clip;
    clip.frames = recipe.frames;
    clip.width = recipe.width;
    clip.height = recipe.height;
    clip.rate = recipe.rate;
    for (int frame = 0; frame < clip.frames; ++frame) {
        const QImage image = draw(frame, recipe).convertToFormat(QImage::Format_RGB888);
        for (int y = 0; y < image.height(); ++y)
            std::transform(image.constScanLine(y), image.constScanLine(y) + 3 * image.width(), std::back_inserter(clip.rgb),
                           [](uchar value) { return static_cast<float>(value) / 255.0F; });
    }
    return clip;
}

QImage DrawnGenerator::draw(int frame, const core::Recipe& recipe) const
{
    const QSize size(recipe.width, recipe.height);
    if (look_ == Look::numbered)
        return draw_test_frame(frame, recipe.frames, QColor::fromHsv(static_cast<int>(recipe.seed * 47 % 360), 120, 160),
                               size);
    return draw_harbour(size, static_cast<double>(frame) / std::max(1, recipe.frames - 1), light_of(recipe));
}

core::Result<core::Estimate> DrawnGenerator::estimate(const core::GenerationRequest& request)
{
    return core::Estimate{0.2 * request.steps.value_or(20), 1'100'000'000};
}

core::Result<core::TokenCount> DrawnGenerator::count(const std::string&, const std::string& prompt)
{
    const auto words = 1 + std::count(prompt.begin(), prompt.end(), ' ');
    constexpr int k_limit = 64;
    std::size_t fits = 0;
    for (int word = 0; word < k_limit - 1 && fits < prompt.size(); ++word)
        fits = std::min(prompt.find(' ', fits + 1), prompt.size());
    return core::TokenCount{prompt.empty() ? 0 : static_cast<int>(words) + 1, k_limit, fits};
}

void DrawnGenerator::hold_at(int step)
{
    const std::lock_guard lock(mutex_);
    hold_ = step;
}

void DrawnGenerator::offer_drafts()
{
    const std::lock_guard lock(mutex_);
    drafts_ = true;
}

void DrawnGenerator::count_drafter()
{
    const std::lock_guard lock(mutex_);
    ++drafters_;
}

int DrawnGenerator::drafters() const
{
    const std::lock_guard lock(mutex_);
    return drafters_;
}

int DrawnGenerator::stopped() const
{
    const std::lock_guard lock(mutex_);
    return stopped_;
}

void DrawnGenerator::release()
{
    {
        const std::lock_guard lock(mutex_);
        hold_ = 0;
    }
    changed_.notify_all();
}

void DrawnGenerator::fail_next(const std::string& message, core::ErrorKind kind)
{
    const std::lock_guard lock(mutex_);
    failure_kind_ = kind;
    failure_ = message;
}

std::vector<core::GenerationRequest> DrawnGenerator::requests() const
{
    const std::lock_guard lock(mutex_);
    return requests_;
}

void DrawnGenerator::forget_requests()
{
    const std::lock_guard lock(mutex_);
    requests_.clear();
}

bool is_draft(const core::GenerationRequest& request)
{
    return !request.loras.empty() && request.loras.front().file == k_draft;
}

ui::Engine drawn_engine(const std::shared_ptr<DrawnGenerator>& generator)
{
    ui::Engine engine;
    engine.make_job_engine = [generator]() -> core::Result<ui::JobEngine> {
        ui::JobEngine made;
        made.generator = generator;
        made.decoder = generator;
        made.enhancer = std::make_shared<PlainEnhancer>();
        made.read_latents = [](const std::filesystem::path&) -> core::Result<core::LatentClip> {
            // As long as those of a clip of 33 frames.
            core::LatentClip latents;
            latents.frames = 9;
            return latents;
        };
        return made;
    };
    engine.make_drafter = [generator]() -> core::Result<std::shared_ptr<core::Generator>> {
        generator->count_drafter();
        return std::static_pointer_cast<core::Generator>(generator);
    };
    engine.list_models = [generator]() -> core::Result<std::vector<ui::ModelEntry>> {
        auto model = generator->capabilities("starter");
        if (!model) return model.error();
        return std::vector<ui::ModelEntry>{
            {*model, "models/starter", "Apache-2.0",
             "Trained by Kinora's own trainer, only on scenes that Kinora's own code draws."}};
    };
    engine.enhances = [](core::Verb) { return core::Result<void>(); };
    engine.planner = generator;
    engine.tokens = generator;
    engine.device = QStringLiteral("CPU · 2 cores");
    return engine;
}

}  // namespace kinora::tests
