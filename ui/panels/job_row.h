#pragma once

#include <QImage>
#include <QWidget>

#include "core/jobs/job.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace kinora::ui {

class ElidedLabel;

/// A job: what it is, how far it is, how long it still takes, and the way to stop it; a failed one says why and what to do.
class JobRow : public QWidget {
    Q_OBJECT
public:
    /// With a picture at the left (takes list) or without (queue).
    enum class Picture { shown, none };
    explicit JobRow(Picture picture, QWidget* parent = nullptr);
    void show_job(const core::Job& job, const QString& title);
    void set_picture(const QImage& picture);
    [[nodiscard]] const std::string& job_id() const { return id_; }

Q_SIGNALS:
    void stop_requested();
    void retry_requested();
    void remove_requested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void show_buttons(const core::Job& job);
    std::string id_;
    QImage picture_;
    Picture kind_;
    ElidedLabel* title_;
    QLabel* state_;
    QProgressBar* progress_;
    QPushButton* stop_;
    QPushButton* retry_;
    QPushButton* remove_;
};

/// One line on a job's state: "step 12 of 20 · 31 s left", "waiting", the error's sentence.
[[nodiscard]] QString job_state_text(const core::Job& job);

}  // namespace kinora::ui
