#include <algorithm>

#include "core/project/project_store.h"
#include "core/project/take_edits.h"
#include "core/storyboard/edits.h"
#include "core/storyboard/group_edits.h"
#include "ui/session/take_maker.h"
#include "ui/verbs/verb_desk.h"
#include "ui/verbs/verb_text.h"

// The verb that makes a shot of its own.

namespace kinora::ui {
namespace {

/// The last frames that a shot shows, or its first: pictures for a blend.
core::ConditioningFrame pictures_of(const core::Project& project, const core::Take& take, std::int64_t first, int count,
                                    int place)
{
    core::ConditioningFrame frame;
    frame.frame = place;
    frame.source = core::clip_file(project, take);
    frame.source_frame = static_cast<int>(first);
    frame.count = count;
    return frame;
}

}  // namespace

void VerbDesk::blend()
{
    if (!offer(core::Verb::blend).possible || !writable()) return;
    const auto& project = session_.project();
    const auto index = session_.shot_index();
    const core::Shot& from = *project.shots[index];
    const core::Shot& to = *project.shots[index + 1];
    const core::Take& take = *core::selected_take(from);
    const core::Take& next = *core::selected_take(to);
    const auto* model = session_.find_model(take.recipe ? take.recipe->model_id : from.settings.model_id);
    if (model == nullptr) return;
    const auto plan = core::plan_blend(static_cast<int>(from.range.length()), static_cast<int>(to.range.length()), *model);
    if (!plan) return report(plan.error());

    core::ShotSettings settings = core::settings_of_take(from, take);
    settings.references.clear();
    settings.frames = plan->frames;
    settings.seed_mode = core::SeedMode::roll;
    core::Shot between = core::make_shot(from.prompt, settings);
    between.negative_prompt = from.negative_prompt;
    auto request = session_.request_for(between, settings.seed);
    if (!request) return report(request.error());
    request->conditioning = {pictures_of(project, take, from.range.end - plan->before, plan->before, 0),
                             pictures_of(project, next, to.range.first, plan->after, plan->frames - plan->after)};
    // The shot before shows its own last frames. Into the one behind goes a dissolve over the frames that both show: a model
    // that comes from other pictures shows given ones a little differently.
    const core::FrameRange shown{plan->before, plan->frames};
    const TakeOrigin made{std::string(core::verb_name(core::Verb::blend)), {take.id, next.id}, shown};
    const auto overlap = core::rescale_frames(plan->after, take.rate, project.rate, core::Rounding::nearest);
    const QString title = tr("Blend of shot %1 into shot %2").arg(index + 1).arg(index + 2);
    const auto job = generate_job(session_.folder(), between, *request, title.toStdString(), made);
    session_.change(tr("Blend"), [&, behind = to.id](core::Project& edited) -> core::Result<void> {
        if (auto inserted = core::insert_shot(edited, index + 1, between); !inserted) return inserted;
        const auto set = core::set_transition(edited, behind, core::TransitionKind::dissolve, overlap);
        return set ? core::Result<void>() : core::Result<void>(set.error());
    });
    session_.select_shot(between.id);
    session_.desk().add(job);
}

}  // namespace kinora::ui
