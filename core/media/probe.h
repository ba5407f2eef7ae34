#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/time/frame_rate.h"

namespace kinora::media {

/// Colour as the file says it, by FFmpeg's names ("bt709", "tv", "left"); "unknown" where it says nothing.
struct ColourTags {
    std::string primaries = "unknown";
    std::string transfer = "unknown";
    std::string matrix = "unknown";
    std::string range = "unknown";
    std::string chroma_location = "unspecified";

    friend bool operator==(const ColourTags&, const ColourTags&) = default;
};

enum class StreamKind { video, audio, other };

struct StreamInfo {
    StreamKind kind = StreamKind::other;
    std::string codec;         ///< FFmpeg's name, "prores", "h264"
    std::string profile;       ///< "HQ", "High"; empty: unknown
    std::string codec_tag;     ///< four characters, "apch", "avc1"
    std::string pixel_format;  ///< "yuv422p10le"; video only
    int width = 0;
    int height = 0;
    core::FrameRate rate;    ///< exact, from the distance of the packets' time stamps where that is constant
    int frames = 0;          ///< packets that are there whole: counted, never taken from the header
    int claimed_frames = 0;  ///< what the header says; 0: nothing
    double duration_seconds = 0;
    int sample_rate = 0;  ///< audio only
    int channels = 0;
    ColourTags colour;
    std::map<std::string, std::string> metadata;
};

struct MediaInfo {
    std::filesystem::path file;
    std::string container;  ///< FFmpeg's name, "mov,mp4,m4a,3gp,3g2,mj2"
    double duration_seconds = 0;
    std::vector<StreamInfo> streams;
    std::map<std::string, std::string> metadata;
    /// The first video stream has fewer whole frames than its header claims.
    bool damaged = false;
    std::string damage;  ///< "23 of 48 frames can be read"; empty if not damaged

    /// The first video stream, or null.
    [[nodiscard]] const StreamInfo* video() const;
    /// The first sound stream, or null.
    [[nodiscard]] const StreamInfo* audio() const;
};

/// Looks into a media file: reads every packet, decodes none. Only files are opened (no playlists, no network).
/// Errors: `not_found`, `corrupt` (names file and reason), `io`.
[[nodiscard]] core::Result<MediaInfo> probe(const std::filesystem::path& file);

}  // namespace kinora::media
