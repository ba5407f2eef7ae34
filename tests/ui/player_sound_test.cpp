#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>

#include "tests/ui/player_fixture.h"
#include "ui/player/player_sound.h"
#include "ui/player/sound_clock.h"
#include "ui/player/sound_course.h"
#include "ui/player/transport.h"

using namespace kinora;
using ui::NullOutput;
using ui::PlayerSound;
using ui::SoundCourse;
using ui::Transport;

namespace {

constexpr std::int64_t k_second = 1'000'000'000;

/// Every sample is its own number, so that a test sees what was heard.
struct Numbers : ui::SoundSource {
    void read(std::int64_t first, std::span<float> stereo) override
    {
        for (std::size_t i = 0; i < stereo.size(); ++i)
            stereo[i] = static_cast<float>(first + static_cast<std::int64_t>(i / 2));
    }
};

/// A transport with a null sink whose pace isn't quite the clock's, on a clock that only the test moves.
struct Deck {
    Deck(double pace, core::FrameRate rate, int frames)
    {
        auto owned = std::make_unique<NullOutput>(pace);
        sink = owned.get();
        sound = std::make_unique<PlayerSound>(transport, std::move(owned), [this] { return now; });
        transport.reset(frames, rate);
        sound->set_source(std::make_shared<Numbers>());
    }

    /// The frame that belongs to the sample that is heard now.
    double heard_frame(core::FrameRate rate) const
    {
        return static_cast<double>(sink->sample_at(now)) * rate.as_double() / ui::SoundSource::k_rate;
    }

    std::int64_t now = 5 * k_second;
    Transport transport;
    NullOutput* sink = nullptr;
    std::unique_ptr<PlayerSound> sound;
};

/// The worst distance between picture and sound over ten minutes, in frames, ticks and reports as irregular as real ones.
double worst_drift(double pace, core::FrameRate rate, int range_end, bool loop)
{
    Deck deck(pace, rate, 40'000);
    deck.transport.set_range(0, range_end);
    deck.transport.set_loop(loop);
    deck.transport.play();
    std::srand(7);
    double worst = 0;
    std::int64_t next_report = deck.now;
    const std::int64_t end = deck.now + 600 * k_second;
    int ticks = 0;
    while (deck.now < end) {
        deck.now += 3'000'000 + std::rand() % 15'000'000;
        if (deck.now >= next_report) {
            deck.sink->advance(deck.now);
            next_report = deck.now + 15'000'000 + std::rand() % 20'000'000;
        }
        deck.transport.advance();
        if (++ticks < 20 || deck.sink->last_sample() < 0) continue;
        double apart = deck.transport.frame() + 0.5 - deck.heard_frame(rate);
        if (loop) apart = std::remainder(apart, range_end);  // around the end of the loop one is ahead of the other
        worst = std::max(worst, std::abs(apart) - 0.5);
    }
    return worst;
}

}  // namespace

TEST_CASE("a course of sound wraps where the picture does, to the sample")
{
    const SoundCourse course(10, {5, 15}, core::FrameRate{24}, true, 48'000);
    CHECK(course.source_sample(0) == 20'000);
    CHECK(course.source_sample(9'999) == 29'999);
    CHECK(course.source_sample(10'000) == 10'000);
    CHECK(course.source_sample(10'000 + 20'000 * 7 + 3) == 10'003);
    CHECK(course.run_length(9'000) == 1'000);
    const SoundCourse once(10, {5, 15}, core::FrameRate{24}, false, 48'000);
    CHECK(once.source_sample(10'000) == -1);
}

TEST_CASE("reading a course over its end goes on at its start without a hole")
{
    Numbers numbers;
    std::vector<float> stereo(2 * 300);
    ui::read_course(numbers, SoundCourse(2, {1, 3}, core::FrameRate{480}, true, 48'000), 0, stereo);
    CHECK(stereo[0] == 200);
    CHECK(stereo[2 * 99] == 299);
    CHECK(stereo[2 * 100] == 100);
    CHECK(stereo[2 * 299] == 299);
}

TEST_CASE("the sound's clock smooths a jumping device, never goes back, and waits with a device that stalls")
{
    ui::SoundClock clock;
    clock.start(0);
    CHECK(clock.elapsed(40'000'000) == 0);  // the device hasn't begun
    std::int64_t before = 0;
    for (std::int64_t ms = 50; ms < 2'000; ms += 7) {
        if (ms % 21 == 1) clock.report((ms - 50) * 48 / 1'024 * 1'024, 48'000, ms * 1'000'000);
        const std::int64_t elapsed = clock.elapsed(ms * 1'000'000);
        CHECK(elapsed >= before);
        before = elapsed;
    }
    CHECK(before == Approx(1.94e9).margin(4e7));
    CHECK(clock.elapsed(9 * k_second) <= before + 300'000'000);
}

TEST_CASE("sound and picture stay within a frame of each other for ten minutes, whatever the device's pace")
{
    CHECK(worst_drift(1.0, core::FrameRate{24}, 40'000, false) <= 1);
    CHECK(worst_drift(1.0005, core::FrameRate{24}, 40'000, false) <= 1);  // a clock without sound would be 7 frames off
    CHECK(worst_drift(0.9995, core::FrameRate{30000, 1001}, 40'000, false) <= 1);
    CHECK(worst_drift(1.0003, core::FrameRate{12}, 37, true) <= 1);  // through 194 loops
}

TEST_CASE("sound plays at normal speed forwards only, and the clock doesn't jump when it comes and goes")
{
    Deck deck(1.0, core::FrameRate{24}, 1000);
    deck.transport.play();
    CHECK(deck.sound->sounding());
    for (int tick = 0; tick < 100; ++tick) {
        deck.now += 10'000'000;
        deck.sink->advance(deck.now);
        deck.transport.advance();
    }
    const int frame = deck.transport.frame();
    CHECK(frame == Approx(24).margin(1));
    deck.transport.shuttle_forward();
    CHECK_FALSE(deck.sound->sounding());
    CHECK(deck.transport.frame() == frame);
    deck.now += k_second / 2;
    deck.transport.advance();
    CHECK(deck.transport.frame() == frame + 24);
    deck.transport.set_play_speed(1);
    CHECK(deck.sound->sounding());
    deck.transport.shuttle_backward();
    CHECK_FALSE(deck.sound->sounding());
    deck.transport.pause();
    deck.sound->set_muted(true);
    deck.transport.play();
    CHECK_FALSE(deck.sound->sounding());
    deck.sound->set_muted(false);
    CHECK(deck.sound->sounding());
    deck.transport.pause();
    CHECK_FALSE(deck.sink->running());
}

TEST_CASE("sound begins at the playhead, and a device that fails leaves the picture running")
{
    Deck deck(1.0, core::FrameRate{24}, 1000);
    deck.transport.seek(240);
    deck.transport.play();
    deck.sink->advance(deck.now);
    deck.now += 100'000'000;
    deck.sink->advance(deck.now);
    CHECK(deck.sink->last_sample() == Approx(480'000 + 4'800).margin(2));
    Q_EMIT deck.sink->failed();
    CHECK_FALSE(deck.sound->sounding());
    deck.now += k_second;
    deck.transport.advance();
    CHECK(deck.transport.frame() >= 263);
}

TEST_CASE("without a device the clock on the wall is the clock")
{
    std::int64_t now = 0;
    Transport transport;
    PlayerSound sound(transport, nullptr, [&] { return now; });
    sound.set_source(std::make_shared<Numbers>());
    transport.reset(100, core::FrameRate{24});
    transport.play();
    now += k_second;
    transport.advance();
    CHECK(transport.frame() == 24);
    CHECK_FALSE(sound.sounding());
}
