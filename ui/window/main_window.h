#pragma once

#include <QMainWindow>
#include <memory>
#include <string>

#include "core/media/clip_cache.h"
#include "ui/session/studio_session.h"

class QLabel;
class QSplitter;
class QStackedWidget;
class QTabBar;

namespace kinora::ui {

class AboutSheet;
class ExportPopover;
struct FrameToSave;
class HistoryPanel;
class ImageLoader;
class LibraryPanel;
class MessageBar;
class ModelDesk;
class ModelsPanel;
class PlayerWidget;
class ProjectCommands;
class ProjectStrip;
class PreviewFilm;
class QueuePanel;
class ShotPanel;
class StoryboardWidget;
class TakeBinding;
class TakesPanel;
class ThumbnailStore;
class TopBar;
class WindowActions;
class WindowCommands;

/// The studio's window: shows the session in its panels and hands gestures to it.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(StudioSession& session, QWidget* parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] ShotPanel* shot_panel() const { return shot_panel_; }
    [[nodiscard]] PlayerWidget* player() const { return player_; }
    [[nodiscard]] StoryboardWidget* storyboard() const { return storyboard_; }
    [[nodiscard]] TakesPanel* takes_panel() const { return takes_; }
    [[nodiscard]] QueuePanel* queue_panel() const { return queue_; }
    [[nodiscard]] TopBar* top_bar() const { return top_; }
    [[nodiscard]] MessageBar* message_bar() const { return message_; }
    [[nodiscard]] ExportPopover* export_popover() const { return export_; }
    [[nodiscard]] QTabBar* tabs() const { return tabs_; }
    [[nodiscard]] ModelsPanel* models_panel() const { return models_; }
    [[nodiscard]] HistoryPanel* history_panel() const { return history_; }
    [[nodiscard]] ProjectStrip* project_strip() const { return strip_; }
    [[nodiscard]] WindowActions& actions() const { return *actions_; }
    /// Decoded pictures of the player, and those of the filmstrips.
    [[nodiscard]] media::ClipCache& pictures() const { return *clips_; }
    [[nodiscard]] ThumbnailStore& thumbnails() const { return *thumbnails_; }
    [[nodiscard]] WindowCommands& commands() const { return *commands_; }
    [[nodiscard]] ProjectCommands& project_commands() const { return *project_commands_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    // main_window.cpp: the parts and where they stand
    void build();
    QWidget* build_side();
    QWidget* build_status();
    void divide_space();
    void place_message();
    void add_stall_meter();  // window_meter.cpp

    // action_wiring.cpp: what the window's actions do, and when they can
    void connect_actions();
    void connect_edit_actions();
    void connect_shot_actions();
    void connect_view_actions();
    void update_edit_actions();
    void update_shot_actions();
    void show_history_panel(bool shown);
    void show_side_page(int page);
    void step_take(int step);
    void show_about();
    void copy_diagnostics();
    void share_picture_memory();

    // window_wiring.cpp: gestures to the session, its signals to the parts
    void connect_shot_panel();
    void connect_player();
    void connect_side();
    void connect_top();
    void connect_session();
    void export_with_bar();
    void show_export_options();
    void reveal(const QString& file);
    void play_storyboard();
    void show_storyboard_in_player(int frame);
    void save_frame(const FrameToSave& picture, int frame);

    // window_models.cpp: models
    void connect_models();
    void show_models();
    void use_model(const std::string& id);

    // storyboard_wiring.cpp: the storyboard and what it brings in
    void connect_storyboard();
    void connect_importer();
    void choose_media();

    // window_views.cpp: what the parts show
    void show_project();
    void show_selection();
    void bring_playhead();
    void show_shot();
    void show_references();
    void show_player();
    void show_takes_to_compare();
    void show_jobs();
    void show_library();
    void show_progress(const core::Job& job);
    void show_finished(const core::Job& job);
    void show_queue_pill();
    void show_hints();
    void show_session_message(const SessionMessage& message);
    void scrub_storyboard(int project_frame);
    void player_moved(int frame);

    StudioSession& session_;
    std::shared_ptr<media::ClipCache> clips_;
    std::shared_ptr<ThumbnailStore> thumbnails_;
    ImageLoader* images_;
    TopBar* top_;
    ShotPanel* shot_panel_;
    PlayerWidget* player_;
    MessageBar* message_;
    QStackedWidget* side_;  ///< tabs with their pages, or the history
    QTabBar* tabs_;
    QStackedWidget* pages_;
    TakesPanel* takes_;
    TakeBinding* take_binding_;
    PreviewFilm* film_;
    QueuePanel* queue_;
    LibraryPanel* library_;
    ModelDesk* model_desk_;
    ModelsPanel* models_;
    StoryboardWidget* storyboard_;
    ExportPopover* export_;
    HistoryPanel* history_;
    AboutSheet* about_ = nullptr;  ///< made when it is asked for
    ProjectStrip* strip_;
    WindowActions* actions_;
    WindowCommands* commands_;
    ProjectCommands* project_commands_;
    QLabel* hints_;
    QSplitter* columns_;
    QSplitter* rows_;
    std::string exporting_;   ///< job that the bar tells of
    std::size_t shots_ = 0;   ///< as many as the storyboard was fitted to
    int pending_frame_ = -1;  ///< source frame to show once the clip is open
    bool following_ = false;  ///< the playhead moves because of the player, not of the artist
    bool divided_ = false;
    bool importing_ = false;  ///< the bar tells of it
    QString media_folder_;    ///< where files were brought in from last
};

}  // namespace kinora::ui
