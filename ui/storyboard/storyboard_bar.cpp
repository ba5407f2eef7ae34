#include "ui/storyboard/storyboard_bar.h"

#include <QGridLayout>
#include <QPainter>
#include <QSignalBlocker>
#include <QSlider>
#include <algorithm>
#include <cmath>

#include "ui/player/bar_button.h"
#include "ui/storyboard/storyboard_view.h"
#include "ui/theme/theme.h"

namespace kinora::ui {

namespace {

constexpr int k_steps = 1000;
// The slider covers what hands use; keys and wheel reach further.
constexpr double k_slider_smallest = 0.1;
constexpr double k_slider_largest = 40;

double zoom_of(int step)
{
    return k_slider_smallest * std::pow(k_slider_largest / k_slider_smallest, static_cast<double>(step) / k_steps);
}

int step_of(double zoom)
{
    const double part = std::log(zoom / k_slider_smallest) / std::log(k_slider_largest / k_slider_smallest);
    return static_cast<int>(std::lround(std::clamp(part, 0.0, 1.0) * k_steps));
}

}  // namespace

StoryboardBar::StoryboardBar(QWidget* parent) : QWidget(parent)
{
    setFixedHeight(36);
    timeline_ = BarButton::with_text(tr("Timeline"), tr("Timeline: shots to scale"), this);
    cards_ = BarButton::with_text(tr("Cards"), tr("Cards: one picture a shot"), this);
    for (BarButton* button : {timeline_, cards_})
        button->setCheckable(true);
    split_ = BarButton::with_text(tr("Split"), tr("Split at the playhead"), this);
    split_->set_name(tr("Split at the playhead"), tr("S"));
    duplicate_ = BarButton::with_text(tr("Duplicate"), tr("Duplicate the shot"), this);
    duplicate_->set_name(tr("Duplicate the shot"), tr("Ctrl+D"));
    remove_ = BarButton::with_text(tr("Delete"), tr("Delete the shot"), this);
    remove_->set_name(tr("Delete the shot"), tr("Del"));
    snap_ = BarButton::with_text(tr("Snap off"), tr("Snapping"), this);
    snap_->set_name(tr("Snapping"), tr("N"));
    smaller_ = BarButton::with_icon(QStringLiteral("minus"), tr("Zoom out"), tr("−"), this);
    larger_ = BarButton::with_icon(QStringLiteral("plus"), tr("Zoom in"), tr("+"), this);
    zoom_ = new QSlider(Qt::Horizontal, this);
    zoom_->setRange(0, k_steps);
    zoom_->setPageStep(k_steps / 12);
    zoom_->setFixedWidth(96);
    zoom_->setFocusPolicy(Qt::TabFocus);
    zoom_->setAccessibleName(tr("Zoom of the timeline"));

    auto* left = new QHBoxLayout;
    left->setSpacing(4);
    left->addWidget(timeline_);
    left->addWidget(cards_);
    left->addStretch(1);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    for (BarButton* verb : {split_, duplicate_, remove_})
        middle->addWidget(verb);
    auto* right = new QHBoxLayout;
    right->setSpacing(0);
    right->addStretch(1);
    right->addWidget(snap_);
    right->addSpacing(4);
    right->addWidget(smaller_);
    right->addWidget(zoom_);
    right->addWidget(larger_);
    auto* columns = new QGridLayout(this);
    columns->setContentsMargins(12, 0, 8, 1);
    columns->addLayout(left, 0, 0);
    columns->addLayout(middle, 0, 1);
    columns->addLayout(right, 0, 2);
    columns->setColumnStretch(0, 1);
    columns->setColumnStretch(2, 1);

    connect(timeline_, &BarButton::clicked, this, [this] { Q_EMIT mode_chosen(StoryboardMode::timeline); });
    connect(cards_, &BarButton::clicked, this, [this] { Q_EMIT mode_chosen(StoryboardMode::cards); });
    connect(split_, &BarButton::clicked, this, &StoryboardBar::split);
    connect(duplicate_, &BarButton::clicked, this, &StoryboardBar::duplicate);
    connect(remove_, &BarButton::clicked, this, &StoryboardBar::remove);
    snap_->setCheckable(true);
    snap_->set_checked_look(BarButton::Checked::text);
    connect(snap_, &BarButton::clicked, this, &StoryboardBar::snapping_toggled);
    connect(zoom_, &QSlider::valueChanged, this, [this](int step) { Q_EMIT zoom_chosen(zoom_of(step)); });
    connect(smaller_, &BarButton::clicked, this, [this] { zoom_->setValue(zoom_->value() - k_steps / 12); });
    connect(larger_, &BarButton::clicked, this, [this] { zoom_->setValue(zoom_->value() + k_steps / 12); });
    set_mode(StoryboardMode::timeline);
    set_snapping(true);
    set_shot_chosen(false);
    set_can_split(false);
}

void StoryboardBar::set_mode(StoryboardMode mode)
{
    timeline_->setChecked(mode == StoryboardMode::timeline);
    cards_->setChecked(mode == StoryboardMode::cards);
    for (QWidget* part : {static_cast<QWidget*>(snap_), static_cast<QWidget*>(smaller_), static_cast<QWidget*>(zoom_),
                          static_cast<QWidget*>(larger_)}) {
        part->setEnabled(mode == StoryboardMode::timeline);
    }
}

void StoryboardBar::set_snapping(bool snapping)
{
    snap_->setChecked(snapping);
    snap_->setText(snapping ? tr("Snap on") : tr("Snap off"));
}

void StoryboardBar::set_zoom(double pixels_per_frame)
{
    const QSignalBlocker quiet(zoom_);
    zoom_->setValue(step_of(pixels_per_frame));
}

void StoryboardBar::set_shot_chosen(bool chosen)
{
    duplicate_->setEnabled(chosen);
    remove_->setEnabled(chosen);
}

void StoryboardBar::set_can_split(bool can)
{
    split_->setEnabled(can);
}

void StoryboardBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), roles().panel);
    painter.fillRect(QRect(0, height() - 1, width(), 1), roles().line);
}

}  // namespace kinora::ui
