#pragma once

#include <filesystem>
#include <stop_token>

#include "core/base/result.h"
#include "core/media/sound_reader.h"
#include "core/time/rational_time.h"

namespace kinora::media {

/// Writes samples [first, end) of a sound as a WAV of 24 bit, 48 kHz, two channels; silence where the sound has none. The
/// file is there whole or not at all. Errors: `disk_full`, `io`, `corrupt` (the sound), `cancelled`, `unsupported` (4 GiB).
[[nodiscard]] core::Result<void> write_wav(SoundReader& sound, core::FrameRange samples, const std::filesystem::path& file,
                                           const std::stop_token& stop);

}  // namespace kinora::media
