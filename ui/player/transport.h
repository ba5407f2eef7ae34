#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <functional>

#include "ui/player/playback_clock.h"

namespace kinora::ui {

/// Which frame is shown, and how it moves: play, J-K-L shuttle, loop, steps. Knows nothing of pictures or widgets.
///
/// Playback stays inside the range (the trim); scrubbing and steps reach the whole clip. All frames are integers in
/// `[0, length)`; the range is half-open.
class Transport : public QObject {
    Q_OBJECT

public:
    explicit Transport(QObject* parent = nullptr);

    /// A new clip: pauses, puts the range over all of it and the playhead on `frame`.
    void reset(int length, core::FrameRate rate, int frame = 0);
    /// Clamped to the clip, at least one frame long.
    void set_range(int first, int end);
    void set_loop(bool loop);
    /// The speed that Space and L start with: ¼ … 4.
    void set_play_speed(double speed);
    /// The next speed of ¼, ½, 1, 2, 4 above or below.
    void change_play_speed(int steps);

    void play();
    void pause();
    void toggle();
    /// L: play, each repeat twice as fast up to 8×; while it runs backwards it first slows down.
    void shuttle_forward();
    /// J: the mirror of L.
    void shuttle_backward();
    /// Pauses and shows `frame`, clamped to the clip.
    void seek(int frame);
    void step(int frames) { seek(frame_ + frames); }

    [[nodiscard]] int frame() const { return frame_; }
    [[nodiscard]] int length() const { return length_; }
    [[nodiscard]] core::FrameRate rate() const { return rate_; }
    [[nodiscard]] int range_first() const { return first_; }
    [[nodiscard]] int range_end() const { return end_; }
    [[nodiscard]] bool loop() const { return loop_; }
    [[nodiscard]] bool playing() const { return speed_ != 0; }
    /// Signed and 0 when paused.
    [[nodiscard]] double speed() const { return speed_; }
    [[nodiscard]] double play_speed() const { return play_speed_; }
    /// Frames that a tick came too late for, since the last reset or start.
    [[nodiscard]] int dropped() const { return dropped_; }
    /// A picture that had to be shown wasn't decoded in time.
    void count_drop() { ++dropped_; }

    /// Shows the frame that is due now. The timer calls it; tests call it with a clock of their own.
    void advance();
    /// Whose clock playback follows: nanoseconds that never run backwards. The sound's device while it plays; the machine's
    /// own until one is set.
    void set_time(std::function<std::int64_t()> now) { now_ = std::move(now); }
    /// Fractional frame that is due now, for what has to stay with the picture.
    [[nodiscard]] double position() const { return playing() ? clock_.position(now_()) : frame_; }

Q_SIGNALS:
    void frame_changed(int frame);
    void playing_changed(bool playing);
    void speed_changed(double speed);
    void loop_changed(bool loop);
    /// Playback started, stopped or goes on differently: speed, range, loop or place changed. Not emitted frame by frame.
    void course_changed();

private:
    void run_at(double speed);
    void show(int frame);
    /// The whole frame that belongs to a position, wrapped or stopped at the ends of the range.
    [[nodiscard]] int due_frame(double position);
    void arm();

    QTimer timer_;
    QElapsedTimer elapsed_;
    std::function<std::int64_t()> now_;
    PlaybackClock clock_;
    core::FrameRate rate_{24};
    int length_ = 0;
    int first_ = 0;
    int end_ = 0;
    int frame_ = 0;
    int dropped_ = 0;
    double speed_ = 0;
    double play_speed_ = 1;
    bool loop_ = true;
    bool wrapped_ = false;
    bool ended_ = false;
};

}  // namespace kinora::ui
