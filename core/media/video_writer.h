#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/generation/frames.h"
#include "core/media/encoder_settings.h"
#include "core/media/finisher.h"
#include "core/time/frame_rate.h"

namespace kinora::media {

enum class OverwritePolicy {
    refuse,   ///< `already_exists` if there is a file of that name, when starting and when finishing
    replace,  ///< the existing file is replaced at the end, in one step; untouched before
};

enum class SpaceCheck {
    ask_first,  ///< refuse with `disk_full` before anything is written if the estimate times 1.35 doesn't fit
    skip,
};

/// Done and total frames. Called on the thread that writes.
using WriteProgress = std::function<void(int done, int total)>;

/// Gives sound from a sample of the file on: fills `out` with interleaved floats, 48 kHz, two channels. Asked in rising
/// order on the thread that writes.
using SoundFeed = std::function<core::Result<void>(std::int64_t start, std::span<float> out)>;

/// What is written, and where.
struct WriteOptions {
    std::filesystem::path target;  ///< a file; for picture sequences the folder that holds them
    int width = 0;  ///< of the frames handed over; odd sizes are padded to even ones by repeating the edge, in RGB
    int height = 0;
    core::FrameRate rate{24};
    int frames = 0;  ///< how many will come, for the space check and the verification; 0: not known
    OverwritePolicy overwrite = OverwritePolicy::refuse;
    SpaceCheck space = SpaceCheck::ask_first;
    double estimated_bytes = 0;  ///< of the finished file, for the space check; 0: no check
    /// Sound for the whole length of the pictures, where the settings have an encoder for it; empty: none.
    SoundFeed sound;
    /// Recipe as JSON, kept in the container under `kinora_recipe` (`keeps_metadata`), for picture sequences in
    /// `recipe.json` among them; empty: nothing is disclosed.
    std::string recipe_json;
    /// Further metadata: "title", "comment", "timecode" ("01:00:00:00" writes a timecode track in MOV and MP4).
    std::map<std::string, std::string> metadata;
    std::vector<Finisher> finishers;  ///< run in this order on the finished, checked file before it gets its name
};

/// True for containers that hold the recipe and other metadata by our own keys.
[[nodiscard]] bool keeps_metadata(const EncoderSettings& settings);

/// What is on disk after `finish`.
struct WrittenFile {
    std::filesystem::path file;
    int frames = 0;  ///< counted in the finished file
    int width = 0;   ///< after padding
    int height = 0;
    std::int64_t bytes = 0;
};

/// Name of one picture of a sequence in its folder: the folder's own name, cut where it is long, and a number from 1:
/// `Film.0001.exr`.
[[nodiscard]] std::string picture_name(const std::filesystem::path& folder, const EncoderSettings& settings, int number);

/// Encodes float frames (display-referred RGB, full range) to a file, or to a folder of pictures. Pictures go straight from
/// float to what the encoder takes (8 to 16 bit, or float), tagged in stream and container. Everything is written to
/// `.kinora-xxxx.partial` in the target's folder; `finish` writes the trailer, opens the file again and checks it, flushes
/// it to the disk and renames it. Until then an existing file isn't touched. Destroying an unfinished writer removes the
/// partial file. Not thread-safe. The same frames and settings give the same bytes.
class VideoWriter {
public:
    /// Errors: `invalid_argument` (size, rate), `already_exists`, `not_found` (folder), `io` (not writable), `disk_full`,
    /// `unsupported` (no such encoder in this FFmpeg).
    [[nodiscard]] static core::Result<std::unique_ptr<VideoWriter>> open(const EncoderSettings& settings,
                                                                         const WriteOptions& options);
    ~VideoWriter();
    VideoWriter(const VideoWriter&) = delete;
    VideoWriter& operator=(const VideoWriter&) = delete;

    /// One frame, `[height, width, 3]`, with straight alpha `[height, width]` where the settings have a plane for it (empty:
    /// opaque). Errors: `disk_full`, `io`, `invalid_argument` (wrong size).
    [[nodiscard]] core::Result<void> write(std::span<const float> rgb, std::span<const float> alpha = {});

    /// Metadata that is known only at the end, before `finish`. MOV and MP4 take it; other containers have written theirs.
    void set_metadata(const std::string& key, const std::string& value);

    /// Completes and checks the file and gives it its name. No call may follow.
    [[nodiscard]] core::Result<WrittenFile> finish();

private:
    struct State;
    explicit VideoWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Writes a whole clip. `options.width`, `height`, `rate` and `frames` are taken from the clip. Stops between frames with
/// `cancelled`, leaving nothing behind.
[[nodiscard]] core::Result<WrittenFile> write_clip(const core::FrameSequence& clip, const EncoderSettings& settings,
                                                   WriteOptions options, const WriteProgress& progress = {},
                                                   std::stop_token stop = {});

}  // namespace kinora::media
