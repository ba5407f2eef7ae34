#include "core/media/waveform.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/media/ffmpeg_handles.h"
#include "core/media/sound_reader.h"

namespace kinora::media {
namespace {

/// Peaks that a stretch is made of at least, where the levels have so many: what lies over its edges is at most so small a
/// part of it.
constexpr std::int64_t k_fineness = 8;
constexpr std::string_view k_magic = "kinora-waveform-1\n";

std::int8_t byte_of(float sample)
{
    return static_cast<std::int8_t>(std::lround(std::clamp(sample, -1.0F, 1.0F) * 127.0F));
}

Peak joined(Peak a, Peak b)
{
    return {std::min(a.low, b.low), std::max(a.high, b.high)};
}

Peak peak_of(const Peak* first, const Peak* last)
{
    Peak peak = *first;
    while (++first != last)
        peak = joined(peak, *first);
    return peak;
}

/// Magic, samples (8 bytes), then two bytes a peak of the finest level.
std::string to_bytes(const Waveform& waveform)
{
    std::string bytes(k_magic);
    const std::int64_t samples = waveform.samples();
    bytes.append(reinterpret_cast<const char*>(&samples), sizeof(samples));
    if (!waveform.empty())
        bytes.append(reinterpret_cast<const char*>(waveform.finest().data()), waveform.finest().size() * sizeof(Peak));
    return bytes;
}

/// Nothing where the bytes aren't exactly as long as they say.
core::Result<Waveform> from_bytes(const std::string& bytes)
{
    const auto damaged = core::make_error(core::ErrorKind::corrupt, "The cached waveform is damaged.");
    const std::size_t head = k_magic.size() + sizeof(std::int64_t);
    if (bytes.size() < head || !std::string_view(bytes).starts_with(k_magic)) return damaged;
    std::int64_t samples = 0;
    std::memcpy(&samples, bytes.data() + k_magic.size(), sizeof(samples));
    const std::size_t count = (bytes.size() - head) / sizeof(Peak);
    const std::int64_t most = static_cast<std::int64_t>(count) * Waveform::k_first_stretch;
    if ((bytes.size() - head) % sizeof(Peak) != 0 || samples > most || samples <= most - Waveform::k_first_stretch)
        return damaged;
    std::vector<Peak> finest(count);
    if (count > 0) std::memcpy(finest.data(), bytes.data() + head, count * sizeof(Peak));
    return Waveform(std::move(finest), samples);
}

core::Result<std::filesystem::path> cache_file(const std::filesystem::path& file, const std::filesystem::path& folder)
{
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    if (error)
        return core::make_error(core::ErrorKind::not_found, quoted(file) + " can't be read: " + error.message() + ".");
    const auto time = std::filesystem::last_write_time(file, error).time_since_epoch().count();
    const std::string key =
        std::filesystem::absolute(file, error).string() + "\n" + std::to_string(size) + "\n" + std::to_string(time);
    return folder / (core::sha256_hex(key).substr(0, 32) + ".peaks");
}

}  // namespace

Waveform::Waveform(std::vector<Peak> finest, std::int64_t samples) : samples_(samples)
{
    if (finest.empty()) return;
    levels_.push_back(std::move(finest));
    while (levels_.back().size() > 4) {
        const std::vector<Peak>& below = levels_.back();
        std::vector<Peak> level;
        level.reserve(below.size() / 4 + 1);
        for (std::size_t i = 0; i < below.size(); i += 4)
            level.push_back(peak_of(below.data() + i, below.data() + std::min(i + 4, below.size())));
        levels_.push_back(std::move(level));
    }
}

Peak Waveform::peak(std::int64_t first, std::int64_t end) const
{
    first = std::max<std::int64_t>(first, 0);
    end = std::min(end, samples_);
    if (first >= end) return {};
    std::size_t level = 0;
    std::int64_t stretch = k_first_stretch;
    while (level + 1 < levels_.size() && stretch * 4 * k_fineness <= end - first) {
        ++level;
        stretch *= 4;
    }
    const std::vector<Peak>& peaks = levels_[level];
    const auto begin = static_cast<std::size_t>(first / stretch);
    const auto last = std::min(static_cast<std::size_t>((end + stretch - 1) / stretch), peaks.size());
    return begin < last ? peak_of(peaks.data() + begin, peaks.data() + last) : Peak{};
}

std::vector<Peak> Waveform::columns(std::int64_t first, double per_column, int columns) const
{
    std::vector<Peak> peaks;
    peaks.reserve(static_cast<std::size_t>(std::max(columns, 0)));
    for (int i = 0; i < columns; ++i) {
        const auto begin = first + static_cast<std::int64_t>(std::floor(i * per_column));
        const auto end = first + static_cast<std::int64_t>(std::floor((i + 1) * per_column));
        peaks.push_back(peak(begin, std::max(end, begin + 1)));
    }
    return peaks;
}

core::Result<Waveform> make_waveform(const std::filesystem::path& file, std::stop_token stop)
{
    auto reader = SoundReader::open(file, stop);
    if (!reader) return reader.error();
    const std::int64_t samples = (*reader)->samples();
    std::vector<Peak> finest;
    finest.reserve(static_cast<std::size_t>(samples / Waveform::k_first_stretch + 1));
    std::vector<float> part;
    constexpr std::int64_t k_part = 64 * Waveform::k_first_stretch;
    for (std::int64_t at = 0; at < samples; at += k_part) {
        if (stop.stop_requested())
            return core::make_error(core::ErrorKind::cancelled, "Reading " + quoted(file) + " was cancelled.");
        const std::int64_t count = std::min(k_part, samples - at);
        part.resize(static_cast<std::size_t>(count) * k_mix_channels);
        if (auto read = (*reader)->read(at, part); !read) return read.error();
        const std::size_t stretch = static_cast<std::size_t>(Waveform::k_first_stretch) * k_mix_channels;
        for (std::size_t i = 0; i < part.size(); i += stretch) {
            const auto end = part.begin() + static_cast<std::ptrdiff_t>(std::min(i + stretch, part.size()));
            const auto [low, high] = std::minmax_element(part.begin() + static_cast<std::ptrdiff_t>(i), end);
            finest.push_back({byte_of(*low), byte_of(*high)});
        }
    }
    return Waveform(std::move(finest), samples);
}

core::Result<Waveform> cached_waveform(const std::filesystem::path& file, const std::filesystem::path& cache_folder,
                                       std::stop_token stop)
{
    const auto cached = cache_file(file, cache_folder);
    if (!cached) return cached.error();
    if (const auto bytes = core::read_file(*cached)) {
        if (auto known = from_bytes(*bytes)) return known;
    }
    auto waveform = make_waveform(file, std::move(stop));
    if (!waveform) return waveform;
    std::error_code ignored;
    std::filesystem::create_directories(cache_folder, ignored);
    (void)core::write_file(*cached, std::string_view(to_bytes(*waveform)));
    return waveform;
}

}  // namespace kinora::media
