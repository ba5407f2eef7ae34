#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/export/presets.h"
#include "core/generation/frames.h"
#include "core/media/colour_space.h"
#include "tests/media/media_fixtures.h"

namespace kinora::tests {

/// Patches and ramps that every preset is measured with: frames of one colour, then frames with a grey ramp above and a
/// colour ramp below.
inline constexpr int k_chart_width = 512;
inline constexpr int k_chart_height = 288;
inline constexpr int k_chart_ramps = 16;
[[nodiscard]] const std::vector<Colour>& chart_patches();
[[nodiscard]] core::FrameSequence chart(core::FrameRate rate = core::FrameRate(24));

/// The chart's colour at a pixel of a frame, before any conversion.
[[nodiscard]] Colour chart_colour(int frame, int x, int y);

/// How a preset's pictures are read back: planes in the file's own layout, as another program decodes them.
struct ReadBack {
    std::string pixel_format;  ///< FFmpeg's name
    int bits = 8;              ///< of its samples; 32: float
    int code_bits = 8;         ///< errors are told in codes of so many bits
    bool rgb = false;
    int across = 0;  ///< chroma halved
    int down = 0;
};
[[nodiscard]] ReadBack read_back_of(const media::Preset& preset);

/// The chart's largest error over all patches and the mean error over the ramps, in codes.
struct ChartErrors {
    double patches = 0;
    double ramps = 0;
    int frames = 0;  ///< that the other program decoded
};
/// Decodes a written chart with the ffmpeg program and compares it, code by code, with what the standards ask for (ITU-R
/// BT.709, BT.2020; SMPTE RP 177 for other primaries), computed here in double.
[[nodiscard]] ChartErrors chart_errors(const std::filesystem::path& file, const media::Preset& preset,
                                       media::ColourSpace space = media::ColourSpace::bt709);

/// What mediainfo says: every field of a kind of track, "Video", as JSON's keys tell it. Empty: there is no such track.
[[nodiscard]] std::map<std::string, std::string> mediainfo(const std::filesystem::path& file, const std::string& kind);

}  // namespace kinora::tests
