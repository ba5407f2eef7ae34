#include <catch2/catch.hpp>
#include <cstdint>
#include <vector>

#include "ui/player/playback_clock.h"
#include "ui/player/transport.h"

using namespace kinora;
using ui::PlaybackClock;
using ui::Transport;

namespace {

constexpr std::int64_t ms(std::int64_t milliseconds)
{
    return milliseconds * 1'000'000;
}

/// A transport on a clock that only the test moves.
struct Deck {
    explicit Deck(int frames = 24, core::FrameRate rate = core::FrameRate{12})
    {
        transport.set_time([this] { return now; });
        transport.reset(frames, rate);
        transport.set_loop(false);
    }
    void pass(std::int64_t milliseconds)
    {
        now += ms(milliseconds);
        transport.advance();
    }
    std::int64_t now = 0;
    Transport transport;
};

}  // namespace

TEST_CASE("a playback clock doesn't drift over an hour of 23.976")
{
    PlaybackClock clock;
    clock.start(0, 1, core::FrameRate{24000, 1001}, ms(500));
    CHECK(clock.position(ms(500) + ms(1001) * 3600) == Approx(24.0 * 3600).epsilon(1e-12));
    CHECK(clock.until_next_frame(ms(500)) == Approx(41'708'334).margin(2));
}

TEST_CASE("playing backwards, the clock waits for the frame before")
{
    PlaybackClock clock;
    clock.start(10, -2, core::FrameRate{10}, 0);
    CHECK(clock.position(ms(50)) == Approx(9));
    CHECK(clock.until_next_frame(ms(10)) == Approx(ms(40)).margin(2));
}

TEST_CASE("each frame stays for exactly its time")
{
    Deck deck;
    deck.transport.play();
    deck.pass(83);
    CHECK(deck.transport.frame() == 0);
    deck.pass(1);
    CHECK(deck.transport.frame() == 1);
    deck.pass(83);
    CHECK(deck.transport.frame() == 2);
    CHECK(deck.transport.dropped() == 0);
}

TEST_CASE("a tick that comes late shows the frame that is due and counts the ones it missed")
{
    Deck deck;
    deck.transport.play();
    deck.pass(84 * 4);
    CHECK(deck.transport.frame() == 4);
    CHECK(deck.transport.dropped() == 3);
}

TEST_CASE("playback ends on the last frame of the range and rests there")
{
    Deck deck;
    deck.transport.set_range(2, 6);
    deck.transport.play();
    CHECK(deck.transport.frame() == 2);
    deck.pass(10'000);
    CHECK(deck.transport.frame() == 5);
    CHECK_FALSE(deck.transport.playing());
    deck.transport.play();
    CHECK(deck.transport.frame() == 2);
}

TEST_CASE("a loop wraps inside the range without losing time")
{
    Deck deck;
    deck.transport.set_range(2, 6);
    deck.transport.set_loop(true);
    deck.transport.play();
    deck.pass(84 * 4 + 1);
    CHECK(deck.transport.frame() == 2);
    deck.pass(84);
    CHECK(deck.transport.frame() == 3);
    deck.transport.shuttle_backward();
    deck.pass(84 * 2 + 1);
    CHECK(deck.transport.frame() == 5);
    CHECK(deck.transport.playing());
}

TEST_CASE("J and L shuttle faster with each press and slow down before they turn")
{
    Deck deck(240);
    std::vector<double> speeds;
    for (int press = 0; press < 5; ++press) {
        deck.transport.shuttle_forward();
        speeds.push_back(deck.transport.speed());
    }
    CHECK(speeds == std::vector<double>{1, 2, 4, 8, 8});
    deck.transport.shuttle_backward();
    CHECK(deck.transport.speed() == 4);
    deck.transport.pause();
    deck.transport.seek(100);
    deck.transport.shuttle_backward();
    CHECK(deck.transport.speed() == -1);
    deck.transport.shuttle_backward();
    CHECK(deck.transport.speed() == -2);
    deck.pass(500);
    CHECK(deck.transport.frame() == 88);
}

TEST_CASE("seeking pauses, and never leaves the clip")
{
    Deck deck;
    deck.transport.play();
    deck.transport.seek(1000);
    CHECK(deck.transport.frame() == 23);
    CHECK_FALSE(deck.transport.playing());
    deck.transport.step(-100);
    CHECK(deck.transport.frame() == 0);
}

TEST_CASE("an empty transport neither plays nor seeks")
{
    Deck deck(0);
    deck.transport.play();
    CHECK_FALSE(deck.transport.playing());
    deck.transport.seek(5);
    CHECK(deck.transport.frame() == 0);
}

TEST_CASE("the play speed is what Space and L start with")
{
    Deck deck;
    deck.transport.set_play_speed(0.5);
    deck.transport.toggle();
    CHECK(deck.transport.speed() == 0.5);
    deck.pass(167);
    CHECK(deck.transport.frame() == 1);
}
