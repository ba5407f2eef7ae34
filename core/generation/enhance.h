#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/generation/enhancement.h"
#include "core/generation/frames.h"
#include "core/time/frame_rate.h"

namespace kinora::core {

/// How large a clip becomes: `factor` times its size, or a size of its own.
struct UpscaleTarget {
    double factor = 0;  ///< 0: the size below counts
    int width = 0;      ///< 0: as the height and the clip's proportions say
    int height = 0;

    friend bool operator==(const UpscaleTarget&, const UpscaleTarget&) = default;
};

/// How many frames a second a clip becomes: `factor` times as many, or a rate of its own.
struct RateTarget {
    int factor = 0;  ///< 0: the rate below counts
    FrameRate rate{24};

    friend bool operator==(const RateTarget&, const RateTarget&) = default;
};

/// What is to be done to a clip. Frames are interpolated first, then enlarged.
struct EnhanceRequest {
    std::optional<UpscaleTarget> upscale;
    std::optional<RateTarget> interpolate;
    std::string upscaler{k_own_enhancer};      ///< or the path of an ESRGAN or SRVGG file
    std::string interpolator{k_own_enhancer};  ///< or the path of a RIFE 4 file
    std::string device = "auto";
    std::string dtype = "auto";
    int tile = 0;  ///< side of the pieces that a frame is enlarged in, in its own pixels; 0: what suits the machine

    friend bool operator==(const EnhanceRequest&, const EnhanceRequest&) = default;
};

/// Size, length and rate of a clip.
struct ClipShape {
    int width = 0;
    int height = 0;
    std::int64_t frames = 0;
    FrameRate rate{12};

    friend bool operator==(const ClipShape&, const ClipShape&) = default;
};

/// "2x", "x4", "1.5x", "720p", "1080p", "1440p", "4k", "8k" or "1920x1080". `invalid_argument` says what is possible.
[[nodiscard]] Result<UpscaleTarget> parse_upscale(std::string_view text);

/// "2x", "x3" or a rate such as "24", "25", "23.976" and "30000/1001". `invalid_argument` says what is possible.
[[nodiscard]] Result<RateTarget> parse_interpolate(std::string_view text);

/// The part of the picture that is enlarged, in its pixels: the middle, where the target has other proportions.
struct PictureCut {
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;
};

/// What a recipe or a shot asks for. `invalid_argument` as the two above.
[[nodiscard]] Result<EnhanceRequest> enhance_request(const Enhancement& enhancement);

/// What comes out of a request. A named height ("1080p") is the 16:9 picture of that height for clips of nearly these
/// proportions (a tenth more or less), whose overhang is cut off on both sides; others keep theirs, in even numbers of
/// pixels. The length in time stays: 33 frames at 12 become 66 at 24. `invalid_argument` where the size would be impossible
/// (above 16384 pixels a side, or nothing asked for).
struct EnhancePlan {
    ClipShape shape;
    PictureCut cut;
};
[[nodiscard]] Result<EnhancePlan> plan_enhance(const EnhanceRequest& request, const ClipShape& clip);

struct Recipe;
/// Size, length and rate of a recipe's finished clip.
[[nodiscard]] ClipShape shape_of(const Recipe& recipe);

/// The picture that target frame `n` shows: source frame `frame`, moved on by `phase` (0…1) towards the next one. Past the
/// last frame it is held.
struct PlaceBetween {
    std::int64_t frame = 0;
    double phase = 0;
};
[[nodiscard]] PlaceBetween place_of_frame(std::int64_t n, FrameRate source, FrameRate target, std::int64_t source_frames);

/// Takes finished frames in order, `[height, width, 3]`; valid during the call.
using FrameSink = std::function<Result<void>(std::span<const float> rgb)>;

/// One clip being enhanced: frames in, frames out, two of them in memory at a time whatever the length. One thread.
class EnhanceRun {
public:
    virtual ~EnhanceRun() = default;

    [[nodiscard]] virtual const EnhancePlan& plan() const = 0;

    /// The clip's next frame, `[height, width, 3]`; `sink` gets those that it completes. `cancelled` within a piece of a
    /// frame.
    [[nodiscard]] virtual Result<void> push(std::span<const float> rgb, const FrameSink& sink) = 0;

    /// After the last frame.
    [[nodiscard]] virtual Result<void> finish(const FrameSink& sink) = 0;
};

/// Enlarges clips and makes frames between frames. Not thread-safe: one worker per device owns one.
class Enhancer {
public:
    virtual ~Enhancer() = default;

    /// Loads the networks that the request needs and begins. Errors name the file of a network that can't be used.
    [[nodiscard]] virtual Result<std::unique_ptr<EnhanceRun>> start(const EnhanceRequest& request, const ClipShape& clip,
                                                                    std::stop_token stop) = 0;

    /// The picture at `phase` (0…1) between two, all `[height, width, 3]`; at a cut the nearer one of both.
    [[nodiscard]] virtual Result<void> between(std::span<const float> before, std::span<const float> after, int width,
                                               int height, double phase, std::span<float> out) = 0;
};

/// Done and total frames of what comes out.
using EnhanceProgress = std::function<void(std::int64_t done, std::int64_t total)>;

/// A clip in memory, enhanced as a whole.
[[nodiscard]] Result<FrameSequence> enhance_clip(Enhancer& enhancer, const EnhanceRequest& request,
                                                 const FrameSequence& clip, const EnhanceProgress& progress = {},
                                                 std::stop_token stop = {});

}  // namespace kinora::core
