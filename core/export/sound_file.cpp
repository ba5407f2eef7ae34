#include "core/export/sound_file.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "core/base/file.h"
#include "core/base/paths.h"
#include "core/base/text.h"

namespace kinora::media {
namespace {

constexpr std::int64_t k_frame_bytes = 3LL * k_mix_channels;
constexpr std::int64_t k_piece = 1 << 16;

void put(std::vector<std::byte>& out, std::uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; ++i)
        out.push_back(static_cast<std::byte>(value >> 8U * static_cast<unsigned>(i)));
}

void put(std::vector<std::byte>& out, const char* name)
{
    for (int i = 0; i < 4; ++i)
        out.push_back(static_cast<std::byte>(name[i]));
}

std::vector<std::byte> header(std::uint32_t data_bytes)
{
    std::vector<std::byte> out;
    put(out, "RIFF");
    put(out, 36 + data_bytes, 4);
    put(out, "WAVE");
    put(out, "fmt ");
    put(out, 16, 4);
    put(out, 1, 2);  // plain samples
    put(out, k_mix_channels, 2);
    put(out, k_mix_rate, 4);
    put(out, static_cast<std::uint32_t>(k_mix_rate * k_frame_bytes), 4);
    put(out, static_cast<std::uint32_t>(k_frame_bytes), 2);
    put(out, 24, 2);
    put(out, "data");
    put(out, data_bytes, 4);
    return out;
}

}  // namespace

core::Result<void> write_wav(SoundReader& sound, core::FrameRange samples, const std::filesystem::path& file,
                             const std::stop_token& stop)
{
    const std::int64_t bytes = samples.length() * k_frame_bytes;
    if (bytes < 0 || bytes > 0xFFFFFF00LL)
        return core::make_error(core::ErrorKind::unsupported,
                                core::in_quotes(core::path_to_utf8(file)) + " would be larger than a WAV can be.");
    auto out = core::AtomicFile::create(file);
    if (!out) return out.error();
    if (auto written = out->write(header(static_cast<std::uint32_t>(bytes))); !written) return written;
    std::vector<float> mixed;
    std::vector<std::byte> packed;
    for (std::int64_t at = samples.first; at < samples.end; at += k_piece) {
        if (stop.stop_requested()) return core::make_error(core::ErrorKind::cancelled, "The export was cancelled.");
        const std::int64_t count = std::min(k_piece, samples.end - at);
        mixed.assign(static_cast<std::size_t>(count * k_mix_channels), 0.0F);
        if (auto read = sound.read(at, mixed); !read) return read;
        packed.clear();
        for (const float value : mixed)
            put(packed, static_cast<std::uint32_t>(std::lround(std::clamp(value, -1.0F, 1.0F) * 8388607.0F)), 3);
        if (auto written = out->write(packed); !written) return written;
    }
    return out->commit();
}

}  // namespace kinora::media
