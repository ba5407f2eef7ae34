#pragma once

#include <QObject>
#include <functional>
#include <memory>

#include "ui/player/sound_clock.h"
#include "ui/player/sound_output.h"

namespace kinora::ui {

class Transport;

/// Keeps sound and picture together. While sound plays, which is at normal speed forwards, its device is the clock of the
/// transport; otherwise the monotonic clock is. The time it tells never jumps when one takes over from the other.
class PlayerSound : public QObject {
    Q_OBJECT

public:
    /// `output` null: a machine without sound. `now` for tests: nanoseconds of a monotonic clock.
    PlayerSound(Transport& transport, std::unique_ptr<SoundOutput> output,
                std::function<std::int64_t()> now = monotonic_now);
    ~PlayerSound() override;

    /// What the content sounds like; null: nothing to hear.
    void set_source(std::shared_ptr<SoundSource> source);
    void set_muted(bool muted);
    [[nodiscard]] bool muted() const { return muted_; }
    /// The sound's device is the clock now.
    [[nodiscard]] bool sounding() const { return sounding_; }
    [[nodiscard]] bool has_source() const { return source_ != nullptr; }
    [[nodiscard]] bool has_output() const { return output_ != nullptr; }

private:
    void follow();
    void stop();
    [[nodiscard]] std::int64_t time();

    Transport& transport_;
    std::unique_ptr<SoundOutput> output_;
    std::function<std::int64_t()> now_;
    std::shared_ptr<SoundSource> source_;
    SoundClock clock_;
    std::int64_t base_ = 0;   // what time it was when the sound began
    std::int64_t shift_ = 0;  // of the monotonic clock
    quint64 run_ = 0;
    bool muted_ = false;
    bool sounding_ = false;
};

}  // namespace kinora::ui
