#include "ui/panels/job_row.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <cstdlib>
#include <iterator>
#include <optional>

#include "ui/panels/take_row.h"
#include "ui/session/take_maker.h"
#include "ui/session/ways_out.h"
#include "ui/theme/stylesheet.h"
#include "ui/theme/theme.h"
#include "ui/widgets/core_words.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/quiet_change.h"
#include "ui/widgets/words.h"

namespace kinora::ui {
namespace {

/// Further than any queue is long.
constexpr int k_to_front = -1000;

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

/// One line that changes often: it is painted again in its place, where a label would have the whole list laid out anew.
class StateLine : public QWidget {
public:
    explicit StateLine(QWidget* parent) : QWidget(parent)
    {
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        setAttribute(Qt::WA_TransparentForMouseEvents);
    }
    void set_text(const QString& text)
    {
        if (text == text_) return;
        text_ = text;
        update();
    }
    [[nodiscard]] QSize sizeHint() const override { return {1, QFontMetrics(ui::font(TextRole::secondary)).height()}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setFont(ui::font(TextRole::secondary));
        painter.setPen(roles().dim);
        painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(text_, Qt::ElideRight, width()));
    }

private:
    QString text_;
};

QString job_state_text(const core::Job& job, double seconds)
{
    switch (job.state) {
        case core::JobState::waiting:
            return seconds < 0 ? JobRow::tr("waiting") : JobRow::tr("waiting · takes about %1").arg(duration_words(seconds));
        case core::JobState::paused:
            return job.progress.steps > 0
                       ? JobRow::tr("paused after step %1 of %2").arg(job.progress.step).arg(job.progress.steps)
                       : JobRow::tr("paused");
        case core::JobState::done:
            return JobRow::tr("done");
        case core::JobState::cancelled:
            return JobRow::tr("stopped");
        case core::JobState::failed:
            return in_words(job.error);
        case core::JobState::running:
            break;
    }
    if (job.stopping) return JobRow::tr("stopping");
    if (job.pausing) return JobRow::tr("pausing");
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
    state_ = new StateLine(this);
    reason_ = make_label({}, "bad", this);
    reason_->setWordWrap(true);
    reason_->hide();
    progress_ = new QProgressBar(this);
    progress_->setRange(0, 1000);
    progress_->setTextVisible(false);
    progress_->setAccessibleName(tr("Progress"));
    build_buttons();
    column->addWidget(title_);
    column->addWidget(progress_);
    column->addWidget(state_);
    column->addWidget(reason_);
    column->addWidget(ways_);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(k_link_spacing);
    for (QWidget* button : {static_cast<QWidget*>(stop_), static_cast<QWidget*>(keep_), static_cast<QWidget*>(pause_),
                            static_cast<QWidget*>(go_on_), static_cast<QWidget*>(retry_), static_cast<QWidget*>(edit_),
                            static_cast<QWidget*>(remove_)})
        buttons->addWidget(button);
    buttons->addStretch(1);
    buttons->addWidget(more_);
    buttons->setContentsMargins(0, 0, 0, 0);
    column->addLayout(buttons);
    column->addStretch(1);
    if (picture == Picture::shown) setMinimumHeight(89);
}

void JobRow::build_buttons()
{
    ways_ = new QWidget(this);
    auto* ways = new QHBoxLayout(ways_);
    ways->setContentsMargins(0, 2, 0, 2);
    ways->setSpacing(6);
    for (auto*& way : way_) {
        way = new QPushButton(ways_);
        ways->addWidget(way);
        connect(way, &QPushButton::clicked, this,
                [this, button = way] { Q_EMIT way_out_requested(button->property("way").toString().toStdString()); });
    }
    ways->addStretch(1);
    const auto link = [this](const QString& text, const QString& tip, auto signal) {
        auto* button = link_button(text, this);
        button->setToolTip(tip);
        connect(button, &QPushButton::clicked, this, signal);
        return button;
    };
    stop_ = link(tr("Stop"), tr("Stop; Try again goes on from there"), &JobRow::stop_requested);
    keep_ = link(tr("Keep"), tr("Stop, and make a take of what is there"), &JobRow::keep_requested);
    pause_ = link(tr("Pause"), tr("Go on later, also after a restart"), &JobRow::pause_requested);
    go_on_ = link(tr("Go on"), tr("Go on from the step it was paused at"), &JobRow::go_on_requested);
    retry_ = link(tr("Try again"), {}, &JobRow::retry_requested);
    edit_ = link(tr("Edit"), tr("Change prompt, seed and steps before it starts"), &JobRow::edit_requested);
    remove_ = link(tr("Remove"), {}, &JobRow::remove_requested);
    more_ = make_icon_button(QStringLiteral("more"), tr("More for this job"), {}, this);
    more_->setFixedSize(24, 22);
    connect(more_, &QToolButton::clicked, this, [this] { show_menu(more_->mapToGlobal(QPoint(0, more_->height()))); });
}

void JobRow::show_job(const core::Job& job, const QString& title, double seconds)
{
    std::optional<QuietChange> quiet;
    if (job.state != state_now_ || job.id != id_) quiet.emplace(*this);
    state_now_ = job.state;
    id_ = job.id;
    if (title_->full_text() != title) title_->set_full_text(title);
    const QString text = job_state_text(job, seconds);
    const bool failed = job.state == core::JobState::failed;
    failed ? reason_->setText(text) : state_->set_text(text);
    state_->setVisible(!failed);
    reason_->setVisible(failed);
    if (accessibleName() != title) setAccessibleName(title);
    if (accessibleDescription() != text) setAccessibleDescription(text);
    const bool running = job.state == core::JobState::running;
    progress_->setVisible(running || (job.state == core::JobState::paused && job.progress.fraction > 0));
    if (const int value = static_cast<int>(job.progress.fraction * 1000); value != progress_->value()) {
        // The bar would paint itself within this call; with all else that changed it comes cheaper.
        progress_->setUpdatesEnabled(false);
        progress_->setValue(value);
        progress_->setUpdatesEnabled(true);
    }
    show_buttons(job);
}

void JobRow::show_buttons(const core::Job& job)
{
    using core::JobState;
    const bool makes_take = job.kind == k_generate_kind;
    const bool running = job.state == JobState::running;
    const bool asked = job.stopping || job.pausing;
    stop_->setVisible(running);
    stop_->setEnabled(!job.stopping);
    keep_->setVisible(running && makes_take);
    keep_->setEnabled(!asked && job.progress.stage == core::Stage::sampling && job.progress.step > 0);
    pause_->setVisible(running && makes_take);
    pause_->setEnabled(!asked && job.progress.stage != core::Stage::decoding);
    go_on_->setVisible(job.state == JobState::paused);
    retry_->setVisible(job.state == JobState::failed || job.state == JobState::cancelled);
    edit_->setVisible(kind_ == Picture::none && job.state == JobState::waiting && makes_take);
    remove_->setVisible(!running);
    more_->setVisible(kind_ == Picture::none && !running);
    show_ways(job);
}

std::vector<QWidget*> JobRow::buttons() const
{
    return {way_[0], way_[1], stop_, keep_, pause_, go_on_, retry_, edit_, remove_, more_};
}

void JobRow::show_ways(const core::Job& job)
{
    const auto ways = ways_out(job);
    ways_->setVisible(!ways.empty());
    for (std::size_t index = 0; index < std::size(way_); ++index) {
        way_[index]->setVisible(index < ways.size());
        if (index >= ways.size()) continue;
        way_[index]->setText(ways[index].text);
        if (way_[index]->toolTip() != ways[index].tip) way_[index]->setToolTip(ways[index].tip);
        way_[index]->setProperty("way", QString::fromStdString(ways[index].id));
    }
}

void JobRow::show_menu(const QPoint& at)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& text, auto act) { connect(menu->addAction(text), &QAction::triggered, this, act); };
    if (state_now_ == core::JobState::waiting) {
        add(tr("Run next"), [this] { Q_EMIT move_requested(k_to_front); });
        add(tr("Earlier"), [this] { Q_EMIT move_requested(-1); });
        add(tr("Later"), [this] { Q_EMIT move_requested(1); });
        add(tr("Pause"), [this] { Q_EMIT pause_requested(); });
        menu->addSeparator();
    }
    add(tr("Duplicate"), [this] { Q_EMIT duplicate_requested(); });
    add(tr("Remove"), [this] { Q_EMIT remove_requested(); });
    menu->popup(at);
}

void JobRow::contextMenuEvent(QContextMenuEvent* event)
{
    if (kind_ == Picture::none && state_now_ != core::JobState::running) show_menu(event->globalPos());
}

void JobRow::mousePressEvent(QMouseEvent* event)
{
    pressed_at_ = movable() && event->button() == Qt::LeftButton ? event->position().toPoint().y() : -1;
    dragging_ = false;
}

void JobRow::mouseMoveEvent(QMouseEvent* event)
{
    if (pressed_at_ < 0) return;
    const int y = event->position().toPoint().y();
    if (!dragging_ && std::abs(y - pressed_at_) < QApplication::startDragDistance()) return;
    dragging_ = true;
    setCursor(Qt::ClosedHandCursor);
    Q_EMIT dragged_to(mapToParent(QPoint(0, y)).y(), false);
}

void JobRow::mouseReleaseEvent(QMouseEvent* event)
{
    if (dragging_) Q_EMIT dragged_to(mapToParent(event->position().toPoint()).y(), true);
    unsetCursor();
    pressed_at_ = -1;
    dragging_ = false;
}

void JobRow::set_picture(const QImage& picture)
{
    picture_.set(picture);
    update();
}

void JobRow::paintEvent(QPaintEvent*)
{
    if (kind_ == Picture::none) return;
    QPainter painter(this);
    picture_.paint(painter, QRect(12, 9, k_take_picture_width, k_take_picture_height), roles().surround);
}

}  // namespace kinora::ui
