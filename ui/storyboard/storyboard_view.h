#pragma once

#include <QAbstractScrollArea>
#include <QTimer>
#include <functional>
#include <memory>
#include <string>

#include "core/project/document.h"
#include "ui/storyboard/storyboard_scene.h"

class QMimeData;

namespace kinora::ui {

class NoteEditor;
class StoryboardGesture;
class TextCache;
class WaveformStore;

/// What a press on a shot does.
enum class StoryboardTool { select, blade, slip };

/// The strip itself: ruler, shots, sounds, playhead. Gestures become edits that are asked for with `edit_requested`, and
/// nothing is changed here. While something is dragged the view shows the outcome on a copy of the project.
class StoryboardView : public QAbstractScrollArea {
    Q_OBJECT

public:
    StoryboardView(std::shared_ptr<ThumbnailStore> thumbnails, QWidget* parent = nullptr);
    ~StoryboardView() override;

    /// Not owned, may be null; `folder` is the project's. Called again (or `refresh`) after every change.
    void set_project(const core::Project* project, const QString& folder);
    void refresh();
    void set_playhead(std::int64_t frame);
    /// Makes a shot the current one, as the panels' answer to `shot_selected` or by themselves.
    void select(const std::string& shot_id);
    void set_progress(const std::string& shot_id, const ShotProgress& progress);
    void clear_progress(const std::string& shot_id);
    void set_mode(StoryboardMode mode);
    void set_snapping(bool snapping) { snapping_ = snapping; }
    void set_tool(StoryboardTool tool);

    [[nodiscard]] const core::Project* project() const { return project_; }
    /// The project with what a drag does to it so far.
    [[nodiscard]] const core::Project& shown() const { return preview_ ? *preview_ : *project_; }
    [[nodiscard]] const QString& folder() const { return folder_; }
    [[nodiscard]] const core::Layout& layout_now() const { return *layout_; }
    [[nodiscard]] StoryboardMode mode() const { return mode_; }
    [[nodiscard]] bool snapping() const { return snapping_; }
    [[nodiscard]] StoryboardTool tool() const { return tool_; }
    [[nodiscard]] const std::string& selected() const { return selection_.current(); }
    [[nodiscard]] const StoryboardSelection& selection() const { return selection_; }
    [[nodiscard]] std::int64_t playhead() const { return playhead_; }
    [[nodiscard]] std::optional<std::size_t> index_of(const std::string& shot_id) const;

    /// Width of one project frame.
    [[nodiscard]] double pixels_per_frame() const { return pixels_per_frame_; }
    /// Keeps what is at `anchor_x` where it is; below 0: the playhead if it is in view, else the middle.
    void set_zoom(double pixels_per_frame, double anchor_x = -1);
    /// And keeps doing so while the film grows, until another zoom is chosen.
    void zoom_to_fit();
    [[nodiscard]] StoryboardGeometry geometry_now() const;
    [[nodiscard]] QSize sizeHint() const override { return {800, 200}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {320, 110}; }

    // For commands and gestures.
    /// The artist chose this shot, and only it.
    void choose(const std::string& shot_id);
    /// The artist chose these things; the first shot among them becomes the current one unless the current one is chosen.
    void choose_all(const std::vector<std::string>& ids);
    void toggle(const std::string& shot_id);
    /// Shows these as chosen while a rubber band is drawn.
    void mark(const std::vector<std::string>& ids);
    /// From the shot clicked last to this one.
    void choose_through(const std::string& shot_id);
    /// The artist moved the playhead.
    void move_playhead(std::int64_t frame);
    void request(const QString& name, const core::Document::Edit& edit);
    /// Shows what an edit would do; nothing happens where it fails.
    void preview(const core::Document::Edit& edit);
    void show_preview(std::unique_ptr<core::Project> project);
    void end_preview();
    /// Places that a drag of something at `own` sticks to, as things lie now; without the edges of `except` and without
    /// `own`. Taken once, when a drag begins.
    [[nodiscard]] std::vector<std::int64_t> snap_points(std::int64_t own, const std::string& except = {},
                                                        bool with_playhead = true) const;
    /// The nearest of these places, if snapping is on and Shift isn't held; shows the guide.
    [[nodiscard]] std::int64_t snapped_frame(std::int64_t frame, const std::vector<std::int64_t>& points);
    [[nodiscard]] StoryboardOverlay& overlay() { return overlay_; }
    [[nodiscard]] bool in_gesture() const { return gesture_ != nullptr; }
    /// After the overlay was changed.
    void show_overlay() { viewport()->update(); }
    /// Opens the field for a marker's note.
    void edit_note(const std::string& marker_id);
    /// Hands shots to another program (or another place of this one). Replaceable, because a test has no other program.
    using DragStarter = std::function<void(std::unique_ptr<QMimeData> data, const QPixmap& picture)>;
    void set_drag_starter(DragStarter starter) { drag_starter_ = std::move(starter); }
    void drag_out(const std::vector<std::string>& shot_ids);
    /// When the event that is being handled is done, and the drag within the studio is over.
    void drag_out_later(const std::vector<std::string>& shot_ids);
    bool cancel();

    static constexpr double k_smallest_zoom = 0.02;
    static constexpr double k_largest_zoom = 40;

Q_SIGNALS:
    void shot_selected(const std::string& shot_id);
    void selection_changed();
    void shot_activated(const std::string& shot_id);
    /// A double click on the cut before this shot.
    void cut_activated(std::size_t shot);
    /// Answered at once, so that what the edit made can be chosen afterwards.
    void edit_requested(const QString& name, const kinora::core::Document::Edit& edit);
    void trim_dragged(const std::string& shot_id, core::FrameRange range, bool finished);
    void playhead_moved(int project_frame);
    void shot_add_requested();
    void zoom_changed(double pixels_per_frame);
    /// A menu is wanted for what was hit, at a place of the screen.
    void menu_requested(const kinora::ui::StoryboardHit& hit, const QPoint& at);
    void mute_requested(std::size_t track);

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void rebuild();
    void update_scroll_range();
    void zoom_at_first();
    void update_block(const std::string& shot_id);
    void update_hit(const StoryboardHit& hit);
    void update_pictures_of(const QString& clip);
    void reveal_shot(std::size_t index);
    void hover(const QPointF& point);
    void finish_gesture(const QPointF& point);
    void end_gesture();
    void update_cursor();
    void forget_what_is_gone();
    void scroll_while_dragging();
    void choice_changed(const std::string& current_before);

    std::shared_ptr<ThumbnailStore> thumbnails_;
    std::unique_ptr<WaveformStore> waveforms_;
    std::unique_ptr<TextCache> texts_;
    const core::Project* project_ = nullptr;
    QString folder_;
    std::unique_ptr<core::Layout> layout_;
    QHash<QString, ShotProgress> progress_;
    StoryboardMode mode_ = StoryboardMode::timeline;
    StoryboardTool tool_ = StoryboardTool::select;
    StoryboardSelection selection_;
    std::int64_t playhead_ = 0;
    double pixels_per_frame_ = 4;
    bool snapping_ = true;
    bool ring_ = false;
    bool zoomed_ = false;     // by hand, or once for a project that was opened
    bool shows_all_ = false;  // until a hand zooms, a film that grows stays in view
    bool scrubbing_ = false;  // the answer to a moved playhead doesn't take the choice of several away

    std::unique_ptr<StoryboardGesture> gesture_;
    StoryboardOverlay overlay_;
    std::unique_ptr<core::Project> preview_;
    StoryboardHit hovered_;
    QPointF pointer_;
    QTimer edge_scroll_;
    DragStarter drag_starter_;
    NoteEditor* note_editor_ = nullptr;
};

}  // namespace kinora::ui
