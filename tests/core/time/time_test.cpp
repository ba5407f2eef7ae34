#include <catch2/catch.hpp>
#include <limits>

#include "core/time/rational_time.h"
#include "core/time/timecode.h"

using namespace kinora::core;

namespace {

const FrameRate ntsc(30000, 1001);
const FrameRate film(24000, 1001);

std::int64_t parsed(std::string_view text, FrameRate rate, TimecodeStyle style = TimecodeStyle::non_drop)
{
    const auto frame = parse_timecode(text, rate, style);
    REQUIRE(frame);
    return *frame;
}

}  // namespace

TEST_CASE("every frame of 12 fps is shown twice at 24")
{
    const std::int64_t expected[] = {0, 0, 1, 1, 2, 2, 3};
    for (int n = 0; n < 7; ++n)
        CHECK(source_frame_at(n, 12, 24) == expected[n]);
    CHECK(conformed_length(33, 12, 24) == 66);
}

TEST_CASE("16 fps at 24 repeats every other frame")
{
    const std::int64_t expected[] = {0, 0, 1, 2, 2, 3, 4, 4, 5};
    for (int n = 0; n < 9; ++n)
        CHECK(source_frame_at(n, 16, 24) == expected[n]);
    CHECK(conformed_length(33, 16, 24) == 50);
}

TEST_CASE("60 fps at 24 drops frames")
{
    const std::int64_t expected[] = {0, 2, 5, 7, 10};
    for (int n = 0; n < 5; ++n)
        CHECK(source_frame_at(n, 60, 24) == expected[n]);
    CHECK(first_timeline_frame_of(3, 60, 24) == 2);
}

TEST_CASE("conforming shows exactly the frames of the source, in order, whatever the two rates")
{
    const FrameRate rates[] = {1, 8, 12, 15, 16, film, 24, 25, ntsc, 30, 50, 60, FrameRate(60000, 1001), 120};
    for (const FrameRate source : rates) {
        for (const FrameRate timeline : rates) {
            for (std::int64_t frames = 1; frames < 40; ++frames) {
                const std::int64_t length = conformed_length(frames, source, timeline);
                REQUIRE(length > 0);
                CHECK(source_frame_at(0, source, timeline) == 0);
                CHECK(source_frame_at(length - 1, source, timeline) < frames);
                CHECK(source_frame_at(length, source, timeline) >= frames);
                for (std::int64_t k = 0; k < frames; ++k) {
                    const std::int64_t n = first_timeline_frame_of(k, source, timeline);
                    CHECK(source_frame_at(n, source, timeline) >= k);
                    if (n > 0) CHECK(source_frame_at(n - 1, source, timeline) < k);
                }
            }
        }
    }
}

TEST_CASE("rescaling rounds as asked, also below zero and for huge counts")
{
    CHECK(rescale_frames(5, 24, 12, Rounding::down) == 2);
    CHECK(rescale_frames(5, 24, 12, Rounding::nearest) == 3);
    CHECK(rescale_frames(5, 24, 12, Rounding::up) == 3);
    CHECK(rescale_frames(-5, 24, 12, Rounding::down) == -3);
    CHECK(rescale_frames(-5, 24, 12, Rounding::up) == -2);
    CHECK(rescale_frames(1'000'000'000'000'000, ntsc, film, Rounding::nearest) == 800'000'000'000'000);
}

TEST_CASE("times compare exactly between rates")
{
    CHECK(RationalTime{12, 24} == RationalTime{6, 12});
    CHECK(RationalTime{1001, 24} < RationalTime{1001, film});
    CHECK(RationalTime{30000, ntsc} == RationalTime{1001, 1});
    CHECK(RationalTime{6, 12}.at_rate(24, Rounding::down).frames == 12);
    CHECK(RationalTime{48, 24}.seconds() == 2.0);
}

TEST_CASE("ranges are half-open")
{
    const FrameRange range{2, 5};
    CHECK(range.length() == 3);
    CHECK(range.contains(2));
    CHECK_FALSE(range.contains(5));
    CHECK(intersection(range, {4, 9}) == FrameRange{4, 5});
    CHECK(intersection(range, {7, 9}).empty());
    const TimeRange time{{24, 24}, 24};
    CHECK(time.contains({12, 12}));
    CHECK_FALSE(time.contains({24, 12}));
    CHECK(time.end() == RationalTime{2, 1});
}

TEST_CASE("timecode counts hours, minutes, seconds and frames")
{
    CHECK(timecode(0, 24) == "00:00:00:00");
    CHECK(timecode(23, 24) == "00:00:00:23");
    CHECK(timecode(24, 24) == "00:00:01:00");
    CHECK(timecode(86400 + 25, 24) == "01:00:01:01");
    CHECK(timecode(-25, 24) == "-00:00:01:01");
    CHECK(timecode(24, film) == "00:00:01:00");
}

TEST_CASE("drop-frame leaves out two numbers a minute but for each tenth")
{
    const auto drop = TimecodeStyle::drop_frame;
    CHECK(timecode(1799, ntsc, drop) == "00:00:59;29");
    CHECK(timecode(1800, ntsc, drop) == "00:01:00;02");
    CHECK(timecode(3597, ntsc, drop) == "00:01:59;29");
    CHECK(timecode(3598, ntsc, drop) == "00:02:00;02");
    CHECK(timecode(17981, ntsc, drop) == "00:09:59;29");
    CHECK(timecode(17982, ntsc, drop) == "00:10:00;00");
    CHECK(timecode(107892, ntsc, drop) == "01:00:00;00");
    CHECK(timecode(3600, FrameRate(60000, 1001), drop) == "00:01:00;04");
}

TEST_CASE("drop-frame is ignored for rates that don't have it")
{
    CHECK(timecode(1800, 30, TimecodeStyle::drop_frame) == "00:01:00:00");
    CHECK(parsed("00:01:00;00", 30) == 1800);
}

TEST_CASE("timecode and its reading are inverse")
{
    for (const FrameRate rate : {FrameRate(12), FrameRate(24), film, ntsc, FrameRate(60000, 1001)}) {
        for (const auto style : {TimecodeStyle::non_drop, TimecodeStyle::drop_frame}) {
            for (std::int64_t frame = -2000; frame < 40'000; frame += 7)
                REQUIRE(parsed(timecode(frame, rate, style), rate, style) == frame);
        }
    }
}

TEST_CASE("short timecodes and frame counts are understood")
{
    CHECK(parsed("12:08", 24) == 296);
    CHECK(parsed("1:00:00", 24) == 1440);
    CHECK(parsed("48", 24) == 48);
    CHECK(parsed(" -2 ", 24) == -2);
}

TEST_CASE("what is no timecode says why")
{
    for (const char* bad :
         {"", "abc", "1:", ":1", "1:2:3:4:5", "00:60:00:00", "00:00:00:24", "1:-2", "99999999999999999999"}) {
        const auto frame = parse_timecode(bad, 24);
        REQUIRE_FALSE(frame);
        CHECK(frame.error().kind == ErrorKind::invalid_argument);
        CHECK(frame.error().message.find(bad) != std::string::npos);
    }
    CHECK_FALSE(parse_timecode("00:01:00;01", ntsc));
}

TEST_CASE("rates are read as people and files write them")
{
    CHECK(*parse_rate("24") == FrameRate(24));
    CHECK(*parse_rate("23.976") == film);
    CHECK(*parse_rate("23.98") == film);
    CHECK(*parse_rate("29.97") == ntsc);
    CHECK(*parse_rate("12.5") == FrameRate(25, 2));
    CHECK(*parse_rate("24000/1001") == film);
    CHECK(rate_text(film) == "23.976");
    CHECK(rate_text(ntsc) == "29.97");
    CHECK(rate_text(12) == "12");
    for (const char* bad : {"", "0", "-24", "24/0", "x", "24fps", "1.2.3", "99999999999", "24/", "."})
        CHECK_FALSE(parse_rate(bad));
}

TEST_CASE("fractions of rates are read back exactly")
{
    for (const FrameRate rate : {FrameRate(12), film, ntsc, FrameRate(25, 2)})
        CHECK(*parse_rate(rate_fraction(rate)) == rate);
}

TEST_CASE("durations read like a person would say them")
{
    CHECK(duration_text(33, 12) == "2.8 s");
    CHECK(duration_text(24 * 64, 24) == "1:04 min");
}
