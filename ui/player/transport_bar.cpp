#include "ui/player/transport_bar.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <cmath>

#include "ui/player/bar_button.h"
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

TransportBar::TransportBar(QWidget* parent) : QWidget(parent)
{
    auto* left = new QHBoxLayout;
    range_ = new QLabel(this);
    range_->setProperty("kind", "secondary");
    range_->setAccessibleName(tr("In, out and length"));
    left->addWidget(range_);
    left->addStretch(1);

    auto* middle = new QHBoxLayout;
    middle->setSpacing(2);
    start_ = add(QStringLiteral("to-start"), tr("To the in point"), tr("Home"));
    back_ = add(QStringLiteral("step-back"), tr("One frame back"), tr("←"));
    play_ = add(QStringLiteral("play"), tr("Play"), tr("Space"));
    play_->set_raised(true);
    forward_ = add(QStringLiteral("step-forward"), tr("One frame on"), tr("→"));
    end_ = add(QStringLiteral("to-end"), tr("To the out point"), tr("End"));
    loop_ = add(QStringLiteral("loop"), tr("Loop"), tr("Ctrl+L"));
    loop_->setCheckable(true);
    loop_->set_checked_look(BarButton::Checked::accent);
    for (BarButton* button : {start_, back_, play_, forward_, end_})
        middle->addWidget(button);
    middle->addSpacing(8);
    middle->addWidget(loop_);

    auto* right = new QHBoxLayout;
    right->setSpacing(0);
    speed_ = BarButton::with_text(speed_text(1), tr("Speed"), this);
    zoom_ = BarButton::with_text(tr("Fit"), tr("Zoom"), this);
    zoom_->set_icon_name(QStringLiteral("chevron-down"));
    right->addStretch(1);
    right->addWidget(speed_);
    right->addWidget(zoom_);

    auto* columns = new QGridLayout(this);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setHorizontalSpacing(8);
    columns->addLayout(left, 0, 0);
    columns->addLayout(middle, 0, 1);
    columns->addLayout(right, 0, 2);
    columns->setColumnStretch(0, 1);  // sides of one width keep the transport in the middle of the picture
    columns->setColumnStretch(2, 1);

    connect(start_, &BarButton::clicked, this, &TransportBar::to_start);
    connect(back_, &BarButton::clicked, this, [this] { Q_EMIT step(-1); });
    connect(play_, &BarButton::clicked, this, &TransportBar::toggle_play);
    connect(forward_, &BarButton::clicked, this, [this] { Q_EMIT step(1); });
    connect(end_, &BarButton::clicked, this, &TransportBar::to_end);
    connect(loop_, &BarButton::clicked, this, &TransportBar::loop_toggled);
    connect(speed_, &BarButton::clicked, this, &TransportBar::choose_speed);
    connect(zoom_, &BarButton::clicked, this, &TransportBar::choose_zoom);
    set_active(false);
}

BarButton* TransportBar::add(const QString& icon, const QString& name, const QString& shortcut)
{
    return BarButton::with_icon(icon, name, shortcut, this);
}

void TransportBar::set_range(int first, int end, core::FrameRate rate, bool trimmable)
{
    if (end <= first) return range_->clear();
    QString text = tr("Length %1").arg(length_text(end - first, rate));
    // The out point is told as the last frame that is seen, which is what the player shows there.
    if (trimmable) {
        text = tr("In %1").arg(short_timecode(first, rate)) + QStringLiteral("   ") +
               tr("Out %1").arg(short_timecode(end - 1, rate)) + QStringLiteral("   ") + text;
    }
    range_->setText(text);
}

void TransportBar::set_playing(bool playing)
{
    play_->set_icon_name(playing ? QStringLiteral("pause") : QStringLiteral("play"));
    play_->set_name(playing ? tr("Pause") : tr("Play"), tr("Space"));
}

void TransportBar::set_loop(bool loop)
{
    loop_->setChecked(loop);
}

void TransportBar::set_speed(double speed, double play_speed)
{
    play_speed_ = play_speed;
    speed_->setText(speed_text(speed == 0 ? play_speed : speed));
    speed_->updateGeometry();
}

void TransportBar::set_zoom(double zoom)
{
    zoom_value_ = zoom;
    zoom_->setText(zoom > 0 ? tr("%1 %").arg(std::lround(zoom * 100)) : tr("Fit"));
    zoom_->updateGeometry();
}

void TransportBar::set_active(bool active)
{
    for (BarButton* button : {start_, back_, play_, forward_, end_, loop_, speed_, zoom_})
        button->setEnabled(active);
}

void TransportBar::choose_speed()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const double speed : {0.25, 0.5, 1.0, 2.0, 4.0}) {
        QAction* action = menu->addAction(speed_text(speed), this, [this, speed] { Q_EMIT speed_chosen(speed); });
        action->setCheckable(true);
        action->setChecked(speed == play_speed_);
    }
    menu->popup(speed_->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
}

void TransportBar::choose_zoom()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const double zoom : {0.0, 0.5, 1.0, 2.0, 4.0}) {
        const QString text = zoom > 0 ? tr("%1 %").arg(std::lround(zoom * 100)) : tr("Fit");
        QAction* action = menu->addAction(text, this, [this, zoom] { Q_EMIT zoom_chosen(zoom); });
        action->setCheckable(true);
        action->setChecked(zoom == zoom_value_);
    }
    menu->popup(zoom_->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
}

}  // namespace kinora::ui
