#include "ui/player/transport.h"

#include <algorithm>
#include <cmath>

namespace kinora::ui {

namespace {
constexpr double k_fastest = 8;
}

Transport::Transport(QObject* parent) : QObject(parent)
{
    elapsed_.start();
    now_ = [this] { return elapsed_.nsecsElapsed(); };
    timer_.setTimerType(Qt::PreciseTimer);
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &Transport::advance);
}

void Transport::reset(int length, core::FrameRate rate, int frame)
{
    pause();
    length_ = std::max(length, 0);
    rate_ = rate;
    first_ = 0;
    end_ = length_;
    dropped_ = 0;
    frame_ = std::clamp(frame, 0, std::max(length_ - 1, 0));
    Q_EMIT course_changed();
    Q_EMIT frame_changed(frame_);
}

void Transport::set_range(int first, int end)
{
    const int wanted_first = std::clamp(first, 0, std::max(length_ - 1, 0));
    const int wanted_end = std::clamp(end, std::min(wanted_first + 1, length_), length_);
    if (wanted_first == first_ && wanted_end == end_) return;
    first_ = wanted_first;
    end_ = wanted_end;
    if (playing()) run_at(speed_);
}

void Transport::set_loop(bool loop)
{
    if (loop_ == loop) return;
    loop_ = loop;
    if (playing()) run_at(speed_);
    Q_EMIT loop_changed(loop);
}

void Transport::set_play_speed(double speed)
{
    play_speed_ = std::clamp(std::abs(speed), 0.25, 4.0);
    if (playing()) run_at(speed_ < 0 ? -play_speed_ : play_speed_);
    Q_EMIT speed_changed(speed_);
}

void Transport::change_play_speed(int steps)
{
    const double speed = play_speed_ * std::pow(2.0, steps);
    if (std::clamp(speed, 0.25, 4.0) == speed) set_play_speed(speed);
}

void Transport::play()
{
    run_at(play_speed_);
}

void Transport::pause()
{
    timer_.stop();
    if (!playing()) return;
    speed_ = 0;
    Q_EMIT course_changed();
    Q_EMIT speed_changed(0);
    Q_EMIT playing_changed(false);
}

void Transport::toggle()
{
    playing() ? pause() : play();
}

void Transport::shuttle_forward()
{
    if (speed_ < -1) return run_at(speed_ / 2);
    run_at(speed_ > 0 ? std::min(speed_ * 2, k_fastest) : play_speed_);
}

void Transport::shuttle_backward()
{
    if (speed_ > 1) return run_at(speed_ / 2);
    run_at(speed_ < 0 ? std::max(speed_ * 2, -k_fastest) : -play_speed_);
}

void Transport::seek(int frame)
{
    pause();
    show(std::clamp(frame, 0, std::max(length_ - 1, 0)));
}

void Transport::run_at(double speed)
{
    if (length_ < 1) return;
    const bool was_playing = playing();
    if (!was_playing) dropped_ = 0;
    const bool inside = frame_ >= first_ && frame_ < end_;
    if (speed > 0 && (!inside || (!was_playing && frame_ == end_ - 1))) show(first_);
    if (speed < 0 && (!inside || (!was_playing && frame_ == first_))) show(end_ - 1);
    speed_ = speed;
    clock_.start(frame_, speed, rate_, now_());
    Q_EMIT course_changed();
    arm();
    Q_EMIT speed_changed(speed);
    if (!was_playing) Q_EMIT playing_changed(true);
}

void Transport::show(int frame)
{
    if (frame == frame_) return;
    frame_ = frame;
    Q_EMIT frame_changed(frame);
}

int Transport::due_frame(double position)
{
    // A picture stays until the next whole frame is reached, in either direction.
    int due = static_cast<int>(speed_ > 0 ? std::floor(position + 1e-6) : std::ceil(position - 1e-6));
    wrapped_ = false;
    ended_ = false;
    if (due >= first_ && due < end_) return due;
    if (!loop_) {
        ended_ = true;
        return speed_ > 0 ? end_ - 1 : first_;
    }
    const int span = end_ - first_;
    const int inside = first_ + (((due - first_) % span) + span) % span;
    clock_.shift(inside - due);
    wrapped_ = true;
    return inside;
}

void Transport::advance()
{
    if (!playing()) return;
    const int before = frame_;
    const int due = due_frame(clock_.position(now_()));
    const int expected = std::max(1, static_cast<int>(std::ceil(std::abs(speed_))));
    if (!wrapped_ && std::abs(due - before) > expected) dropped_ += std::abs(due - before) - expected;
    const bool ended = ended_;
    show(due);
    if (ended) return pause();
    if (playing()) arm();
}

void Transport::arm()
{
    const auto wait = clock_.until_next_frame(now_());
    timer_.start(static_cast<int>(std::max<std::int64_t>(1, (wait + 999'999) / 1'000'000)));
}

}  // namespace kinora::ui
