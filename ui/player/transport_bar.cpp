#include "ui/player/transport_bar.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <cmath>

#include "ui/player/bar_button.h"
#include "ui/player/player_actions.h"
#include "ui/player/time_text.h"

namespace kinora::ui {

QString speed_text(double speed)
{
    const double size = std::abs(speed);
    QString number = QLocale().toString(size, 'g', 3);
    if (size == 0.25) number = QStringLiteral("¼");
    if (size == 0.5) number = QStringLiteral("½");
    return (speed < 0 ? QStringLiteral("−") : QString()) + number + QStringLiteral("×");
}

TransportBar::TransportBar(const PlayerActions& actions, QWidget* parent) : QWidget(parent), actions_(actions)
{
    auto* left = new QHBoxLayout;
    range_ = new QLabel(this);
    range_->setProperty("kind", "secondary");
    range_->setAccessibleName(tr("In, out and length"));
    range_->setMinimumWidth(0);
    range_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    left->addWidget(range_, 1);

    auto* middle = new QHBoxLayout;
    middle->setSpacing(2);
    for (const PlayerAction action : {PlayerAction::to_in, PlayerAction::step_back, PlayerAction::play,
                                      PlayerAction::step_forward, PlayerAction::to_out}) {
        auto* button = BarButton::with_action(actions_[action], this);
        button->set_raised(action == PlayerAction::play);
        middle->addWidget(button);
    }
    middle->addSpacing(8);
    auto* loop = BarButton::with_action(actions_[PlayerAction::loop], this);
    loop->set_checked_look(BarButton::Checked::accent);
    middle->addWidget(loop);

    auto* right = new QHBoxLayout;
    right->setSpacing(0);
    speed_ = BarButton::with_text(speed_text(1), tr("Speed"), this);
    compare_ = BarButton::with_text(tr("A/B"), tr("Compare takes"), this);
    compare_->setCheckable(true);
    compare_->set_checked_look(BarButton::Checked::accent);
    zoom_ = BarButton::with_text(tr("Fit"), tr("Zoom"), this);
    zoom_->set_icon_name(QStringLiteral("chevron-down"));
    auto* full = BarButton::with_action(actions_[PlayerAction::full_screen], this);
    more_ = BarButton::with_icon(QStringLiteral("more"), tr("More"), QString(), this);
    right->addStretch(1);
    for (BarButton* button : {speed_, compare_, zoom_, full, more_})
        right->addWidget(button);

    auto* columns = new QGridLayout(this);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setHorizontalSpacing(8);
    columns->addLayout(left, 0, 0);
    columns->addLayout(middle, 0, 1);
    columns->addLayout(right, 0, 2);
    columns->setColumnStretch(0, 1);  // sides of one width keep the transport in the middle of the picture
    columns->setColumnStretch(2, 1);

    connect(speed_, &BarButton::clicked, this, &TransportBar::choose_speed);
    connect(zoom_, &BarButton::clicked, this, &TransportBar::choose_zoom);
    connect(compare_, &BarButton::clicked, this, &TransportBar::choose_compare);
    connect(more_, &BarButton::clicked, this, &TransportBar::show_more);
    set_active(false);
}

void TransportBar::set_range(int first, int end, core::FrameRate rate, bool trimmable, bool frames)
{
    if (end <= first) {
        range_text_.clear();
        return range_->clear();
    }
    const QString length = frames ? frames_text(end - first) : length_text(end - first, rate);
    const auto time = [&](int frame) { return frames ? QString::number(frame) : short_timecode(frame, rate); };
    short_range_text_ = length;
    range_text_ = tr("Length %1").arg(length);
    // The out point is told as the last frame that is seen, which is what the player shows there.
    if (trimmable) {
        const QString between = QStringLiteral("   ");
        short_range_text_ = tr("In %1").arg(time(first)) + between + tr("Out %1").arg(time(end - 1));
        range_text_ = short_range_text_ + between + range_text_;
    }
    const bool room = range_->fontMetrics().horizontalAdvance(range_text_) <= range_->width();
    range_->setText(room ? range_text_ : short_range_text_);
    range_->setToolTip(room ? QString() : range_text_);
}

void TransportBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (range_text_.isEmpty()) return;
    const bool room = range_->fontMetrics().horizontalAdvance(range_text_) <= range_->width();
    range_->setText(room ? range_text_ : short_range_text_);
    range_->setToolTip(room ? QString() : range_text_);
}

void TransportBar::set_speed(double speed, double play_speed)
{
    speed_->setText(speed_text(speed == 0 ? play_speed : speed));
    speed_->updateGeometry();
}

void TransportBar::set_zoom(double zoom)
{
    zoom_->setText(zoom > 0 ? tr("%1 %").arg(std::lround(zoom * 100)) : tr("Fit"));
    zoom_->updateGeometry();
}

void TransportBar::set_active(bool active)
{
    for (BarButton* button : {speed_, zoom_, more_})
        button->setEnabled(active);
}

void TransportBar::set_comparing(bool possible, bool on)
{
    compare_->setEnabled(possible);
    compare_->setChecked(on);
}

void TransportBar::open_menu(BarButton* button, QMenu* menu)
{
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QSize size = menu->sizeHint();
    // Above the button and within its window's right edge: the bar stands low.
    QPoint at = button->mapToGlobal(QPoint(0, -size.height()));
    const int right = window()->mapToGlobal(QPoint(window()->width(), 0)).x() - 8;
    at.setX(std::min(at.x(), right - size.width()));
    menu->popup(at);
}

void TransportBar::choose_speed()
{
    auto* menu = new QMenu(this);
    for (const PlayerAction action : {PlayerAction::speed_quarter, PlayerAction::speed_half, PlayerAction::speed_normal,
                                      PlayerAction::speed_double, PlayerAction::speed_quadruple})
        menu->addAction(actions_[action]);
    menu->addSeparator();
    menu->addAction(actions_[PlayerAction::shuttle_backward]);
    open_menu(speed_, menu);
}

void TransportBar::choose_zoom()
{
    auto* menu = new QMenu(this);
    for (const PlayerAction action : {PlayerAction::zoom_fit, PlayerAction::zoom_half, PlayerAction::zoom_full,
                                      PlayerAction::zoom_double, PlayerAction::zoom_quadruple})
        menu->addAction(actions_[action]);
    menu->addSeparator();
    menu->addAction(actions_[PlayerAction::zoom_in]);
    menu->addAction(actions_[PlayerAction::zoom_out]);
    open_menu(zoom_, menu);
}

void TransportBar::choose_compare()
{
    compare_->setChecked(actions_[PlayerAction::compare]->isChecked());  // the menu decides, not the click
    auto* menu = new QMenu(this);
    Q_EMIT compare_menu_wanted(menu);
    menu->addSeparator();
    for (const PlayerAction action : {PlayerAction::compare_wipe, PlayerAction::compare_side_by_side,
                                      PlayerAction::compare_difference, PlayerAction::compare_swap})
        menu->addAction(actions_[action]);
    open_menu(compare_, menu);
}

void TransportBar::show_more()
{
    auto* menu = new QMenu(this);
    for (const PlayerAction action : {PlayerAction::mark_in, PlayerAction::mark_out, PlayerAction::clear_marks})
        menu->addAction(actions_[action]);
    menu->addSeparator();
    for (const PlayerAction action : {PlayerAction::safe_areas, PlayerAction::show_frames, PlayerAction::dropped_frames,
                                      PlayerAction::mute, PlayerAction::second_screen})
        menu->addAction(actions_[action]);
    menu->addSeparator();
    menu->addAction(actions_[PlayerAction::save_frame]);
    if (actions_[PlayerAction::use_as_first_frame]->isVisible()) menu->addAction(actions_[PlayerAction::use_as_first_frame]);
    open_menu(more_, menu);
}

}  // namespace kinora::ui
