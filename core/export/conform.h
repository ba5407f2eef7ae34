#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>

#include "core/base/result.h"
#include "core/time/frame_rate.h"

namespace kinora::media {

/// How frames of one rate become frames of another. All keep time: sound stays in sync.
enum class ConformMode {
    repeat,       ///< each target frame shows the source frame of its time: repeated or dropped
    blend,        ///< a mix of the two source frames about it, by their distance, on display values
    interpolate,  ///< a new picture between them, made by the engine
};

/// "repeat", "blend", "interpolate".
[[nodiscard]] std::string_view conform_id(ConformMode mode);
[[nodiscard]] std::optional<ConformMode> conform_from_id(std::string_view id);

/// Makes the picture at `phase` (above 0, below 1) between two neighbours, all `[height, width, 3]`: the engine's frame
/// interpolation. Called in rising order of time.
using InBetween = std::function<core::Result<void>(std::span<const float> before, std::span<const float> after, int width,
                                                   int height, double phase, std::span<float> out)>;

struct Conform {
    ConformMode mode = ConformMode::repeat;
    InBetween in_between;  ///< needed for `interpolate`
};

/// A picture and its alpha (empty: opaque).
struct ShownPicture {
    std::span<const float> rgb;
    std::span<const float> alpha;
};

/// Gives source frames by number, asked in rising order; valid until the next one is asked for.
using PictureAt = std::function<core::Result<ShownPicture>(std::int64_t frame)>;
/// Takes target frames in turn: a picture and how many frames it stands.
using ShowPicture = std::function<core::Result<void>(const ShownPicture& picture, int times)>;

/// What is conformed: `frames` pictures at `from` become `length` frames at `to`. Past the last picture it is held.
struct ConformShape {
    int width = 0;
    int height = 0;
    std::int64_t frames = 0;
    core::FrameRate from;
    core::FrameRate to;
    int length = 0;
};

/// Shows the target's frames. `unsupported` if interpolation is asked for and there is nothing that does it.
[[nodiscard]] core::Result<void> conform(const ConformShape& shape, const Conform& how, const PictureAt& picture,
                                         const ShowPicture& show, const std::stop_token& stop);

}  // namespace kinora::media
