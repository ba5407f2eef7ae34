#include "ui/panels/job_row.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/panels/take_row.h"
#include "ui/player/filmstrip.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/words.h"

namespace kinora::ui {
namespace {

QString stage_text(const core::Progress& progress)
{
    switch (progress.stage) {
        case core::Stage::loading:
            return JobRow::tr("loading the model");
        case core::Stage::encoding_text:
            return JobRow::tr("reading the prompt");
        case core::Stage::sampling:
            return JobRow::tr("step %1 of %2").arg(progress.step).arg(progress.steps);
        case core::Stage::decoding:
            return JobRow::tr("making the pictures");
        case core::Stage::finishing:
            return JobRow::tr("writing the file");
    }
    return {};
}

QPushButton* link_button(const QString& text, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setProperty("kind", "link");
    return button;
}

}  // namespace

QString job_state_text(const core::Job& job)
{
    switch (job.state) {
        case core::JobState::waiting:
            return JobRow::tr("waiting");
        case core::JobState::done:
            return JobRow::tr("done");
        case core::JobState::cancelled:
            return JobRow::tr("stopped");
        case core::JobState::failed:
            return QString::fromStdString(job.error);
        case core::JobState::running:
            break;
    }
    if (job.stopping) return JobRow::tr("stopping");
    QString text = stage_text(job.progress);
    if (job.progress.seconds_left >= 0) text += JobRow::tr(" · %1 left").arg(duration_words(job.progress.seconds_left));
    return text;
}

JobRow::JobRow(Picture picture, QWidget* parent) : QWidget(parent), kind_(picture)
{
    const int left = picture == Picture::shown ? 12 + k_take_picture_width + 10 : 14;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(left, 9, 12, 7);
    column->setSpacing(3);
    title_ = new ElidedLabel({}, this);
    title_->setProperty("kind", "strong");
    state_ = make_label({}, "secondary", this);
    state_->setWordWrap(true);
    progress_ = new QProgressBar(this);
    progress_->setRange(0, 1000);
    progress_->setTextVisible(false);
    progress_->setAccessibleName(tr("Progress"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(4);
    stop_ = link_button(tr("Stop"), this);
    stop_->setToolTip(tr("Stop; what is there already stays with the queue"));
    retry_ = link_button(tr("Try again"), this);
    remove_ = link_button(tr("Remove"), this);
    for (auto* button : {stop_, retry_, remove_})
        buttons->addWidget(button);
    buttons->addStretch(1);
    buttons->setContentsMargins(-4, 0, 0, 0);
    column->addWidget(title_);
    column->addWidget(progress_);
    column->addWidget(state_);
    column->addLayout(buttons);
    column->addStretch(1);
    if (picture == Picture::shown) setMinimumHeight(89);
    connect(stop_, &QPushButton::clicked, this, &JobRow::stop_requested);
    connect(retry_, &QPushButton::clicked, this, &JobRow::retry_requested);
    connect(remove_, &QPushButton::clicked, this, &JobRow::remove_requested);
}

void JobRow::show_job(const core::Job& job, const QString& title)
{
    id_ = job.id;
    title_->set_full_text(title);
    const QString text = job_state_text(job);
    if (state_->text() != text) state_->setText(text);
    setAccessibleName(title);
    setAccessibleDescription(text);
    const bool running = job.state == core::JobState::running;
    progress_->setVisible(running);
    progress_->setValue(static_cast<int>(job.progress.fraction * 1000));
    show_buttons(job);
}

void JobRow::show_buttons(const core::Job& job)
{
    using core::JobState;
    stop_->setVisible(job.state == JobState::running);
    stop_->setEnabled(!job.stopping);
    retry_->setVisible(job.state == JobState::failed || job.state == JobState::cancelled);
    remove_->setVisible(job.state != JobState::running);
}

void JobRow::set_picture(const QImage& picture)
{
    picture_ = picture;
    update();
}

void JobRow::paintEvent(QPaintEvent*)
{
    if (kind_ == Picture::none) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const QRect area(12, 9, k_take_picture_width, k_take_picture_height);
    QPainterPath shape;
    shape.addRoundedRect(area, 5, 5);
    painter.setClipPath(shape);
    painter.fillRect(area, roles().surround);
    if (!picture_.isNull()) paint_covering(painter, area, picture_);
}

}  // namespace kinora::ui
