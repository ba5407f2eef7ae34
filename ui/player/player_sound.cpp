#include "ui/player/player_sound.h"

#include <utility>

#include "ui/player/transport.h"

namespace kinora::ui {

PlayerSound::PlayerSound(Transport& transport, std::unique_ptr<SoundOutput> output, std::function<std::int64_t()> now)
    : transport_(transport), output_(std::move(output)), now_(std::move(now))
{
    transport_.set_time([this] { return time(); });
    connect(&transport_, &Transport::course_changed, this, &PlayerSound::follow);
    if (!output_) return;
    connect(output_.get(), &SoundOutput::heard, this, [this](quint64 run, qint64 samples, qint64 moment) {
        if (sounding_ && run == run_) clock_.report(samples, SoundSource::k_rate, moment);
    });
    // The picture goes on by itself when the device doesn't.
    connect(output_.get(), &SoundOutput::failed, this, &PlayerSound::stop);
}

PlayerSound::~PlayerSound()
{
    if (output_) output_->stop();
}

std::int64_t PlayerSound::time()
{
    const std::int64_t now = now_();
    return sounding_ ? base_ + clock_.elapsed(now) : now + shift_;
}

void PlayerSound::set_source(std::shared_ptr<SoundSource> source)
{
    source_ = std::move(source);
    follow();
}

void PlayerSound::set_muted(bool muted)
{
    if (std::exchange(muted_, muted) != muted) follow();
}

void PlayerSound::stop()
{
    if (!sounding_) return;
    const std::int64_t before = time();
    output_->stop();
    sounding_ = false;
    shift_ = before - now_();
}

void PlayerSound::follow()
{
    stop();
    if (!output_ || !source_ || muted_ || transport_.speed() != 1) return;
    base_ = time();
    const SoundCourse course(transport_.frame(), {transport_.range_first(), transport_.range_end()}, transport_.rate(),
                             transport_.loop(), SoundSource::k_rate);
    clock_.start(now_());
    sounding_ = true;
    output_->start(source_, course, ++run_);
}

}  // namespace kinora::ui
