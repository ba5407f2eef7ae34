#include <algorithm>
#include <array>

#include "core/generation/enhance.h"
#include "core/project/project_store.h"
#include "core/project/take_edits.h"
#include "core/time/timecode.h"
#include "ui/session/enhance_maker.h"
#include "ui/verbs/verb_desk.h"
#include "ui/verbs/verb_text.h"

// The verbs that make a take larger, or give it more frames a second.

namespace kinora::ui {
namespace {

/// Heights that have a name, under which pictures that aren't quite of the format are cut to it.
std::string size_of_project(const core::Project& project)
{
    constexpr std::array k_named{480, 720, 1080, 1440, 2160, 4320};
    const int height = std::min(project.width, project.height);
    for (const int named : k_named)
        if (height == named) return named == 4320 ? "8k" : std::to_string(named) + "p";
    return std::to_string(project.width) + "x" + std::to_string(project.height);
}

}  // namespace

core::Result<void> VerbDesk::network(core::Verb verb) const
{
    const auto& enhances = session_.engine().enhances;
    return enhances ? enhances(verb) : core::Result<void>(no_enhancer());
}

VerbOffer VerbDesk::enhancing(core::Verb verb) const
{
    const core::Shot* shot = session_.shot();
    const core::Take* take = shot != nullptr ? core::selected_take(*shot) : nullptr;
    if (take == nullptr) return {false, tr("This shot has no take yet: generate one first.")};
    if (take->still && verb == core::Verb::interpolate) return {false, tr("A still picture has no motion to work with.")};
    if (core::clip_file(session_.project(), *take).empty()) return {false, tr("This take has no clip.")};
    if (const auto there = network(verb); !there) return {false, QString::fromStdString(there.error().message)};
    return {true, {}};
}

void VerbDesk::enhance(core::Verb verb, const core::Enhancement& enhancement)
{
    if (!writable() || !offer(verb).possible) return;
    const core::Shot& shot = *session_.shot();
    const core::Take& take = *core::selected_take(shot);
    const auto request = core::enhance_request(enhancement);
    if (!request) return report(request.error());
    const auto plan = core::plan_enhance(*request, {take.width, take.height, take.frames, take.rate});
    if (!plan) return report(plan.error());
    const bool larger = plan->shape.width > take.width && plan->shape.height > take.height;
    if (verb == core::Verb::upscale && !larger)
        return Q_EMIT session_.message(
            {SessionMessage::Kind::info, tr("Take %1 is as large as that already.").arg(take.number)});
    const QString what = verb == core::Verb::upscale
                             ? QStringLiteral("%1×%2").arg(plan->shape.width).arg(plan->shape.height)
                             : tr("%1 frames a second").arg(QString::fromStdString(core::rate_text(plan->shape.rate)));
    const QString title = tr("Shot %1 · take %2 · %3").arg(session_.shot_index() + 1).arg(take.number).arg(what);
    session_.desk().add(
        enhance_job(session_.folder(), session_.project(), shot, take, verb, enhancement, title.toStdString()));
}

void VerbDesk::upscale(const std::string& size)
{
    core::Enhancement enhancement;
    enhancement.upscale = size.empty() ? size_of_project(session_.project()) : size;
    if (const core::Shot* shot = session_.shot()) enhancement.upscaler = shot->settings.enhance.upscaler;
    enhance(core::Verb::upscale, enhancement);
}

void VerbDesk::interpolate(const std::string& rate)
{
    core::Enhancement enhancement;
    enhancement.interpolate = rate;
    const core::Shot* shot = session_.shot();
    const core::Take* take = shot != nullptr ? core::selected_take(*shot) : nullptr;
    if (shot != nullptr) enhancement.interpolator = shot->settings.enhance.interpolator;
    if (rate.empty() && take != nullptr) {
        const bool faster = session_.project().rate.as_double() > take->rate.as_double() + 0.01;
        enhancement.interpolate = faster ? core::rate_fraction(session_.project().rate) : "2x";
    }
    enhance(core::Verb::interpolate, enhancement);
}

}  // namespace kinora::ui
