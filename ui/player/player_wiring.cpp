#include <QMenu>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/player/picture_canvas.h"
#include "ui/player/player_sound.h"
#include "ui/player/player_widget.h"
#include "ui/player/screen_window.h"
#include "ui/player/scrub_bar.h"
#include "ui/player/transport.h"
#include "ui/player/transport_bar.h"

// The player's parts, and what its actions do.
namespace kinora::ui {

namespace {
constexpr double k_zoom_step = 1.25;
}

void PlayerWidget::build()
{
    actions_ = new PlayerActions(this);
    actions_->add_to(this);
    canvas_ = new PictureCanvas(this);
    scrub_ = new ScrubBar(this);
    bar_ = new TransportBar(*actions_, this);
    transport_ = new Transport(this);
    compare_ = new PlayerCompare(cache_, thumbnails_, this);

    auto* below = new QVBoxLayout;
    below->setContentsMargins(16, 7, 16, 10);
    below->setSpacing(6);
    below->addWidget(scrub_);
    below->addWidget(bar_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(canvas_, 1);
    column->addLayout(below);
    for (QWidget* part : {static_cast<QWidget*>(canvas_), static_cast<QWidget*>(scrub_)})
        part->installEventFilter(this);
    connect_canvas(canvas_);
    connect_controls(scrub_, bar_);
}

void PlayerWidget::connect_transport()
{
    connect(transport_, &Transport::frame_changed, this, &PlayerWidget::show_frame);
    connect(transport_, &Transport::playing_changed, this, [this](bool playing) {
        for (PictureCanvas* canvas : canvases())
            canvas->set_moving(playing);
        update_actions();
        update_texts();
        Q_EMIT playing_changed(playing);
    });
    connect(transport_, &Transport::speed_changed, this, [this](double speed) {
        for (TransportBar* bar : bars())
            bar->set_speed(speed, transport_->play_speed());
        update_actions();
    });
}

void PlayerWidget::connect_controls(ScrubBar* scrub, TransportBar* bar)
{
    connect(scrub, &ScrubBar::scrubbed, transport_, &Transport::seek);
    connect(scrub, &ScrubBar::trimmed, this, [this](int first, int end, int frame, bool finished) {
        set_trim({first, end});
        transport_->seek(frame);
        Q_EMIT trim_changed(trim_, finished);
    });
    connect(bar, &TransportBar::compare_menu_wanted, compare_, &PlayerCompare::fill_menu);
}

void PlayerWidget::connect_canvas(PictureCanvas* canvas)
{
    connect(canvas, &PictureCanvas::zoom_changed, this, &PlayerWidget::zoom_changed);
    connect(canvas, &PictureCanvas::clicked, transport_, &Transport::toggle);
    connect(canvas, &PictureCanvas::double_clicked, action(PlayerAction::full_screen), &QAction::trigger);
    connect(canvas, &PictureCanvas::timecode_clicked, action(PlayerAction::show_frames), &QAction::trigger);
    connect(canvas, &PictureCanvas::divider_changed, this, [this](double part) {
        for (PictureCanvas* other : canvases())
            other->set_divider(part);
    });
}

void PlayerWidget::connect_actions()
{
    const auto on = [this](PlayerAction which, auto act) {
        connect(action(which), &QAction::triggered, this, [this, act] {
            if (transport_->length() > 0) act();
        });
    };
    auto* transport = transport_;
    on(PlayerAction::play, [transport] { transport->toggle(); });
    on(PlayerAction::pause, [transport] { transport->pause(); });
    on(PlayerAction::shuttle_forward, [transport] { transport->shuttle_forward(); });
    on(PlayerAction::shuttle_backward, [transport] { transport->shuttle_backward(); });
    on(PlayerAction::faster, [transport] { transport->change_play_speed(1); });
    on(PlayerAction::slower, [transport] { transport->change_play_speed(-1); });
    for (const PlayerAction speed : {PlayerAction::speed_quarter, PlayerAction::speed_half, PlayerAction::speed_normal,
                                     PlayerAction::speed_double, PlayerAction::speed_quadruple})
        on(speed, [transport, speed] { transport->set_play_speed(speed_of(speed)); });
    on(PlayerAction::step_forward, [transport] { transport->step(1); });
    on(PlayerAction::step_back, [transport] { transport->step(-1); });
    const auto second = [transport] { return std::max(1, static_cast<int>(std::lround(transport->rate().as_double()))); };
    on(PlayerAction::second_forward, [transport, second] { transport->step(second()); });
    on(PlayerAction::second_back, [transport, second] { transport->step(-second()); });
    on(PlayerAction::next_edit, [this] {
        const int in = transport_->range_first();
        const int out = transport_->range_end() - 1;
        const int cut = std::min(source_->next_edit(frame()), frame_count() - 1);
        const int mark = frame() < in ? in : frame() < out ? out : cut;
        transport_->seek(std::min(cut, mark));
    });
    on(PlayerAction::previous_edit, [this] {
        const int in = transport_->range_first();
        const int out = transport_->range_end() - 1;
        const int cut = source_->previous_edit(frame());
        const int mark = frame() > out ? out : frame() > in ? in : cut;
        transport_->seek(std::max(cut, mark));
    });
    on(PlayerAction::to_in, [transport] { transport->seek(transport->range_first()); });
    on(PlayerAction::to_out, [transport] { transport->seek(transport->range_end() - 1); });
    on(PlayerAction::mark_in, [this] { mark(true); });
    on(PlayerAction::mark_out, [this] { mark(false); });
    on(PlayerAction::clear_marks, [this] {
        if (content_ != Content::preview) trim_to(0, frame_count());
    });
    connect(action(PlayerAction::loop), &QAction::triggered, this, &PlayerWidget::set_loop);
    connect(action(PlayerAction::mute), &QAction::triggered, this, [this](bool muted) { sound_->set_muted(muted); });
    on(PlayerAction::save_frame, [this] {
        FrameToSave frame{source_->layers(this->frame()), source_->stage(), picture()};
        Q_EMIT save_frame_requested(frame, this->frame());
    });
    on(PlayerAction::use_as_first_frame, [this] { Q_EMIT use_as_first_frame_requested(picture(), frame()); });
}

void PlayerWidget::connect_view_actions()
{
    for (const PlayerAction zoom : {PlayerAction::zoom_fit, PlayerAction::zoom_half, PlayerAction::zoom_full,
                                    PlayerAction::zoom_double, PlayerAction::zoom_quadruple})
        connect(action(zoom), &QAction::triggered, this, [this, zoom] { set_zoom(zoom_of(zoom)); });
    const auto zoom_by = [this](double factor) { (full_ ? full_->canvas() : canvas_)->zoom_by(factor); };
    connect(action(PlayerAction::zoom_in), &QAction::triggered, this, [zoom_by] { zoom_by(k_zoom_step); });
    connect(action(PlayerAction::zoom_out), &QAction::triggered, this, [zoom_by] { zoom_by(1 / k_zoom_step); });
    connect(action(PlayerAction::safe_areas), &QAction::toggled, this, [this](bool shown) {
        for (PictureCanvas* canvas : canvases())
            canvas->set_safe_areas(shown);
    });
    action(PlayerAction::dropped_frames)->setChecked(true);
    connect(action(PlayerAction::dropped_frames), &QAction::toggled, this, &PlayerWidget::update_texts);
    connect(action(PlayerAction::show_frames), &QAction::toggled, this, &PlayerWidget::update_texts);
    connect(action(PlayerAction::full_screen), &QAction::triggered, this,
            [this](bool on) { set_full_screen(on ? screen() : nullptr); });
    connect(action(PlayerAction::second_screen), &QAction::triggered, this, &PlayerWidget::show_second_screen);
    zoom_changed(0);
}

void PlayerWidget::connect_compare()
{
    connect(action(PlayerAction::compare), &QAction::triggered, compare_, &PlayerCompare::set_on);
    const std::pair<PlayerAction, CompareMode> modes[] = {
        {PlayerAction::compare_wipe, CompareMode::wipe},
        {PlayerAction::compare_side_by_side, CompareMode::side_by_side},
        {PlayerAction::compare_difference, CompareMode::difference},
    };
    for (const auto& [which, mode] : modes)
        connect(action(which), &QAction::triggered, this, [this, mode = mode] { compare_->set_mode(mode); });
    connect(action(PlayerAction::compare_swap), &QAction::triggered, compare_, &PlayerCompare::swap);
    connect(action(PlayerAction::compare_next), &QAction::triggered, compare_, &PlayerCompare::next_mode);
    connect(compare_, &PlayerCompare::changed, this, [this] {
        update_actions();
        update_scene();
    });
    connect(compare_, &PlayerCompare::picture_ready, this, &PlayerWidget::update_scene);
}

void PlayerWidget::set_takes(const QVector<TakeChoice>& takes)
{
    compare_->set_takes(takes);
}

void PlayerWidget::compare_with(const QString& take)
{
    compare_->choose(take);
}

void PlayerWidget::set_zoom(double zoom)
{
    (full_ ? full_->canvas() : canvas_)->set_zoom(zoom);
    zoom_changed(zoom);
}

void PlayerWidget::zoom_changed(double zoom)
{
    for (TransportBar* bar : bars())
        bar->set_zoom(zoom);
    for (const PlayerAction known : {PlayerAction::zoom_fit, PlayerAction::zoom_half, PlayerAction::zoom_full,
                                     PlayerAction::zoom_double, PlayerAction::zoom_quadruple})
        action(known)->setChecked(zoom_of(known) == zoom);
}

void PlayerWidget::set_loop(bool loop)
{
    loop_ = loop;
    transport_->set_loop(content_ == Content::preview || loop);
    action(PlayerAction::loop)->setChecked(loop);
}

void PlayerWidget::mark(bool in)
{
    if (content_ == Content::preview) return;
    if (in)
        trim_to(frame(), std::max(transport_->range_end(), frame() + 1));
    else
        trim_to(std::min(transport_->range_first(), frame()), frame() + 1);
}

void PlayerWidget::trim_to(int first, int end)
{
    const core::FrameRange wanted{first, end};
    if (wanted == trim()) return;
    set_trim(wanted);
    Q_EMIT trim_changed(trim(), true);
}

}  // namespace kinora::ui
