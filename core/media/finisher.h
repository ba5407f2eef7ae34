#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "core/base/result.h"

namespace kinora::media {

/// A file whose encoding is done and checked, before it gets its name.
struct FinishedPartial {
    std::filesystem::path partial;  ///< where the bytes are now: a hidden name, in the target's folder
    std::filesystem::path target;   ///< what it is going to be called; for messages and for the title in tags
    std::string container;          ///< FFmpeg's name of the muxer: "mov", "mp4", "mxf", "webm", "image2" …
    bool folder = false;            ///< a picture sequence: `partial` is a folder of pictures
};

/// One more thing done to a finished file, in the order encode → tags → XMP → C2PA → rename: the writer runs its finishers
/// one after the other on the temporary file, checks what came out as it checked its own, flushes it and renames it. A
/// finisher may change the file in place or put another one at the same path. An error ends the export with nothing left
/// behind.
using Finisher = std::function<core::Result<void>(const FinishedPartial& file)>;

}  // namespace kinora::media
