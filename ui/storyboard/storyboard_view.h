#pragma once

#include <QAbstractScrollArea>
#include <QTimer>
#include <memory>
#include <string>

#include "ui/storyboard/storyboard_scene.h"

namespace kinora::ui {

/// The strip itself: ruler, shots, playhead; gestures become signals, and nothing is changed here. While an edge is dragged
/// the view shows the outcome on a copy of the project, so that it is right even if nobody answers the signals.
class StoryboardView : public QAbstractScrollArea {
    Q_OBJECT

public:
    StoryboardView(std::shared_ptr<ThumbnailStore> thumbnails, QWidget* parent = nullptr);
    ~StoryboardView() override;

    /// Not owned, may be null; `folder` is the project's. Called again (or `refresh`) after every change.
    void set_project(const core::Project* project, const QString& folder);
    void refresh();
    void set_playhead(std::int64_t frame);
    void select(const std::string& shot_id);
    void set_progress(const std::string& shot_id, const ShotProgress& progress);
    void clear_progress(const std::string& shot_id);
    void set_mode(StoryboardMode mode);
    void set_snapping(bool snapping) { snapping_ = snapping; }

    [[nodiscard]] StoryboardMode mode() const { return mode_; }
    [[nodiscard]] bool snapping() const { return snapping_; }
    [[nodiscard]] const std::string& selected() const { return selected_; }
    [[nodiscard]] std::int64_t playhead() const { return playhead_; }

    /// Width of one project frame.
    [[nodiscard]] double pixels_per_frame() const { return pixels_per_frame_; }
    /// Keeps what is at `anchor_x` where it is; below 0: the playhead if it is in view, else the middle.
    void set_zoom(double pixels_per_frame, double anchor_x = -1);
    /// And keeps doing so while the film grows, until another zoom is chosen.
    void zoom_to_fit();
    /// Asks for a cut of the shot under the playhead.
    void split_at_playhead();
    [[nodiscard]] StoryboardGeometry geometry_now() const;
    [[nodiscard]] QSize sizeHint() const override { return {800, 200}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {320, 110}; }

    static constexpr double k_smallest_zoom = 0.02;
    static constexpr double k_largest_zoom = 40;

Q_SIGNALS:
    void shot_selected(const std::string& shot_id);
    void shot_activated(const std::string& shot_id);
    void shot_moved(const std::string& shot_id, int new_index);
    void trim_dragged(const std::string& shot_id, core::FrameRange range, bool finished);
    void playhead_moved(int project_frame);
    void shot_add_requested();
    void shot_delete_requested(const std::string& shot_id);
    void shot_duplicate_requested(const std::string& shot_id);
    void split_requested(const std::string& shot_id, int source_frame);
    void export_range_requested(core::FrameRange project_frames);
    void zoom_changed(double pixels_per_frame);
    void snapping_toggle_requested();

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
    enum class Gesture { none, pressed, reorder, trim, playhead };

    [[nodiscard]] const core::Project& shown() const { return trimmed_ ? *trimmed_ : *project_; }
    void rebuild();
    void update_scroll_range();
    void zoom_at_first();
    void update_block(const std::string& shot_id);
    [[nodiscard]] std::optional<std::size_t> index_of(const std::string& shot_id) const;

    void hover(const QPointF& point);
    void begin(const StoryboardHit& hit, const QPointF& point);
    void drag_to(const QPointF& point);
    void drag_block(const QPointF& point);
    void drag_edge(const QPointF& point, bool finished);
    void drag_playhead(double x);
    void finish(const QPointF& point);
    bool cancel();
    void scroll_while_dragging();
    [[nodiscard]] std::int64_t snapped_frame(std::int64_t frame, const std::string& except, bool with_playhead);

    void choose(const std::string& shot_id);
    void choose_neighbour(int step);
    void move_selected(int step);
    void move_playhead(std::int64_t frame);
    void mark_export_edge(bool first);
    bool handle_key(int key, Qt::KeyboardModifiers modifiers);

    std::shared_ptr<ThumbnailStore> thumbnails_;
    const core::Project* project_ = nullptr;
    QString folder_;
    std::unique_ptr<core::Layout> layout_;
    QHash<QString, ShotProgress> progress_;
    StoryboardMode mode_ = StoryboardMode::timeline;
    std::string selected_;
    std::int64_t playhead_ = 0;
    double pixels_per_frame_ = 4;
    bool snapping_ = true;
    bool ring_ = false;
    bool zoomed_ = false;     // by hand, or once for a project that was opened
    bool shows_all_ = false;  // until a hand zooms, a film that grows stays in view

    Gesture gesture_ = Gesture::none;
    StoryboardHit grip_;
    StoryboardHit hovered_;
    QPointF pressed_at_;
    QPointF pointer_;
    double scroll_at_press_ = 0;
    core::FrameRange range_before_;
    std::string dragged_id_;
    std::unique_ptr<core::Project> trimmed_;
    double shift_ = 0;
    std::optional<ShotDrag> drag_;
    std::optional<std::int64_t> snapped_;
    QTimer edge_scroll_;
};

}  // namespace kinora::ui
