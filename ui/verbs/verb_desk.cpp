#include "ui/verbs/verb_desk.h"

#include <QRandomGenerator>
#include <algorithm>
#include <vector>

#include "core/generation/recipe_json.h"
#include "core/project/project_store.h"
#include "core/project/take_edits.h"
#include "ui/session/take_maker.h"
#include "ui/verbs/verb_text.h"
#include "ui/widgets/words.h"

namespace kinora::ui {
namespace {

std::uint64_t rolled_seed()
{
    return static_cast<std::uint64_t>(QRandomGenerator::global()->bounded(1, 100'000));
}

/// As when generating, a locked seed holds; but variations differ by theirs.
std::uint64_t seed_for(core::Verb verb, const core::ShotSettings& settings)
{
    const bool locked = settings.seed_mode == core::SeedMode::locked && verb != core::Verb::variations;
    return locked ? settings.seed : rolled_seed();
}

/// A take's own words and settings, without what belongs to that clip alone.
core::Result<core::GenerationRequest> own_request(const core::Recipe& recipe)
{
    core::Recipe plain = recipe;
    plain.references.clear();
    plain.origin.reset();
    plain.stop_after = 0;
    plain.route.clear();
    plain.tiling.clear();
    plain.device.clear();
    plain.dtype.clear();
    return core::request_from_recipe(plain);
}

/// Words that hold at the end of a take, for as long as a clip lasts that goes on from there.
std::vector<core::PromptSpan> last_words(const core::Recipe& recipe)
{
    std::vector<core::PromptSpan> words;
    for (core::PromptSpan span : recipe.spans) {
        if (span.end_frame >= 0 && span.end_frame < core::sampled_frames(recipe)) continue;
        span.first_frame = 0;
        span.end_frame = -1;
        words.push_back(std::move(span));
    }
    return words;
}

std::vector<core::ModelCapabilities> models_of(const StudioSession& session)
{
    std::vector<core::ModelCapabilities> models;
    for (const ModelEntry& entry : session.models())
        models.push_back(entry.capabilities);
    return models;
}

}  // namespace

/// The selected take as a verb sees it.
struct VerbDesk::Source {
    const core::Shot* shot;
    const core::Take* take;
    const core::ModelCapabilities* model;  ///< null: not installed
    core::VerbSource latents;
};

VerbDesk::VerbDesk(StudioSession& session, QObject* parent) : QObject(parent), session_(session) {}

std::optional<VerbDesk::Source> VerbDesk::source() const
{
    const core::Shot* shot = session_.shot();
    const core::Take* take = shot != nullptr ? core::selected_take(*shot) : nullptr;
    if (take == nullptr) return std::nullopt;
    Source source{shot, take, session_.find_model(take->recipe ? take->recipe->model_id : shot->settings.model_id), {}};
    if (source.model == nullptr) return source;
    // A take of the engine has its latents beside it; another is encoded, as far as its frames fill latent frames.
    const bool latents = take->recipe && !take->latents.empty();
    source.latents.file = latents ? take->latents : core::clip_file(session_.project(), *take);
    const int frames = latents ? take->recipe->frames : static_cast<int>(take->frames);
    source.latents.latent_frames = (frames - 1) / source.model->frame_multiple + 1;
    return source;
}

VerbOffer VerbDesk::refused(core::Verb verb, const core::ModelCapabilities& model) const
{
    if (core::can_do(verb, model)) return {true, {}};
    QStringList able;
    for (const auto& other : models_of(session_))
        if (core::can_do(verb, other)) able.append(QString::fromStdString(other.name));
    const QString name = QString::fromStdString(model.name);
    return {false, able.isEmpty() ? tr("%1 can't do this; none of the installed models can.").arg(name)
                                  : tr("%1 can't do this; %2 can.").arg(name, able.join(QStringLiteral(", ")))};
}

VerbOffer VerbDesk::offer(core::Verb verb) const
{
    if (verb == core::Verb::chain) {
        if (session_.shot() == nullptr || session_.shot_index() == 0)
            return {false, tr("There is no shot before this one.")};
        const auto& before = *session_.project().shots[session_.shot_index() - 1];
        if (core::selected_take(before) == nullptr) return {false, tr("The shot before has no take yet.")};
        return refused(verb, session_.model_of(*session_.shot()));
    }
    if (verb == core::Verb::upscale || verb == core::Verb::interpolate) return enhancing(verb);
    const auto now = source();
    if (!now) return {false, tr("This shot has no take yet: generate one first.")};
    if (now->model == nullptr)
        return {false, tr("The model of this take, “%1”, isn't installed.")
                           .arg(QString::fromStdString(now->take->recipe ? now->take->recipe->model_id
                                                                         : now->shot->settings.model_id))};
    if (now->take->still) return {false, tr("A still picture has no motion to work with.")};
    const auto can = refused(verb, *now->model);
    if (!can.possible) return can;
    if (verb == core::Verb::recut && now->shot->range == core::FrameRange{0, now->take->frames})
        return {false, tr("Set the in or out point around what is to stay first.")};
    if (verb == core::Verb::blend) {
        const auto& shots = session_.project().shots;
        const auto next = session_.shot_index() + 1;
        if (next >= shots.size()) return {false, tr("There is no shot behind this one to lead to.")};
        if (core::selected_take(*shots[next]) == nullptr) return {false, tr("The shot behind this one has no take yet.")};
    }
    return can;
}

core::Result<core::GenerationRequest> VerbDesk::request_of(core::Verb verb, const Source& source, const core::Origin& origin,
                                                           std::uint64_t seed) const
{
    const core::Take& take = *source.take;
    const bool own_words = verb == core::Verb::variations || verb == core::Verb::loop;
    core::GenerationRequest request;
    if (own_words && take.recipe) {
        auto own = own_request(*take.recipe);
        if (!own) return own;
        request = std::move(*own);
        if (verb == core::Verb::loop) request.prompt = last_words(*take.recipe);
    } else {
        // The shot's words as they are now, with the take's own settings, so that its latents fit.
        core::Shot shot = *source.shot;
        shot.settings = core::settings_of_take(shot, take);
        shot.settings.references.clear();
        shot.settings.frames = origin.window;
        auto made = session_.request_for(shot, seed);
        if (!made) return made;
        request = std::move(*made);
    }
    request.seed = seed;
    request.frames = origin.window;
    request.rate = take.rate;
    if (!take.recipe) {
        const int multiple = source.model->size_multiple;
        request.width = std::max(multiple, (take.width + multiple / 2) / multiple * multiple);
        request.height = std::max(multiple, (take.height + multiple / 2) / multiple * multiple);
    }
    request.origin = origin;
    return request;
}

void VerbDesk::queue(core::Verb verb, const Source& source, const core::Result<core::Origin>& origin, int count,
                     std::optional<std::uint64_t> seed)
{
    if (!origin) return report(origin.error());
    const std::uint64_t start = seed.value_or(seed_for(verb, source.shot->settings));
    // A clip of another length is shown whole.
    TakeOrigin made{std::string(core::verb_name(verb)), {source.take->id}, std::nullopt};
    if (!origin->kept.empty()) made.range = core::FrameRange{0, core::joined_frames(*origin, source.model->frame_multiple)};
    for (int index = 0; index < count; ++index) {
        const auto request = request_of(verb, source, *origin, start + static_cast<std::uint64_t>(index));
        if (!request) return report(request.error());
        const QString title =
            tr("Shot %1 · %2 of take %3").arg(session_.shot_index() + 1).arg(verb_title(verb)).arg(source.take->number);
        session_.desk().add(generate_job(session_.folder(), *source.shot, *request, title.toStdString(), made));
    }
}

void VerbDesk::report(const core::Error& error)
{
    Q_EMIT session_.message({SessionMessage::Kind::error, QString::fromStdString(error.message)});
}

bool VerbDesk::writable()
{
    const auto store = session_.keeper().store();
    if (!store) return false;
    if (store->access() == core::Access::read_write) return true;
    report(core::make_error(core::ErrorKind::unsupported, store->read_only_reason()));
    return false;
}

void VerbDesk::variations(int count)
{
    const auto now = source();
    if (!now || !writable() || !offer(core::Verb::variations).possible) return;
    const auto plan = core::plan_remix(core::Verb::variations, now->latents, core::k_variation_strength, *now->model);
    queue(core::Verb::variations, *now, plan, count);
}

/// A clip noised by the noise that it was made of follows its own course, and keeps its motion much better than on another
/// noise (starter: 0.72 to 0.86 of it instead of 0.24 to 0.49 at the usual strength). The same words once more are rolled,
/// or the same clip would come out.
std::optional<std::uint64_t> VerbDesk::own_noise(const Source& source) const
{
    if (!source.take->recipe) return std::nullopt;
    const core::Recipe& own = *source.take->recipe;
    const auto made = [&](const core::Take& take) {
        return take.recipe && take.recipe->seed == own.seed && take.recipe->prompt == source.shot->prompt &&
               take.parents == std::vector<std::string>{source.take->id};
    };
    if (std::any_of(source.shot->takes.begin(), source.shot->takes.end(), made)) return std::nullopt;
    return own.seed;
}

void VerbDesk::remix(float strength)
{
    const auto now = source();
    if (!now || !writable() || !offer(core::Verb::remix).possible) return;
    queue(core::Verb::remix, *now, core::plan_remix(core::Verb::remix, now->latents, strength, *now->model), 1,
          own_noise(*now));
}

void VerbDesk::recut()
{
    const auto now = source();
    if (!now || !writable() || !offer(core::Verb::recut).possible) return;
    queue(core::Verb::recut, *now, core::plan_recut(now->latents, now->shot->range, *now->model), 1);
}

void VerbDesk::extend(core::Verb verb)
{
    const auto now = source();
    if (!now || !writable() || !offer(verb).possible) return;
    queue(verb, *now, core::plan_extend(verb, now->latents, 0, *now->model), 1);
}

void VerbDesk::loop()
{
    const auto now = source();
    if (!now || !writable() || !offer(core::Verb::loop).possible) return;
    queue(core::Verb::loop, *now, core::plan_loop(now->latents, *now->model), 1);
}

void VerbDesk::chain()
{
    if (offer(core::Verb::chain).possible) session_.chain_to_previous();
}

void VerbDesk::reroll(const std::string& id)
{
    const core::Shot* shot = session_.shot();
    const core::Take* take = shot != nullptr ? core::find_take(*shot, id) : nullptr;
    if (take == nullptr || !take->recipe || !writable()) return;
    auto request = core::request_from_recipe(*take->recipe);
    if (!request) return report(request.error());
    request->seed = rolled_seed();
    request->stop_after.reset();
    TakeOrigin made{take->verb, take->parents, std::nullopt};
    const QString title = tr("Shot %1 · take %2 again").arg(session_.shot_index() + 1).arg(take->number);
    session_.desk().add(generate_job(session_.folder(), *shot, *request, title.toStdString(), made));
}

}  // namespace kinora::ui
