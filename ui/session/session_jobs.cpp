#include <QRandomGenerator>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/paths.h"
#include "core/project/shot_prompt.h"
#include "core/project/take_edits.h"
#include "ui/session/studio_session.h"
#include "ui/session/take_maker.h"
#include "ui/widgets/words.h"

// What the session asks of the engine: jobs, exports, estimates, token counts; and what it keeps between two starts.

namespace kinora::ui {
namespace {

constexpr const char* k_state_file = "studio.json";

std::uint64_t rolled_seed()
{
    return static_cast<std::uint64_t>(QRandomGenerator::global()->bounded(1, 100'000));
}

}  // namespace

core::Result<core::GenerationRequest> StudioSession::request_for(const core::Shot& shot, std::uint64_t seed) const
{
    auto request = core::shot_request(project(), shot, model_of(shot), prompts_->wildcards(), seed);
    if (request) request->dtype = precision_;
    return request;
}

void StudioSession::generate()
{
    document_.end_merging();
    const auto* current = shot();
    if (!current || !keeper_->store()) return;
    if (keeper_->store()->access() == core::Access::read_only)
        return report(core::make_error(core::ErrorKind::unsupported, keeper_->store()->read_only_reason()));
    if (QString::fromStdString(current->prompt).trimmed().isEmpty())
        return report(
            core::make_error(core::ErrorKind::invalid_argument, "The prompt is empty: describe what the shot shows."));
    const core::ShotSettings settings = current->settings;
    const bool locked = settings.seed_mode == core::SeedMode::locked;
    const std::uint64_t start = locked ? settings.seed : rolled_seed();
    const std::string id = current->id;
    for (int take = 0; take < settings.takes; ++take) {
        const std::uint64_t seed = start + static_cast<std::uint64_t>(take);
        const auto request = request_for(*current, seed);
        if (!request) return report(request.error());
        const QString title =
            tr("Shot %1 · %2").arg(shot_index() + 1).arg(prompt_title(QString::fromStdString(current->prompt)));
        desk_->add(generate_job(folder(), *current, *request, title.toStdString()));
    }
    prompts_->remember(QString::fromStdString(current->prompt), QString::fromStdString(current->negative_prompt));
    // The seed that was drawn is shown, so that it can be locked; it isn't a step to undo.
    if (settings.seed != start)
        document_.update_shot_everywhere(id, [start](core::Shot& target) { target.settings.seed = start; });
}

void StudioSession::set_export_choice(const ExportChoice& choice)
{
    export_choice_ = choice;
    write_state();
}

std::string StudioSession::export_now(const std::vector<std::string>& chosen)
{
    document_.end_merging();
    if (!keeper_->store()) return {};
    auto job = export_job(folder(), project(), selected_, chosen, export_choice_);
    if (!job) {
        report(job.error());
        return {};
    }
    return desk_->add_next(std::move(*job));
}

void StudioSession::load_models()
{
    if (!engine_.list_models) return;
    background_.run(this, engine_.list_models, [this](core::Result<std::vector<ModelEntry>> models) {
        if (!models) return report(models.error());
        models_ = std::move(*models);
        Q_EMIT models_changed();
        ask_later();
    });
}

void StudioSession::ask_later()
{
    ask_timer_.start();
}

void StudioSession::ask_tokens()
{
    const auto* current = shot();
    if (!current) return;
    prompts_->count_tokens(
        current->settings.model_id, current->prompt,
        core::prompt_context(project(), *current, model_of(*current), prompts_->wildcards(), current->settings.seed));
}

void StudioSession::ask_estimate()
{
    const auto* current = shot();
    if (!engine_.planner || !current) return;
    const auto request = request_for(*current, current->settings.seed);
    if (!request) return Q_EMIT estimate_changed({});
    const auto work = [planner = engine_.planner, asked = *request] { return planner->estimate(asked); };
    // What such a clip took a moment ago says more than a plan of what it should take.
    core::Job alike;
    alike.kind = k_generate_kind;
    alike.payload = generate_job(folder(), *current, *request, {}).payload;
    const double measured = desk_->seconds_for(alike);
    background_.run(
        this, work,
        [this, shot = selected_, takes = current->settings.takes, measured](const core::Result<core::Estimate>& estimate) {
            if (shot != selected_) return;
            if (!estimate) return Q_EMIT estimate_changed({});
            const double seconds = (measured > 0 ? measured : estimate->seconds) * takes;
            Q_EMIT estimate_changed(tr("about %1 · %2").arg(duration_words(seconds), size_words(estimate->peak_bytes)));
        });
}

void StudioSession::read_state()
{
    const auto text = core::read_file(places_.state / k_state_file, 1 << 20);
    if (!text) return;
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    if (!json.is_object()) return;
    for (const auto& folder : json.value("recent", nlohmann::json::array()))
        if (folder.is_string()) recent_.push_back(core::path_from_utf8(folder.get<std::string>()));
    if (const auto chosen = json.find("export"); chosen != json.end() && chosen->is_object())
        export_choice_ = choice_from_json(chosen->dump());
}

void StudioSession::write_state()
{
    nlohmann::json json{{"format", 1}, {"recent", nlohmann::json::array()}};
    for (const auto& folder : recent_)
        json["recent"].push_back(core::path_to_utf8(folder));
    json["export"] = nlohmann::json::parse(choice_to_json(export_choice_));
    const auto work = [folder = places_.state, text = json.dump(2)] {
        std::error_code failed;
        std::filesystem::create_directories(folder, failed);
        return core::write_file(folder / k_state_file, text);
    };
    keeper_->disk().run(this, work, [](const core::Result<void>& written) {
        if (!written) core::log_warning(written.error().message);
    });
}

}  // namespace kinora::ui
