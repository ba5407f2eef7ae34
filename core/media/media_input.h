#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/media/ffmpeg_handles.h"
#include "core/time/frame_rate.h"

namespace kinora::media {

/// Opens a media file and finds its streams. Containers only: no playlists, no picture sequences, no network.
[[nodiscard]] core::Result<InputHandle> open_input(const std::filesystem::path& file);

/// The same without looking into the streams: for metadata.
[[nodiscard]] core::Result<InputHandle> open_header(const std::filesystem::path& file);

/// One whole packet of a stream.
struct PacketEntry {
    std::int64_t pts = 0;  ///< in the stream's time base; the decoding time stamp where a packet has no other
    std::int64_t dts = 0;  ///< what to seek to
    bool key = false;
};

/// The packets of a stream as they are really in the file.
struct PacketIndex {
    std::vector<PacketEntry> packets;  ///< in decoding order, without those that an edit list hides
    std::vector<int> shown;            ///< indices into `packets` in order of presentation, one a picture
    int whole = 0;                     ///< packets that are complete, hidden ones included
    int claimed = 0;                   ///< what the header says; 0: nothing
};

/// Time stamp of a packet, the decoding one where there is no other.
[[nodiscard]] std::int64_t packet_time(const AVPacket& packet);

/// Reads all packets of all streams that aren't discarded, one index a stream. Ends quietly where the file does.
[[nodiscard]] core::Result<std::vector<PacketIndex>> read_index(AVFormatContext& format, const std::filesystem::path& file,
                                                                std::stop_token stop);

/// The exact rate where time stamps are evenly spaced, else FFmpeg's guess.
[[nodiscard]] core::FrameRate rate_of(AVFormatContext& format, AVStream& stream, const PacketIndex& index);

/// "23 of 48 frames can be read", or empty if the index is complete.
[[nodiscard]] std::string damage_of(const PacketIndex& index);

}  // namespace kinora::media
