#include <QFileInfo>
#include <QLabel>
#include <QTabBar>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/paths.h"
#include "core/export/presets.h"
#include "core/storyboard/layout.h"
#include "ui/panels/job_row.h"
#include "ui/panels/library_panel.h"
#include "ui/panels/queue_panel.h"
#include "ui/panels/takes_panel.h"
#include "ui/player/images.h"
#include "ui/player/player_widget.h"
#include "ui/session/export_maker.h"
#include "ui/session/ways_out.h"
#include "ui/shot/shot_panel.h"
#include "ui/storyboard/storyboard_widget.h"
#include "ui/widgets/image_loader.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/words.h"
#include "ui/window/main_window.h"
#include "ui/window/preview_film.h"
#include "ui/window/take_binding.h"
#include "ui/window/top_bar.h"

// What the parts show of the session.

namespace kinora::ui {
namespace {

/// The picture of a moving preview that stands for all of it.
QImage middle_of(const std::vector<core::Picture8>& pictures)
{
    return pictures.empty() ? QImage() : image_of(pictures[pictures.size() / 2]);
}

}  // namespace

void MainWindow::show_project()
{
    const auto& project = session_.project();
    top_->set_project_name(QString::fromStdString(project.name));
    top_->set_save_state(session_.keeper().state(), session_.keeper().reason());
    setWindowTitle(tr("%1 – Kinora").arg(QString::fromStdString(project.name)));
    storyboard_->set_project(&project, QString::fromStdString(core::path_to_utf8(session_.folder())));
    storyboard_->zoom_to_fit();
    shots_ = project.shots.size();
    show_library();
    show_selection();
    show_jobs();
}

void MainWindow::show_selection()
{
    storyboard_->select(session_.selected_shot());
    bring_playhead();
    show_shot();
    show_jobs();
    show_player();
}

void MainWindow::bring_playhead()
{
    // A clip brings it along; where there is none yet, it would stay in a shot that isn't the one worked on.
    const auto* shot = session_.shot();
    if (!shot || core::selected_take(*shot) || player_->content() == PlayerWidget::Content::sequence) return;
    const auto at = core::what_is_at(session_.project(), storyboard_->playhead());
    if (at && at->shot == session_.shot_index()) return;
    following_ = true;
    storyboard_->set_playhead(static_cast<int>(core::Layout(session_.project()).project_frame(session_.shot_index(), 0)));
    following_ = false;
}

void MainWindow::show_shot()
{
    const auto* shot = session_.shot();
    takes_->show_shot(shot, [this](const std::string& file) { return session_.file(file); });
    if (!shot) return shot_panel_->show_no_shot();
    const auto index = session_.shot_index();
    shot_panel_->show_shot(*shot, static_cast<int>(index) + 1, index > 0);
    show_references();
    const auto preset = media::find_preset(session_.export_choice().delivery.preset);
    const QString name = preset ? QString::fromStdString((*preset)->name) : QString();
    const ExportScope scope = session_.export_choice().scope;
    top_->set_export_hint(scope == ExportScope::shot     ? tr("Export shot %1 as %2 (Ctrl+E)").arg(index + 1).arg(name)
                          : scope == ExportScope::chosen ? tr("Export the chosen shots as %1 (Ctrl+E)").arg(name)
                                                         : tr("Export the storyboard as %1 (Ctrl+E)").arg(name));
}

void MainWindow::show_references()
{
    const auto* shot = session_.shot();
    if (!shot) return;
    QImage first;
    QImage last;
    std::vector<std::pair<int, QImage>> between;
    for (const auto& reference : shot->settings.references) {
        const QImage picture = images_->picture(session_.file(reference.file));
        if (reference.frame > 0)
            between.emplace_back(reference.frame, picture);
        else
            (reference.frame == 0 ? first : last) = picture;
    }
    std::sort(between.begin(), between.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    shot_panel_->set_reference_pictures(first, {}, last, {});
    shot_panel_->set_references_between(between);
    shot_panel_->set_neighbours(session_.shot_index() + 1 < session_.project().shots.size(),
                                core::selected_take(*shot) != nullptr);
}

/// Whether a take's clip has sound: what was imported with sound keeps it when it is enlarged or interpolated.
static bool has_sound(const core::Project& project, const core::Shot& shot, const core::Take& take)
{
    const core::Take* origin = &take;
    for (std::size_t made = 0; made < shot.takes.size() && origin->asset.empty(); ++made) {
        const auto verb = origin->verb;
        const bool kept = verb == core::verb_name(core::Verb::upscale) || verb == core::verb_name(core::Verb::interpolate);
        const core::Take* parent = kept && origin->parents.size() == 1 ? core::find_take(shot, origin->parents[0]) : nullptr;
        if (!parent) return false;
        origin = parent;
    }
    const core::Asset* asset = core::find_asset(project, origin->asset);
    return asset && asset->samples > 0;
}

void MainWindow::show_player()
{
    const auto* shot = session_.shot();
    if (!shot) return player_->show_empty(tr("The storyboard is empty. Add a shot to begin."));
    const auto* job = session_.desk().job_of_shot(shot->id);
    const bool running = job && job->state == core::JobState::running;
    if (running && job->progress.preview && !job->progress.preview->empty()) return show_progress(*job);
    if (const auto* take = core::selected_take(*shot)) {
        player_->show_clip(session_.file(core::clip_file(session_.project(), *take)), take->rate, shot->range,
                           has_sound(session_.project(), *shot, *take));
        show_takes_to_compare();
        return player_->set_label(tr("Take %1").arg(take->number));
    }
    if (running) return player_->show_empty(tr("Rendering: %1").arg(job_state_text(*job)));
    if (job) return player_->show_empty(tr("This shot waits in the queue for its turn."));
    player_->show_empty(shot->prompt.empty() ? tr("Describe the shot at the left, then press Generate.\n"
                                                  "Its pictures appear here while they are made.")
                                             : tr("Press Generate (Ctrl+Enter) to see this shot."));
}

void MainWindow::show_takes_to_compare()
{
    QVector<TakeChoice> takes;
    for (const auto& take : session_.shot()->takes) {
        const std::string& file = core::clip_file(session_.project(), take);
        if (file.empty()) continue;
        takes.append({QString::fromStdString(take.id), tr("Take %1").arg(take.number), session_.file(file), take.rate});
    }
    player_->set_takes(takes);
}

void MainWindow::show_jobs()
{
    const auto& jobs = session_.desk().jobs();
    // Only while it is looked at; when it is opened it asks.
    if (queue_->isVisible())
        queue_->show_jobs(jobs, session_.desk().held(),
                          [this](const core::Job& job) { return session_.desk().seconds_for(job); });
    std::vector<core::Job> here;
    for (const auto& job : jobs)
        if (job.kind == k_generate_kind && job.shot == session_.selected_shot() && job.state != core::JobState::done &&
            job.state != core::JobState::cancelled)
            here.push_back(job);
    takes_->show_jobs(here);
    for (const auto& shot : session_.project().shots) {
        const auto* job = session_.desk().job_of_shot(shot->id);
        if (!job || job->state != core::JobState::running) film_->clear(shot->id);
        if (!job)
            storyboard_->clear_progress(shot->id);
        else if (job->state != core::JobState::running)
            storyboard_->set_progress(shot->id, -1, {});
    }
    show_queue_pill();
}

void MainWindow::show_queue_pill()
{
    const int open = session_.desk().unfinished();
    if (open == 0) return top_->set_queue({});
    const double left = session_.desk().seconds_left();
    QString text = session_.desk().held() ? tr("Queue %1 · paused").arg(open) : tr("Queue %1").arg(open);
    if (left >= 0) text += tr(" · %1 left").arg(duration_words(left));
    top_->set_queue(text);
}

void MainWindow::show_progress(const core::Job& job)
{
    if (queue_->isVisible()) queue_->update_job(job);
    show_queue_pill();
    if (job.kind == k_export_kind) {
        if (job.id == exporting_)
            message_->update_progress(tr("Exporting %1").arg(QString::fromStdString(job.title)), job.progress.fraction);
        return;
    }
    const auto& preview = job.progress.preview;
    const QImage picture = preview ? middle_of(*preview) : QImage();
    takes_->update_job(job, picture);
    film_->show(job.shot, job.progress.fraction, preview);
    if (job.shot != session_.selected_shot()) return;
    if (preview && !preview->empty()) {
        // The preview has fewer pictures than the clip will; it plays in the same time.
        const auto* shot = session_.shot();
        const auto model = session_.model_of(*shot);
        const int frames = std::max(1, shot->settings.frames.value_or(model.default_frames));
        const core::FrameRate rate(static_cast<std::int64_t>(preview->size()) * model.rate.numerator,
                                   frames * model.rate.denominator);
        player_->show_preview(preview, rate, job_state_text(job));
    } else if (!core::selected_take(*session_.shot())) {
        player_->show_empty(tr("Rendering: %1").arg(job_state_text(job)));
    }
}

void MainWindow::show_finished(const core::Job& job)
{
    if (job.shot == session_.selected_shot()) show_player();
    if (job.kind != k_export_kind) {
        if (job.state == core::JobState::failed) {
            Notice notice;
            notice.tone = Tone::bad;
            notice.text = QString::fromStdString(job.error);
            const auto ways = ways_out(job);
            notice.action = ways.empty() ? tr("Try again") : ways.front().text;
            notice.on_action = [this, id = job.id, way = ways.empty() ? std::string() : ways.front().id] {
                message_->dismiss();
                way.empty() ? session_.desk().retry(id) : take_binding_->go_out(id, way);
            };
            message_->show_notice(std::move(notice));
        }
        return;
    }
    if (job.id != exporting_) return;
    exporting_.clear();
    Notice notice;
    if (job.state == core::JobState::cancelled) return message_->dismiss();
    if (job.state == core::JobState::failed) {
        notice.tone = Tone::bad;
        notice.text = QString::fromStdString(job.error);
        notice.action = tr("Export again");
        notice.on_action = [this] { export_with_bar(); };
    } else {
        const auto result = nlohmann::json::parse(job.result, nullptr, false);
        const QString file = QString::fromStdString(result.is_object() ? result.value("file", "") : std::string());
        notice.tone = Tone::good;
        notice.text = tr("Exported %1").arg(QString::fromStdString(job.title));
        if (result.is_object() && result.contains("notes") && !result["notes"].empty())
            notice.text += QStringLiteral(" · ") + QString::fromStdString(result["notes"].front().get<std::string>());
        notice.action = tr("Reveal");
        notice.on_action = [this, file] { reveal(file); };
    }
    message_->show_notice(std::move(notice));
}

void MainWindow::show_library()
{
    // Only while it is looked at: it lists every take of the project, and typing changes the project at every key.
    constexpr int k_library_page = 2;
    if (tabs_->currentIndex() == k_library_page)
        library_->show_project(session_.project(), [this](const std::string& file) { return session_.file(file); });
}

void MainWindow::show_session_message(const SessionMessage& message)
{
    Notice notice;
    notice.tone = message.kind == SessionMessage::Kind::error     ? Tone::bad
                  : message.kind == SessionMessage::Kind::warning ? Tone::warn
                                                                  : Tone::info;
    notice.text = message.text;
    message_->show_notice(std::move(notice));
}

void MainWindow::show_hints()
{
    const QWidget* focus = focusWidget();
    const bool writing = focus && (focus->inherits("QPlainTextEdit") || focus->inherits("QLineEdit"));
    const bool board = focus && (focus == storyboard_ || storyboard_->isAncestorOf(focus));
    QString text = tr("Space play · J K L shuttle · I O trim · Ctrl+Enter generate");
    if (writing)
        text = tr("Ctrl+Enter generate · Ctrl+↑ ↓ weigh the selected words · Esc to the player");
    else if (board)
        text = tr("Space play all · S split · Q W trim · M marker · Ctrl+T dissolve · N snap · Alt on an edge rolls");
    static_cast<ElidedLabel*>(hints_)->set_full_text(text);
}

void MainWindow::scrub_storyboard(int project_frame)
{
    const auto place = core::what_is_at(session_.project(), project_frame);
    if (!place || following_) return;
    if (player_->content() == PlayerWidget::Content::sequence) return player_->seek(project_frame);
    const auto& shot = *session_.project().shots[place->shot];
    if (shot.kind == core::ShotKind::gap) return;  // the panels have nothing to show of it
    const bool other = shot.id != session_.selected_shot();
    pending_frame_ = other ? static_cast<int>(place->source_frame) : -1;
    session_.select_shot(shot.id);
    if (player_->content() == PlayerWidget::Content::clip) player_->seek(static_cast<int>(place->source_frame));
}

void MainWindow::player_moved(int frame)
{
    const auto content = player_->content();
    if (content == PlayerWidget::Content::clip && pending_frame_ >= 0 && player_->frame_count() > 0) {
        const int target = std::exchange(pending_frame_, -1);
        if (target != frame) return player_->seek(target);
    }
    following_ = true;
    if (content == PlayerWidget::Content::sequence) {
        storyboard_->set_playhead(frame);
    } else if (content == PlayerWidget::Content::clip && player_->frame_count() > 0 && session_.shot()) {
        const core::Layout layout(session_.project());
        storyboard_->set_playhead(static_cast<int>(layout.project_frame(session_.shot_index(), frame)));
    }
    following_ = false;
}

}  // namespace kinora::ui
