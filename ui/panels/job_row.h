#pragma once

#include <QImage>
#include <QWidget>

#include <string>
#include <vector>

#include "core/jobs/job.h"
#include "ui/player/picture_tile.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace kinora::ui {

class ElidedLabel;
class StateLine;

/// A job: what it is, how far it is, how long it still takes, and the ways to pause, keep or stop it; a failed one says why
/// and offers what may help. One that waits can be dragged to another place.
class JobRow : public QWidget {
    Q_OBJECT
public:
    /// With a picture at the left (takes list) or without (queue).
    enum class Picture { shown, none };
    explicit JobRow(Picture picture, QWidget* parent = nullptr);
    /// `seconds` it is going to take, of one that waits; -1: not known.
    void show_job(const core::Job& job, const QString& title, double seconds = -1);
    void set_picture(const QImage& picture);
    /// What takes the focus, in the order in which it is seen.
    [[nodiscard]] std::vector<QWidget*> buttons() const;
    [[nodiscard]] const std::string& job_id() const { return id_; }

Q_SIGNALS:
    void stop_requested();
    void keep_requested();
    void pause_requested();
    void go_on_requested();
    void retry_requested();
    void remove_requested();
    void edit_requested();
    void duplicate_requested();
    /// By so many places among those that wait; -1000: to the front.
    void move_requested(int by);
    void way_out_requested(const std::string& way);
    /// Dragged so that its middle is at this height of the parent; `finished` when it was let go.
    void dragged_to(int y, bool finished);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void build_buttons();
    void show_buttons(const core::Job& job);
    void show_ways(const core::Job& job);
    void show_menu(const QPoint& at);
    [[nodiscard]] bool movable() const { return kind_ == Picture::none && state_now_ == core::JobState::waiting; }
    core::JobState state_now_ = core::JobState::waiting;
    int pressed_at_ = -1;
    bool dragging_ = false;
    std::string id_;
    PictureTile picture_;
    Picture kind_;
    ElidedLabel* title_;
    StateLine* state_;  ///< where the job is; changes many times a second
    QLabel* reason_;    ///< why it failed, in as many lines as that takes
    QProgressBar* progress_;
    QWidget* ways_;
    QPushButton* way_[2];
    QPushButton* stop_;
    QPushButton* keep_;
    QPushButton* pause_;
    QPushButton* go_on_;
    QPushButton* retry_;
    QPushButton* edit_;
    QPushButton* remove_;
    QToolButton* more_;
};

/// One line on a job's state: "step 12 of 20 · 31 s left", "waiting", the error's sentence.
[[nodiscard]] QString job_state_text(const core::Job& job, double seconds = -1);

}  // namespace kinora::ui
