#include <QDesktopServices>
#include <QFileInfo>
#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>
#include <QThreadPool>
#include <QToolButton>
#include <QUrl>

#include "core/base/paths.h"
#include "core/storyboard/layout.h"
#include "ui/panels/library_panel.h"
#include "ui/panels/models_panel.h"
#include "ui/panels/queue_panel.h"
#include "ui/panels/takes_panel.h"
#include "ui/player/frame_file.h"
#include "ui/player/player_widget.h"
#include "ui/shot/shot_panel.h"
#include "ui/storyboard/storyboard_view.h"
#include "ui/storyboard/storyboard_widget.h"
#include "ui/verbs/verb_actions.h"
#include "ui/widgets/image_loader.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/export_popover.h"
#include "ui/window/main_window.h"
#include "ui/window/preview_film.h"
#include "ui/window/prompt_binding.h"
#include "ui/window/take_binding.h"
#include "ui/window/top_bar.h"

// Gestures go to the session, the session's signals to the parts.

namespace kinora::ui {

void MainWindow::connect_shot_panel()
{
    auto& session = session_;
    new PromptBinding(session, *shot_panel_, this);
    connect(shot_panel_, &ShotPanel::prompt_edited, &session, &StudioSession::set_prompt);
    connect(shot_panel_, &ShotPanel::negative_edited, &session, &StudioSession::set_negative_prompt);
    connect(shot_panel_, &ShotPanel::typing_paused, &session, &StudioSession::end_typing);
    connect(shot_panel_, &ShotPanel::settings_edited, &session, &StudioSession::set_settings);
    connect(shot_panel_, &ShotPanel::generate_requested, &session, &StudioSession::generate);
    connect(shot_panel_, &ShotPanel::undo_requested, &session, &StudioSession::undo);
    connect(shot_panel_, &ShotPanel::redo_requested, &session, &StudioSession::redo);
    connect(shot_panel_, &ShotPanel::reference_dropped, &session,
            [&session](int frame, const QString& file) { session.set_reference(frame, file); });
    connect(shot_panel_, &ShotPanel::reference_given, &session,
            [&session](int frame, const QImage& picture) { session.set_reference(frame, picture, {}); });
    connect(shot_panel_, &ShotPanel::player_frame_requested, this, [this](int frame) {
        if (!player_->picture().isNull()) session_.set_reference(frame, player_->picture(), {});
    });
    connect(shot_panel_, &ShotPanel::lead_to_next_requested, &session, &StudioSession::lead_to_next);
    connect(shot_panel_, &ShotPanel::reference_removed, &session, &StudioSession::remove_reference);
    connect(shot_panel_, &ShotPanel::chain_requested, &session, &StudioSession::chain_to_previous);
    connect(images_, &ImageLoader::loaded, this, &MainWindow::show_references);
}

void MainWindow::connect_player()
{
    connect(player_, &PlayerWidget::trim_changed, this, [this](core::FrameRange range, bool finished) {
        const std::string& held = session_.trimmed_shot();
        const bool shown = player_->content() == PlayerWidget::Content::clip;
        if (shown && (held.empty() || held == session_.selected_shot()))
            session_.trim(session_.selected_shot(), range, finished);
        else if (finished)  // The player shows something else since the drag began: what it came to stands, and it ends.
            session_.end_trim();
    });
    connect(player_, &PlayerWidget::position_changed, this, &MainWindow::player_moved);
    connect(player_, &PlayerWidget::save_frame_requested, this, &MainWindow::save_frame);
    connect(player_, &PlayerWidget::use_as_first_frame_requested, this,
            [this](const QImage& picture, int frame) { session_.set_reference(0, picture, tr("frame %1").arg(frame)); });
}

void MainWindow::connect_side()
{
    take_binding_ = new TakeBinding(session_, *takes_, *queue_, *message_, this);
    const VerbActions& verbs = take_binding_->verbs();
    storyboard_->add_verbs({{verbs["extend-after"], tr("Extend")},
                            {verbs["loop"], tr("Loop")},
                            {verbs["blend"], tr("Blend")},
                            {verbs["remix"], tr("Remix")}});
    setAcceptDrops(true);
    film_ = new PreviewFilm(*storyboard_, this);
    connect(take_binding_, &TakeBinding::models_requested, this,
            [this] { tabs_->setCurrentIndex(pages_->indexOf(models_)); });
    connect(tabs_, &QTabBar::currentChanged, this, &MainWindow::show_library);
    auto& session = session_;
    auto* desk = &session_.desk();
    connect(takes_, &TakesPanel::take_chosen, &session, &StudioSession::select_take);
    connect(takes_, &TakesPanel::star_toggled, &session, &StudioSession::star_take);
    connect(takes_, &TakesPanel::use_settings_requested, &session, &StudioSession::use_settings_of);
    connect(takes_, &TakesPanel::compare_requested, this,
            [this](const std::string& take) { player_->compare_with(QString::fromStdString(take)); });
    connect(takes_, &TakesPanel::reveal_requested, this, &MainWindow::reveal);
    connect(takes_, &TakesPanel::stop_requested, desk, &JobDesk::stop);
    connect(takes_, &TakesPanel::retry_requested, desk, &JobDesk::retry);
    connect(takes_, &TakesPanel::job_remove_requested, desk, &JobDesk::remove);
    connect(queue_, &QueuePanel::stop_requested, desk, &JobDesk::stop);
    connect(queue_, &QueuePanel::retry_requested, desk, &JobDesk::retry);
    connect(queue_, &QueuePanel::remove_requested, desk, &JobDesk::remove);
    connect(queue_, &QueuePanel::clear_requested, desk, &JobDesk::clear_finished);
    connect(queue_, &QueuePanel::hold_requested, desk, &JobDesk::set_held);
    connect(library_, &LibraryPanel::take_chosen, this, [this](const std::string& shot, const std::string& take) {
        session_.select_shot(shot);
        session_.select_take(take);
    });
}

void MainWindow::connect_top()
{
    connect(top_, &TopBar::renamed, &session_, &StudioSession::rename_project);
    connect(top_, &TopBar::export_requested, this, &MainWindow::export_with_bar);
    connect(top_, &TopBar::export_options_requested, this, &MainWindow::show_export_options);
    connect(queue_, &QueuePanel::opened, this, &MainWindow::show_jobs);
    connect(top_, &TopBar::queue_clicked, this, [this] { show_side_page(1); });
    connect(export_, &ExportPopover::choice_changed, &session_, &StudioSession::set_export_choice);
    connect(export_, &ExportPopover::export_requested, this, &MainWindow::export_with_bar);
}

void MainWindow::connect_session()
{
    connect(&session_, &StudioSession::project_opened, this, &MainWindow::show_project);
    connect(&session_, &StudioSession::selection_changed, this, &MainWindow::show_selection);
    connect(&session_, &StudioSession::project_changed, this, [this](const core::ChangeEvent& change) {
        storyboard_->refresh();
        if (change.order && session_.project().shots.size() > std::exchange(shots_, session_.project().shots.size()))
            storyboard_->zoom_to_fit();
        top_->set_project_name(QString::fromStdString(session_.project().name));
        if (change.order ||
            std::find(change.shots.begin(), change.shots.end(), session_.selected_shot()) != change.shots.end()) {
            show_shot();
            if (player_->content() != PlayerWidget::Content::sequence) show_player();
        }
        if (player_->content() == PlayerWidget::Content::sequence) show_storyboard_in_player(-1);
        show_library();
    });
    connect(&session_, &StudioSession::models_changed, this, [this] {
        std::vector<core::ModelCapabilities> models;
        for (const auto& model : session_.models())
            models.push_back(model.capabilities);
        shot_panel_->set_models(models);
        show_models();
    });
    connect(&session_, &StudioSession::estimate_changed, shot_panel_, &ShotPanel::set_estimate);
    connect(&session_, &StudioSession::message, this, &MainWindow::show_session_message);
    auto* keeper = &session_.keeper();
    connect(keeper, &ProjectKeeper::state_changed, this, [this, keeper] {
        top_->set_save_state(keeper->state(), keeper->reason());
        if (keeper->state() == SaveState::failed) show_session_message({SessionMessage::Kind::error, keeper->reason()});
    });
    auto* desk = &session_.desk();
    connect(desk, &JobDesk::jobs_changed, this, [this] {
        show_jobs();
        // Without a picture the player says what becomes of the shot.
        if (player_->content() == PlayerWidget::Content::empty) show_player();
    });
    connect(desk, &JobDesk::job_progressed, this, &MainWindow::show_progress);
    connect(desk, &JobDesk::job_finished, this, &MainWindow::show_finished);
}

void MainWindow::export_with_bar()
{
    const std::string job = session_.export_now(storyboard_->view()->selection().shots(session_.project()));
    if (job.empty()) return;
    exporting_ = job;
    Notice notice;
    notice.tone = Tone::working;
    notice.text = tr("Exporting…");
    notice.fraction = 0;
    notice.action = tr("Stop");
    notice.on_action = [this, job] { session_.desk().stop(job); };
    message_->show_notice(std::move(notice));
}

void MainWindow::show_export_options()
{
    export_->set_subject(session_.project(), session_.selected_shot(),
                         storyboard_->view()->selection().shots(session_.project()), session_.folder());
    export_->set_choice(session_.export_choice());
    export_->open_below(top_->export_arrow());
}

void MainWindow::reveal(const QString& file)
{
    const QFileInfo info(file);
    QDesktopServices::openUrl(QUrl::fromLocalFile(info.isDir() ? file : info.absolutePath()));
}

void MainWindow::play_storyboard()
{
    if (player_->content() == PlayerWidget::Content::sequence && player_->playing()) return player_->pause();
    const auto& project = session_.project();
    if (project.shots.empty()) return;
    player_->set_label({});
    show_storyboard_in_player(std::max(0, storyboard_->playhead()));
    player_->play();
}

void MainWindow::show_storyboard_in_player(int frame)
{
    // By value: the sound is mixed on a thread of its own.
    const auto locate = [folder = session_.folder()](const std::string& file) {
        return QString::fromStdString(core::path_to_utf8(folder / core::path_from_utf8(file)));
    };
    player_->show_storyboard(session_.project(), locate, frame);
}

void MainWindow::save_frame(const FrameToSave& picture, int frame)
{
    const QString folder = QString::fromStdString(core::path_to_utf8(session_.folder() / "exports"));
    const QString file =
        QStringLiteral("%1/%2 frame %3.png")
            .arg(folder, QString::fromStdString(session_.project().name).replace(QLatin1Char('/'), QLatin1Char('-')))
            .arg(frame, 4, 10, QLatin1Char('0'));
    const auto work = [file, picture] { return save_frame_png(picture, file); };
    session_.keeper().disk().run(this, work, [this, file](const core::Result<void>& saved) {
        Notice notice;
        notice.tone = saved ? Tone::good : Tone::bad;
        notice.text = saved ? tr("Saved %1").arg(QFileInfo(file).fileName()) : QString::fromStdString(saved.error().message);
        if (saved) {
            notice.action = tr("Show");
            notice.on_action = [this, file] { reveal(file); };
        }
        message_->show_notice(std::move(notice));
    });
}

}  // namespace kinora::ui
