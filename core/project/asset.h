#pragma once

#include <cstdint>
#include <string>

#include "core/time/rational_time.h"

namespace kinora::core {

/// All sound in a project is counted in samples of this rate; other rates are resampled when they are read.
inline constexpr FrameRate k_sample_rate{48000};

enum class AssetKind { video, image, audio };

/// A file the artist brought in. Shots show it through a take without recipe (`Take::asset`), sound clips play it.
struct Asset {
    std::string id;
    std::string name;    ///< for people: the file's name when it was imported
    std::string file;    ///< UTF-8; relative to the project folder, or absolute while it isn't gathered
    std::string sha256;  ///< of the whole file, lower-case hex; empty: not known yet
    std::uint64_t bytes = 0;
    AssetKind kind = AssetKind::video;
    std::int64_t frames = 0;  ///< pictures: 1 for an image, 0 for audio
    FrameRate rate{24};       ///< of a video
    int width = 0;
    int height = 0;
    std::int64_t samples = 0;  ///< length of its sound at `k_sample_rate`; 0: it has none
    std::string unknown;
    friend bool operator==(const Asset&, const Asset&) = default;
};

}  // namespace kinora::core
