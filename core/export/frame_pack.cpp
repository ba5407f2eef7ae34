#include "core/export/frame_pack.h"

#include <zlib.h>

#include <bit>
#include <fstream>
#include <string>

#include "core/base/file.h"
#include "core/base/json_reader.h"
#include "core/media/ffmpeg_handles.h"

namespace kinora::media {
namespace {

constexpr const char* k_magic = "KINORA-FRAMES 1\n";
constexpr std::size_t k_longest_header = 4096;
constexpr std::int64_t k_most_pixels = std::int64_t{64} << 20U;

core::Error damaged(const std::filesystem::path& file)
{
    return core::make_error(core::ErrorKind::corrupt, quoted(file) + " is damaged; it isn't used.");
}

/// Low bytes of a frame's samples first, then the high ones; each as the difference from the same channel one pixel before.
std::vector<Bytef> split_bytes(std::span<const float> rgb)
{
    const std::size_t count = rgb.size();
    std::vector<Bytef> bytes(count * 2);
    std::uint16_t before[3] = {0, 0, 0};
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint16_t half = to_half(rgb[i]);
        const auto difference = static_cast<std::uint16_t>(half - before[i % 3]);
        before[i % 3] = half;
        bytes[i] = static_cast<Bytef>(difference & 0xffU);
        bytes[count + i] = static_cast<Bytef>(difference >> 8U);
    }
    return bytes;
}

void join_bytes(const std::vector<Bytef>& bytes, std::vector<float>& rgb)
{
    const std::size_t count = bytes.size() / 2;
    std::uint16_t before[3] = {0, 0, 0};
    for (std::size_t i = 0; i < count; ++i) {
        const auto difference = static_cast<std::uint16_t>(bytes[i] | (bytes[count + i] << 8U));
        before[i % 3] = static_cast<std::uint16_t>(before[i % 3] + difference);
        rgb.push_back(from_half(before[i % 3]));
    }
}

std::span<const std::byte> bytes_of(const std::string& text)
{
    return std::as_bytes(std::span(text));
}

}  // namespace

std::uint16_t to_half(float value)
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const auto sign = static_cast<std::uint16_t>((bits >> 16U) & 0x8000U);
    const std::uint32_t size = bits & 0x7fffffffU;
    if (size > 0x7f800000U) return static_cast<std::uint16_t>(sign | 0x7e00U);
    if (size >= 0x477ff000U) return static_cast<std::uint16_t>(sign | 0x7c00U);
    if (size < 0x38800000U) {
        // Below the smallest normal half: adding this power of two leaves the rounded mantissa in the low bits.
        const float shifted = std::bit_cast<float>(size) + 0.5F;
        return static_cast<std::uint16_t>(sign | (std::bit_cast<std::uint32_t>(shifted) - 0x3f000000U));
    }
    const std::uint32_t rounded = size + 0xfffU + ((size >> 13U) & 1U);
    return static_cast<std::uint16_t>(sign | ((rounded - 0x38000000U) >> 13U));
}

float from_half(std::uint16_t half)
{
    const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000U) << 16U;
    const std::uint32_t exponent = (half >> 10U) & 0x1fU;
    const std::uint32_t mantissa = half & 0x3ffU;
    if (exponent == 0) {
        const float small = static_cast<float>(mantissa) * 0x1p-24F;
        return sign != 0 ? -small : small;
    }
    const std::uint32_t wide = exponent == 31 ? 0x7f800000U : (exponent + 112) << 23U;
    return std::bit_cast<float>(sign | wide | mantissa << 13U);
}

core::Result<void> write_frame_pack(const std::filesystem::path& file, const core::FrameSequence& clip, std::stop_token stop)
{
    std::vector<std::string> blocks;
    std::vector<std::uint64_t> offsets{0};
    for (int i = 0; i < clip.frames; ++i) {
        if (stop.stop_requested()) return core::make_error(core::ErrorKind::cancelled, "Keeping the frames was cancelled.");
        const std::vector<Bytef> plain = split_bytes(clip.frame(i));
        uLongf size = compressBound(static_cast<uLong>(plain.size()));
        std::string block(size, '\0');
        if (compress2(reinterpret_cast<Bytef*>(block.data()), &size, plain.data(), static_cast<uLong>(plain.size()), 1) !=
            Z_OK)
            return core::make_error(core::ErrorKind::out_of_memory, quoted(file) + " can't be written: no memory.");
        block.resize(size);
        offsets.push_back(offsets.back() + size);
        blocks.push_back(std::move(block));
    }
    const nlohmann::json header{
        {"frames", clip.frames}, {"width", clip.width}, {"height", clip.height}, {"rate", core::rate_fraction(clip.rate)}};
    auto out = core::AtomicFile::create(file);
    if (!out) return out.error();
    if (auto done = out->write(bytes_of(k_magic + header.dump() + "\n")); !done) return done;
    if (auto done = out->write(std::as_bytes(std::span(offsets))); !done) return done;
    for (const std::string& block : blocks)
        if (auto done = out->write(bytes_of(block)); !done) return done;
    return out->commit();
}

core::Result<std::unique_ptr<FramePack>> FramePack::open(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    if (!in) return core::make_error(core::ErrorKind::not_found, "There is no file " + quoted(file) + ".");
    std::string start(k_longest_header, '\0');
    in.read(start.data(), static_cast<std::streamsize>(start.size()));
    start.resize(static_cast<std::size_t>(in.gcount()));
    const std::string magic(k_magic);
    const std::size_t end = start.find('\n', magic.size());
    if (!start.starts_with(magic) || end == std::string::npos) return damaged(file);
    const auto header = nlohmann::json::parse(start.substr(magic.size(), end - magic.size()), nullptr, false);
    if (!header.is_object()) return damaged(file);
    std::unique_ptr<FramePack> pack(new FramePack());
    pack->file_ = file;
    core::JsonReader reader(header, "");
    reader.whole("frames", pack->frames_, 1, 1'000'000);
    reader.whole("width", pack->width_, 1, 16384);
    reader.whole("height", pack->height_, 1, 16384);
    reader.rate("rate", pack->rate_);
    if (!reader.error().empty() || pack->frames_ < 1 ||
        static_cast<std::int64_t>(pack->width_) * pack->height_ > k_most_pixels)
        return damaged(file);
    pack->offsets_.resize(static_cast<std::size_t>(pack->frames_) + 1);
    in.clear();
    in.seekg(static_cast<std::streamoff>(end + 1));
    const std::size_t table = pack->offsets_.size() * sizeof(std::uint64_t);
    if (!in.read(reinterpret_cast<char*>(pack->offsets_.data()), static_cast<std::streamsize>(table))) return damaged(file);
    pack->start_ = end + 1 + table;
    std::error_code error;
    const std::uint64_t size = std::filesystem::file_size(file, error);
    if (error || pack->offsets_.front() != 0 || pack->start_ + pack->offsets_.back() != size) return damaged(file);
    for (std::size_t i = 1; i < pack->offsets_.size(); ++i)
        if (pack->offsets_[i] < pack->offsets_[i - 1]) return damaged(file);
    return pack;
}

core::Result<core::FrameSequence> FramePack::read(core::FrameRange range, const std::stop_token& stop) const
{
    if (range.first < 0 || range.empty() || range.end > frames_)
        return core::make_error(core::ErrorKind::invalid_argument, "The clip has no such frames.");
    std::ifstream in(file_, std::ios::binary);
    core::FrameSequence clip{static_cast<int>(range.length()), height_, width_, rate_, {}};
    clip.rgb.reserve(clip.frame_size() * static_cast<std::size_t>(clip.frames));
    std::vector<Bytef> plain(clip.frame_size() * 2);
    for (std::int64_t i = range.first; i < range.end; ++i) {
        if (stop.stop_requested()) return core::make_error(core::ErrorKind::cancelled, "Reading frames was cancelled.");
        const std::uint64_t from = offsets_[static_cast<std::size_t>(i)];
        std::string block(offsets_[static_cast<std::size_t>(i) + 1] - from, '\0');
        in.seekg(static_cast<std::streamoff>(start_ + from));
        if (!in.read(block.data(), static_cast<std::streamsize>(block.size()))) return damaged(file_);
        uLongf size = static_cast<uLongf>(plain.size());
        const int code =
            uncompress(plain.data(), &size, reinterpret_cast<const Bytef*>(block.data()), static_cast<uLong>(block.size()));
        if (code != Z_OK || size != plain.size()) return damaged(file_);
        join_bytes(plain, clip.rgb);
    }
    return clip;
}

}  // namespace kinora::media
