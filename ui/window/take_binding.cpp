#include "ui/window/take_binding.h"

#include <QFileInfo>

#include "core/base/paths.h"
#include "core/project/take_edits.h"
#include "core/prompt/expand.h"
#include "ui/panels/job_editor.h"
#include "ui/panels/job_row.h"
#include "ui/panels/queue_panel.h"
#include "ui/panels/takes_panel.h"
#include "ui/player/player_widget.h"
#include "ui/session/made_file.h"
#include "ui/session/take_maker.h"
#include "ui/session/ways_out.h"
#include "ui/shot/finish_fields.h"
#include "ui/verbs/verb_actions.h"
#include "ui/verbs/verb_desk.h"
#include "ui/widgets/message_bar.h"

namespace kinora::ui {

TakeBinding::TakeBinding(StudioSession& session, TakesPanel& takes, QueuePanel& queue, MessageBar& message, QWidget* window)
    : QObject(window),
      session_(session),
      takes_(takes),
      queue_(queue),
      message_(message),
      window_(window),
      desk_(new VerbDesk(session, this)),
      verbs_(new VerbActions(*desk_, this)),
      editor_(new JobEditor(window))
{
    window_->addActions(QList<QAction*>(verbs_->all().begin(), verbs_->all().end()));
    takes_.set_verbs(*verbs_);
    if (auto* finish = window_->findChild<FinishFields*>()) {
        const auto missing = [this](core::Verb verb) {
            const auto there = desk_->network(verb);
            return there ? QString() : QString::fromStdString(there.error().message);
        };
        finish->set_missing(missing(core::Verb::upscale), missing(core::Verb::interpolate));
    }
    for (const auto signal :
         {&StudioSession::project_opened, &StudioSession::selection_changed, &StudioSession::models_changed})
        connect(&session_, signal, verbs_, &VerbActions::refresh);
    connect(&session_, &StudioSession::project_changed, verbs_, &VerbActions::refresh);
    connect(&session_, &StudioSession::take_added, this, &TakeBinding::show_before_after);
    connect_takes();
    connect_jobs();
}

void TakeBinding::connect_takes()
{
    connect(&takes_, &TakesPanel::remove_requested, this, &TakeBinding::remove_take);
    connect(&takes_, &TakesPanel::reroll_requested, desk_, &VerbDesk::reroll);
    connect(&takes_, &TakesPanel::frame_requested, this, &TakeBinding::give_frame);
    auto* jobs = &session_.desk();
    connect(&takes_, &TakesPanel::keep_requested, jobs, &JobDesk::stop_and_keep);
    connect(&takes_, &TakesPanel::pause_requested, jobs, &JobDesk::pause);
    connect(&takes_, &TakesPanel::go_on_requested, jobs, &JobDesk::go_on);
    connect(&takes_, &TakesPanel::way_out_requested, this, &TakeBinding::go_out);
}

void TakeBinding::connect_jobs()
{
    auto* jobs = &session_.desk();
    connect(&queue_, &QueuePanel::keep_requested, jobs, &JobDesk::stop_and_keep);
    connect(&queue_, &QueuePanel::pause_requested, jobs, &JobDesk::pause);
    connect(&queue_, &QueuePanel::go_on_requested, jobs, &JobDesk::go_on);
    connect(&queue_, &QueuePanel::duplicate_requested, jobs, &JobDesk::duplicate);
    connect(&queue_, &QueuePanel::move_requested, jobs, &JobDesk::move);
    connect(&queue_, &QueuePanel::edit_requested, this, &TakeBinding::edit_job);
    connect(&queue_, &QueuePanel::way_out_requested, this, &TakeBinding::go_out);
    connect(editor_, &JobEditor::saved, this,
            [this](const core::GenerationRequest& request) { change_job(edited_, request); });
}

void TakeBinding::show_before_after(const QString& shot, const QString& id)
{
    if (shot.toStdString() != session_.selected_shot()) return;
    const core::Take* take = core::find_take(*session_.shot(), id.toStdString());
    if (take == nullptr || take->parents.empty()) return;
    const bool enhanced =
        take->verb == core::verb_name(core::Verb::upscale) || take->verb == core::verb_name(core::Verb::interpolate);
    auto* player = window_->findChild<PlayerWidget*>();
    if (!enhanced || player == nullptr) return;
    player->compare().choose(QString::fromStdString(take->parents.front()));
    player->compare().set_mode(CompareMode::wipe);
}

void TakeBinding::remove_take(const std::string& id)
{
    const auto* shot = session_.shot();
    const auto* take = shot ? core::find_take(*shot, id) : nullptr;
    if (!take) return;
    const int number = take->number;
    session_.remove_take(id);
    Notice notice;
    notice.tone = Tone::info;
    notice.text = tr("Take %1 is off the list. Its files stay until a clean-up.").arg(number);
    notice.action = tr("Undo");
    notice.on_action = [this] {
        message_.dismiss();
        session_.undo();
    };
    message_.show_notice(std::move(notice));
}

void TakeBinding::give_frame(const std::string& id, double part, int place)
{
    const auto* shot = session_.shot();
    const auto* take = shot ? core::find_take(*shot, id) : nullptr;
    if (!take) return;
    const auto last = static_cast<double>(take->frames - 1);
    session_.set_reference_from_clip(place, session_.file(core::clip_file(session_.project(), *take)),
                                     static_cast<int>(part * last + 0.5));
}

void TakeBinding::edit_job(const std::string& id)
{
    const auto* job = session_.desk().job(id);
    const auto request = job ? request_of_job(job->payload) : core::Result<core::GenerationRequest>(core::Error{});
    const JobRow* row = queue_.row_of(id);
    if (!request || !row) return;
    edited_ = id;
    const auto* model = session_.find_model(request->model_id);
    editor_->edit(*request, model ? *model : core::ModelCapabilities());
    editor_->open_at(row);
}

void TakeBinding::change_job(const std::string& id, core::GenerationRequest request)
{
    const auto* model = session_.find_model(request.model_id);
    core::PromptContext context;
    if (model) {
        context.rate = request.rate.value_or(model->rate);
        context.frames = request.frames.value_or(model->default_frames);
        context.takes_weights = model->prompt_weights;
        context.takes_times = model->prompt_times;
    }
    context.seed = request.seed;
    context.variables = session_.project().settings.variables;
    auto prompt = core::expand_prompt(request.prompt_text, context);
    QString problem;
    if (!prompt)
        problem = QString::fromStdString(prompt.error().message);
    else if (prompt->spans.empty())
        problem = tr("The prompt is empty: describe what the shot shows.");
    if (problem.isEmpty()) {
        request.prompt = std::move(prompt->spans);
        if (!session_.desk().change_request(id, request)) problem = tr("The job has started already; it was left as it is.");
    }
    if (!problem.isEmpty()) Q_EMIT session_.message({SessionMessage::Kind::error, problem});
}

void TakeBinding::go_out(const std::string& id, const std::string& way)
{
    if (way == "models") return Q_EMIT models_requested();
    if (way == "edit") return edit_job(id);
    const auto* job = session_.desk().job(id);
    if (!job) return;
    const auto asked = request_of_job(job->payload);
    const auto* model = asked ? session_.find_model(asked->model_id) : nullptr;
    const auto request = changed_request(*job, way, model ? *model : core::ModelCapabilities());
    if (!request)
        return Q_EMIT session_.message({SessionMessage::Kind::error, QString::fromStdString(request.error().message)});
    message_.dismiss();
    session_.desk().change_request(id, *request);
}

bool TakeBinding::may_restore(const QString& file)
{
    const QString ending = QFileInfo(file).suffix().toLower();
    return QStringList{QStringLiteral("mp4"), QStringLiteral("mov"),  QStringLiteral("mkv"),
                       QStringLiteral("png"), QStringLiteral("json"), QStringLiteral("safetensors")}
        .contains(ending);
}

void TakeBinding::restore(const QString& file)
{
    const auto work = [path = core::path_from_utf8(file.toStdString())] { return recipe_of_file(path); };
    session_.keeper().disk().run(this, work, [this, file](const core::Result<core::Recipe>& recipe) {
        if (!recipe)
            return Q_EMIT session_.message({SessionMessage::Kind::warning, QString::fromStdString(recipe.error().message)});
        session_.use_recipe(*recipe);
        Notice notice;
        notice.tone = Tone::good;
        notice.text = tr("Prompt and settings are those of %1.").arg(QFileInfo(file).fileName());
        notice.action = tr("Undo");
        notice.on_action = [this] {
            message_.dismiss();
            session_.undo();
        };
        message_.show_notice(std::move(notice));
    });
}

}  // namespace kinora::ui
