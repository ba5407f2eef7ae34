#include <QGuiApplication>
#include <QMetaMethod>
#include <QScreen>
#include <utility>

#include "ui/player/picture_canvas.h"
#include "ui/player/player_sound.h"
#include "ui/player/player_widget.h"
#include "ui/player/screen_window.h"
#include "ui/player/scrub_bar.h"
#include "ui/player/time_text.h"
#include "ui/player/transport.h"
#include "ui/player/transport_bar.h"

// What is shown, in the window and on the screens that show the picture alone.
namespace kinora::ui {

std::vector<PictureCanvas*> PlayerWidget::canvases() const
{
    std::vector<PictureCanvas*> all{canvas_};
    for (const ScreenWindow* screen : {full_, second_})
        if (screen) all.push_back(screen->canvas());
    return all;
}

std::vector<ScrubBar*> PlayerWidget::scrubs() const
{
    std::vector<ScrubBar*> all{scrub_};
    for (const ScreenWindow* screen : {full_, second_})
        if (screen) all.push_back(screen->scrub());
    return all;
}

std::vector<TransportBar*> PlayerWidget::bars() const
{
    std::vector<TransportBar*> all{bar_};
    for (const ScreenWindow* screen : {full_, second_})
        if (screen) all.push_back(screen->bar());
    return all;
}

void PlayerWidget::open_screen(ScreenWindow*& window, QScreen* screen, const QString& title, bool takes_keys,
                               PlayerAction which)
{
    if (window) {
        auto* old = std::exchange(window, nullptr);
        old->disconnect(this);
        old->hide();
        old->deleteLater();  // it may be the sender of the key that closes it
        if (takes_keys) {
            this->window()->activateWindow();
            setFocus(Qt::OtherFocusReason);
        }
    }
    action(which)->setChecked(screen != nullptr);
    if (!screen) return;
    window = new ScreenWindow(*actions_, title, this);
    connect_canvas(window->canvas());
    connect_controls(window->scrub(), window->bar());
    connect(window, &ScreenWindow::left, this,
            [this, which] { which == PlayerAction::full_screen ? set_full_screen(nullptr) : set_second_screen(nullptr); });
    window->canvas()->set_safe_areas(action(PlayerAction::safe_areas)->isChecked());
    window->canvas()->set_divider(canvas_->overlay().divider);
    window->canvas()->set_moving(playing());
    window->bar()->set_speed(transport_->speed(), transport_->play_speed());
    window->bar()->set_zoom(0);
    window->scrub()->set_source(source_.get());
    update_controls();
    set_trim(trim());
    window->scrub()->set_frame(frame());
    window->show_on(screen, takes_keys);
    update_scene();
}

void PlayerWidget::set_full_screen(QScreen* screen)
{
    open_screen(full_, screen, tr("Full screen"), true, PlayerAction::full_screen);
    zoom_changed(screen ? 0 : canvas_->zoom());
}

void PlayerWidget::set_second_screen(QScreen* screen)
{
    open_screen(second_, screen, tr("Second screen"), false, PlayerAction::second_screen);
}

void PlayerWidget::show_second_screen(bool shown)
{
    QScreen* other = nullptr;
    for (QScreen* candidate : QGuiApplication::screens())
        if (candidate != screen() && !other) other = candidate;
    set_second_screen(shown ? other : nullptr);
}

void PlayerWidget::update_scene()
{
    const CompareMode mode = content_ == Content::clip ? compare_->mode() : CompareMode::off;
    const QImage other = mode == CompareMode::off || !source_ ? QImage() : compare_->picture(frame(), source_->rate());
    const bool swapped = compare_->swapped() && !other.isNull();
    const QString first = tr("A · %1").arg(compare_->first_name());
    const QString second = tr("B · %1").arg(compare_->second_name());
    for (PictureCanvas* canvas : canvases()) {
        canvas->set_message(message_);
        // A picture of B that isn't there yet leaves the old one: nothing flickers while both are played.
        const QImage b = other.isNull() && mode != CompareMode::off && playing() ? canvas->scene().other : other;
        canvas->set_compare(mode);
        canvas->set_names(swapped ? second : first, swapped ? first : second);
        if (swapped && mix_.plain()) {
            canvas->set_mix(MixedPicture{b, {}}, {});
            canvas->set_other(mix_.first);
        } else {
            canvas->set_mix(mix_, source_ ? source_->stage() : QSize());
            canvas->set_other(b);
        }
    }
}

void PlayerWidget::update_texts()
{
    const bool any = source_ && transport_->length() > 0;
    const bool frames = action(PlayerAction::show_frames)->isChecked();
    const QString time = !any ? QString() : frames ? frame_text(frame()) : timecode(frame(), transport_->rate());
    QStringList parts;
    if (!label_.isEmpty()) parts << label_;
    if (any && content_ != Content::preview) {
        parts << fps_text(transport_->rate());
        if (transport_->dropped() > 0 && action(PlayerAction::dropped_frames)->isChecked())
            parts << tr("%n dropped", nullptr, transport_->dropped());
    }
    for (PictureCanvas* canvas : canvases()) {
        canvas->set_timecode(time);
        canvas->set_label(parts.join(QStringLiteral(" · ")));
    }
    const bool trimmable = content_ == Content::clip || content_ == Content::sequence;
    for (TransportBar* bar : bars()) {
        bar->set_range(any ? transport_->range_first() : 0, any ? transport_->range_end() : 0, transport_->rate(), trimmable,
                       frames);
    }
}

void PlayerWidget::update_controls()
{
    const int length = transport_->length();
    const bool trimmable = content_ == Content::clip || content_ == Content::sequence;
    for (ScrubBar* scrub : scrubs()) {
        scrub->set_length(length);
        scrub->set_trimmable(trimmable);
    }
    for (TransportBar* bar : bars())
        bar->set_active(length > 0);
    update_actions();
    update_texts();
}

void PlayerWidget::update_actions()
{
    const bool any = transport_->length() > 0;
    const bool picture = any && content_ != Content::preview;
    for (QAction* each : actions_->all())
        each->setEnabled(any);
    for (const PlayerAction which : {PlayerAction::mark_in, PlayerAction::mark_out, PlayerAction::clear_marks})
        action(which)->setEnabled(picture);
    const auto heard = [this](const auto& signal) { return isSignalConnected(QMetaMethod::fromSignal(signal)); };
    action(PlayerAction::save_frame)->setEnabled(picture && heard(&PlayerWidget::save_frame_requested));
    action(PlayerAction::use_as_first_frame)->setEnabled(picture && heard(&PlayerWidget::use_as_first_frame_requested));
    action(PlayerAction::use_as_first_frame)->setVisible(heard(&PlayerWidget::use_as_first_frame_requested));
    // These are choices for all that comes: nothing need be there.
    for (const PlayerAction which : {PlayerAction::loop, PlayerAction::safe_areas, PlayerAction::show_frames,
                                     PlayerAction::dropped_frames, PlayerAction::mute, PlayerAction::full_screen})
        action(which)->setEnabled(true);
    const bool more_screens = QGuiApplication::screens().size() > 1;
    action(PlayerAction::second_screen)->setEnabled(more_screens);
    action(PlayerAction::second_screen)
        ->setToolTip(more_screens ? tr("The picture on another screen too") : tr("There is only one screen."));

    const bool comparable = content_ == Content::clip && compare_->possible();
    const bool comparing = comparable && compare_->on();
    for (const PlayerAction which : {PlayerAction::compare, PlayerAction::compare_wipe, PlayerAction::compare_side_by_side,
                                     PlayerAction::compare_difference, PlayerAction::compare_next})
        action(which)->setEnabled(comparable);
    action(PlayerAction::compare_swap)->setEnabled(comparing);
    action(PlayerAction::compare)->setChecked(comparing);
    const CompareMode mode = compare_->chosen_mode();
    action(PlayerAction::compare_wipe)->setChecked(mode == CompareMode::wipe);
    action(PlayerAction::compare_side_by_side)->setChecked(mode == CompareMode::side_by_side);
    action(PlayerAction::compare_difference)->setChecked(mode == CompareMode::difference);
    for (TransportBar* bar : bars())
        bar->set_comparing(comparable, comparing);

    QAction* play = action(PlayerAction::play);
    play->setText(playing() ? tr("Pause") : tr("Play"));
    play->setProperty("iconName", playing() ? QStringLiteral("pause") : QStringLiteral("play"));
    play->setIconText(play->text());
    for (const PlayerAction speed : {PlayerAction::speed_quarter, PlayerAction::speed_half, PlayerAction::speed_normal,
                                     PlayerAction::speed_double, PlayerAction::speed_quadruple})
        action(speed)->setChecked(speed_of(speed) == transport_->play_speed());
}

}  // namespace kinora::ui
