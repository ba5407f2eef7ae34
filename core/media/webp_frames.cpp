#include "core/media/webp_frames.h"

#include <string>

#include "core/base/file.h"
#include "core/media/ffmpeg_handles.h"

extern "C" {
#include <libavutil/intreadwrite.h>
}

namespace kinora::media {
namespace {

constexpr std::uint64_t k_largest_file = std::uint64_t{1} << 31U;

int number24(const char* bytes)
{
    return static_cast<int>(AV_RL24(bytes));
}

}  // namespace

core::Result<WebpFrames> read_webp_frames(const std::filesystem::path& file)
{
    const auto bytes = core::read_file(file, k_largest_file);
    if (!bytes) return bytes.error();
    const auto damaged = [&] { return ffmpeg_error(file, "read", AVERROR_INVALIDDATA); };
    if (bytes->size() < 12 || bytes->compare(0, 4, "RIFF") != 0 || bytes->compare(8, 4, "WEBP") != 0) return damaged();
    if (AV_RL32(bytes->data() + 4) + std::uint64_t{8} > bytes->size()) return damaged();
    WebpFrames frames;
    std::size_t at = 12;
    while (at + 8 <= bytes->size()) {
        const std::string name = bytes->substr(at, 4);
        const std::size_t size = AV_RL32(bytes->data() + at + 4);
        const char* data = bytes->data() + at + 8;
        if (at + 8 + size > bytes->size()) return damaged();
        if (name == "VP8X" && size >= 10) {
            frames.width = number24(data + 4) + 1;
            frames.height = number24(data + 7) + 1;
        }
        if (name == "VP8 " && size >= 10 && frames.width == 0) {
            frames.width = static_cast<int>(AV_RL16(data + 6) & 0x3fffU);
            frames.height = static_cast<int>(AV_RL16(data + 8) & 0x3fffU);
        }
        if (name == "VP8 " || name == "VP8L") frames.durations.push_back(0);
        if (name == "ANMF" && size >= 16) frames.durations.push_back(number24(data + 12));
        at += 8 + size + (size & 1U);
    }
    if (frames.durations.empty()) return damaged();
    return frames;
}

}  // namespace kinora::media
