#include <QAction>
#include <QDir>
#include <QFileInfo>

#include "core/base/paths.h"
#include "core/storyboard/layout.h"
#include "ui/session/media_importer.h"
#include "ui/shot/shot_panel.h"
#include "ui/storyboard/storyboard_actions.h"
#include "ui/storyboard/storyboard_view.h"
#include "ui/storyboard/storyboard_widget.h"
#include "ui/widgets/file_chooser.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/main_window.h"

// What the storyboard asks for goes to the session, what the session inserted is chosen on it.

namespace kinora::ui {

void MainWindow::connect_storyboard()
{
    auto& session = session_;
    connect(storyboard_, &StoryboardWidget::shot_selected, this,
            [this](const std::string& id) { session_.select_shot(id); });
    connect(storyboard_, &StoryboardWidget::shot_activated, this, [this](const std::string& id) {
        session_.select_shot(id);
        shot_panel_->focus_prompt();
    });
    connect(storyboard_, &StoryboardWidget::edit_requested, &session,
            [&session](const QString& name, const core::Document::Edit& edit) { session.change(name, edit); });
    connect(storyboard_, &StoryboardWidget::trim_dragged, &session,
            [&session](const std::string& id, core::FrameRange range, bool finished) { session.trim(id, range, finished); });
    connect(storyboard_, &StoryboardWidget::shot_add_requested, this, [this] {
        session_.add_shot();
        shot_panel_->focus_prompt();
    });
    connect(storyboard_, &StoryboardWidget::playhead_moved, this, &MainWindow::scrub_storyboard);
    connect(storyboard_, &StoryboardWidget::export_range_requested, &session,
            [&session](core::FrameRange range) { session.set_export_range(range); });
    connect(storyboard_, &StoryboardWidget::export_range_cleared, &session, [&session] { session.set_export_range({}); });
    connect(storyboard_, &StoryboardWidget::paste_requested, &session, &StudioSession::paste);
    connect(storyboard_, &StoryboardWidget::import_requested, &session, &StudioSession::import_files);
    addAction(storyboard_->actions()["import"]);
    connect(storyboard_, &StoryboardWidget::import_dialog_requested, this, &MainWindow::choose_media);
    connect(&session, &StudioSession::inserted, storyboard_, &StoryboardWidget::choose);
    connect_importer();
}

void MainWindow::connect_importer()
{
    auto* importer = &session_.importer();
    connect(importer, &MediaImporter::progressed, this, [this, importer](const QString& file, double fraction) {
        const QString text = tr("Bringing in %1…").arg(file);
        if (importing_) return message_->update_progress(text, fraction);
        importing_ = true;
        Notice notice;
        notice.tone = Tone::working;
        notice.text = text;
        notice.fraction = fraction;
        notice.action = tr("Stop");
        notice.on_action = [importer] { importer->stop(); };
        message_->show_notice(std::move(notice));
    });
    connect(importer, &MediaImporter::finished, this, [this] {
        if (std::exchange(importing_, false)) message_->dismiss();
    });
    connect(importer, &MediaImporter::failed, this, [this](const QString& reason) {
        show_session_message({SessionMessage::Kind::error, reason});
    });
}

void MainWindow::choose_media()
{
    const QString media = tr("Media (%1)")
                              .arg(QStringLiteral("*.mp4 *.mov *.mkv *.webm *.avi *.mxf *.gif *.wav *.flac *.mp3 *.m4a "
                                                  "*.ogg *.opus *.aif *.aiff *.png *.jpg *.jpeg "
                                                  "*.webp *.tif *.tiff *.exr *.bmp *.otio *.otioz *.edl"));
    auto* dialog =
        new FileChooser(this, tr("Import media"), media_folder_, media + QStringLiteral(";;") + tr("All files (*)"));
    dialog->setFileMode(FileChooser::ExistingFiles);
    connect(dialog, &FileChooser::filesSelected, this, [this](const QStringList& files) {
        const auto& project = session_.project();
        if (!files.isEmpty()) media_folder_ = QFileInfo(files.front()).absolutePath();
        const std::size_t index = project.shots.empty() ? 0 : session_.shot_index() + 1;
        session_.import_files(files, index, storyboard_->playhead(), 0);
    });
    dialog->open();
}

}  // namespace kinora::ui
