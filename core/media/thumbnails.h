#pragma once

#include <filesystem>
#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/generation/frames.h"

namespace kinora::media {

/// A picture made smaller to fit into a box, its shape kept; never enlarged. Averages areas, so that nothing flickers.
[[nodiscard]] core::Result<core::Picture8> shrink(const core::Picture8& picture, int max_width, int max_height);

/// One small picture of a clip.
[[nodiscard]] core::Result<core::Picture8> thumbnail(const std::filesystem::path& file, int frame, int max_width,
                                                     int max_height);

/// `count` small pictures spread evenly over a clip, the first and the last frame included; fewer if the clip is shorter.
/// Blocks: call it from a worker. A picture that can't be decoded repeats the one before it.
[[nodiscard]] core::Result<std::vector<core::Picture8>> filmstrip(const std::filesystem::path& file, int count,
                                                                  int max_width, int max_height, std::stop_token stop = {});

/// The same from frames in memory.
[[nodiscard]] core::Result<std::vector<core::Picture8>> filmstrip(const core::FrameSequence& clip, int count, int max_width,
                                                                  int max_height);

}  // namespace kinora::media
