#include "core/time/timecode.h"

#include <charconv>
#include <cstdlib>
#include <numeric>
#include <vector>

#include <fmt/format.h>

#include "core/time/rational_time.h"

namespace kinora::core {
namespace {

constexpr std::int64_t k_largest_field = 1'000'000'000;
constexpr std::int64_t k_largest_rate_part = 1'000'000'000;

/// Frames counted as one second: 23.976 counts 24.
std::int64_t nominal_rate(FrameRate rate)
{
    return (rate.numerator + rate.denominator - 1) / rate.denominator;
}

bool drops(FrameRate rate, TimecodeStyle style)
{
    return style == TimecodeStyle::drop_frame && supports_drop_frame(rate);
}

/// Numbers left out at each minute that isn't a tenth: 2 at 29.97, 4 at 59.94.
std::int64_t dropped_per_minute(std::int64_t nominal)
{
    return nominal / 15;
}

/// Adds the numbers that drop-frame skips, so that the rest is plain counting.
std::int64_t with_skipped_numbers(std::int64_t frame, std::int64_t nominal)
{
    const std::int64_t dropped = dropped_per_minute(nominal);
    const std::int64_t per_minute = nominal * 60 - dropped;
    const std::int64_t per_ten_minutes = per_minute * 10 + dropped;
    const std::int64_t tens = frame / per_ten_minutes;
    const std::int64_t rest = frame % per_ten_minutes;
    const std::int64_t minutes = rest < nominal * 60 ? 0 : 1 + (rest - nominal * 60) / per_minute;
    return frame + dropped * (tens * 9 + minutes);
}

Error bad_timecode(std::string_view text, std::string_view why)
{
    return make_error(ErrorKind::invalid_argument, fmt::format("\"{}\" is no timecode: {}.", text, why));
}

bool parse_number(std::string_view text, std::int64_t& value)
{
    if (text.empty() || text.front() == '-') return false;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size();
}

/// Fields between ':' and ';', right-aligned into hours, minutes, seconds, frames.
Result<std::vector<std::int64_t>> parse_fields(std::string_view text, std::string_view whole)
{
    std::vector<std::int64_t> fields;
    while (true) {
        const std::size_t stop = text.find_first_of(":;");
        std::int64_t value = 0;
        if (!parse_number(text.substr(0, stop), value)) return bad_timecode(whole, "write it like 00:00:12:08");
        if (value > k_largest_field || fields.size() == 4)
            return bad_timecode(whole, "it has more than four fields or too large ones");
        fields.push_back(value);
        if (stop == std::string_view::npos) return fields;
        text.remove_prefix(stop + 1);
    }
}

}  // namespace

bool supports_drop_frame(FrameRate rate)
{
    return rate == FrameRate(30000, 1001) || rate == FrameRate(60000, 1001);
}

std::string timecode(std::int64_t frame, FrameRate rate, TimecodeStyle style)
{
    const std::int64_t nominal = nominal_rate(rate);
    const bool drop = drops(rate, style);
    std::int64_t count = std::llabs(frame);
    if (drop) count = with_skipped_numbers(count, nominal);
    const std::int64_t seconds = count / nominal;
    return fmt::format("{}{:02}:{:02}:{:02}{}{:02}", frame < 0 ? "-" : "", seconds / 3600, seconds / 60 % 60, seconds % 60,
                       drop ? ';' : ':', count % nominal);
}

Result<std::int64_t> parse_timecode(std::string_view text, FrameRate rate, TimecodeStyle style)
{
    const std::string_view whole = text;
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    auto fields = parse_fields(text, whole);
    if (!fields) return fields.error();
    const std::int64_t sign = negative ? -1 : 1;
    if (fields->size() == 1) return sign * fields->front();

    fields->insert(fields->begin(), 4 - fields->size(), 0);
    const std::int64_t hours = (*fields)[0];
    const std::int64_t minutes = (*fields)[1];
    const std::int64_t seconds = (*fields)[2];
    const std::int64_t frames = (*fields)[3];
    const std::int64_t nominal = nominal_rate(rate);
    if (minutes > 59 || seconds > 59) return bad_timecode(whole, "minutes and seconds go up to 59");
    if (frames >= nominal)
        return bad_timecode(whole, fmt::format("frames go up to {} at {} fps", nominal - 1, rate_text(rate)));
    const std::int64_t count = ((hours * 60 + minutes) * 60 + seconds) * nominal + frames;
    if (text.find(';') != std::string_view::npos) style = TimecodeStyle::drop_frame;
    if (!drops(rate, style)) return sign * count;

    const std::int64_t dropped = dropped_per_minute(nominal);
    const std::int64_t all_minutes = hours * 60 + minutes;
    if (seconds == 0 && frames < dropped && all_minutes % 10 != 0)
        return bad_timecode(whole, "drop-frame timecode leaves this number out");
    return sign * (count - dropped * (all_minutes - all_minutes / 10));
}

std::string rate_text(FrameRate rate)
{
    if (rate.denominator == 1) return std::to_string(rate.numerator);
    std::string text = fmt::format("{:.3f}", rate.as_double());
    while (text.back() == '0')
        text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text;
}

std::string rate_fraction(FrameRate rate)
{
    return fmt::format("{}/{}", rate.numerator, rate.denominator);
}

Result<FrameRate> parse_rate(std::string_view text)
{
    const Error error = make_error(ErrorKind::invalid_argument,
                                   fmt::format("\"{}\" is no frame rate; write it like 24, 23.976 or 24000/1001.", text));
    std::int64_t top = 0;
    std::int64_t bottom = 1;
    if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
        if (!parse_number(text.substr(0, slash), top) || !parse_number(text.substr(slash + 1), bottom)) return error;
    } else if (const std::size_t point = text.find('.'); point != std::string_view::npos) {
        const std::string_view decimals = text.substr(point + 1);
        std::int64_t part = 0;
        if (decimals.size() > 3 || !parse_number(text.substr(0, point), top) || !parse_number(decimals, part)) return error;
        // The NTSC family is written with two or three decimals and means thousandth-and-one fractions.
        for (const std::int64_t whole : {24, 30, 48, 60, 120}) {
            const FrameRate exact(whole * 1000, 1001);
            if (text == rate_text(exact) || text == fmt::format("{:.2f}", exact.as_double())) return exact;
        }
        for (std::size_t i = 0; i < decimals.size(); ++i) {
            top *= 10;
            bottom *= 10;
        }
        top += part;
    } else if (!parse_number(text, top)) {
        return error;
    }
    if (top <= 0 || bottom <= 0 || top > k_largest_rate_part || bottom > k_largest_rate_part) return error;
    return FrameRate(top, bottom);
}

std::string duration_text(std::int64_t frames, FrameRate rate)
{
    const std::int64_t tenths = rescale_frames(frames, rate, FrameRate(10), Rounding::nearest);
    if (tenths < 600) return fmt::format("{}.{} s", tenths / 10, tenths % 10);
    const std::int64_t seconds = (tenths + 5) / 10;
    return fmt::format("{}:{:02} min", seconds / 60, seconds % 60);
}

}  // namespace kinora::core
