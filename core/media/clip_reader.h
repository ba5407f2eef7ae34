#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

#include "core/base/result.h"
#include "core/generation/frames.h"

namespace kinora::media {

/// One decoded picture of a clip, ready for a screen.
struct VideoFrame {
    int index = 0;  ///< from 0, in the order of presentation
    core::Picture8
        picture;  ///< RGB, full range, converted with the clip's own matrix and range (BT.709 limited if untagged)
};

/// What a reader knows once a clip is open.
struct ClipInfo {
    int width = 0;
    int height = 0;
    int frames = 0;          ///< pictures that are really there
    int claimed_frames = 0;  ///< more than `frames` in a damaged file
    core::FrameRate rate;
    bool damaged = false;
    std::string damage;  ///< "23 of 48 frames can be read"
    int depth = 8;       ///< bits of a sample; 16 for picture files, which are read with all they have
};

/// Frame-exact random access to the first video stream of a file, by an index built from the packets' time stamps at open.
/// A picture file (by the ending of its name) is a clip of one frame.
/// Not thread-safe: one thread at a time. The UI uses `ClipCache`, which owns readers on a thread of its own.
class ClipReader {
public:
    /// Reads the index (no pictures). Errors: `not_found`, `corrupt`, `unsupported` (no video, no decoder), `cancelled`.
    [[nodiscard]] static core::Result<std::unique_ptr<ClipReader>> open(const std::filesystem::path& file,
                                                                        std::stop_token stop = {});
    ~ClipReader();
    ClipReader(const ClipReader&) = delete;
    ClipReader& operator=(const ClipReader&) = delete;

    [[nodiscard]] const ClipInfo& info() const;
    [[nodiscard]] const std::filesystem::path& file() const;

    /// Exactly this picture, in 8 bit. Cheap for the next one in order; otherwise decodes from the key frame before it.
    /// Errors: `invalid_argument` (no such frame), `corrupt` (that picture can't be decoded).
    [[nodiscard]] core::Result<std::shared_ptr<const VideoFrame>> frame(int index);

    /// Pictures `[first, first + count)` as float RGB with all bits of the file, for exports and for the engine.
    [[nodiscard]] core::Result<core::FrameSequence> frames(int first, int count, std::stop_token stop = {});

private:
    struct State;
    explicit ClipReader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace kinora::media
