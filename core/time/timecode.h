#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/time/frame_rate.h"

namespace kinora::core {

/// Drop-frame skips the numbers :00 and :01 (at 59.94: :00 to :03) of every minute but each tenth, so that 29.97 keeps up
/// with the clock (SMPTE ST 12-1). It exists for 30000/1001 and 60000/1001 only; other rates always count without drops.
enum class TimecodeStyle { non_drop, drop_frame };

/// True for the two rates that have drop-frame timecode.
[[nodiscard]] bool supports_drop_frame(FrameRate rate);

/// `HH:MM:SS:FF`, drop-frame `HH:MM:SS;FF`; negative frames get a leading minus. The nominal rate is the rate rounded up
/// (23.976 counts 24 frames a second).
[[nodiscard]] std::string timecode(std::int64_t frame, FrameRate rate, TimecodeStyle style = TimecodeStyle::non_drop);

/// The frame of a timecode. Fields may be left out from the left (`12:08` is 12 s 8 frames); a number alone is a frame
/// count;
/// `;` before the last field asks for drop-frame. `invalid_argument` says what is wrong.
[[nodiscard]] Result<std::int64_t> parse_timecode(std::string_view text, FrameRate rate,
                                                  TimecodeStyle style = TimecodeStyle::non_drop);

/// "24", "23.976", "12", "29.97": a rate for people.
[[nodiscard]] std::string rate_text(FrameRate rate);

/// A rate from people or files: "24", "23.976", "29.97", "59.94", "24000/1001", "12/1". `invalid_argument` otherwise.
[[nodiscard]] Result<FrameRate> parse_rate(std::string_view text);

/// "24000/1001": a rate for files; `parse_rate` reads it back exactly.
[[nodiscard]] std::string rate_fraction(FrameRate rate);

/// Duration for people: "2.8 s", "1:04 min".
[[nodiscard]] std::string duration_text(std::int64_t frames, FrameRate rate);

}  // namespace kinora::core
