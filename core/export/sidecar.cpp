#include "core/export/sidecar.h"

#include "core/export/clip_export.h"
#include "core/media/ffmpeg_handles.h"
#include "core/media/partial_file.h"

namespace kinora::media {

std::filesystem::path sidecar_of(const std::filesystem::path& file)
{
    constexpr std::size_t k_longest = 255;
    std::string stem = file.stem().string();
    // A name may already be as long as names can be.
    std::size_t length = std::min(stem.size(), k_longest - 5);
    while (length > 0 && length < stem.size() && (static_cast<unsigned char>(stem[length]) & 0xc0U) == 0x80U)
        --length;
    stem.resize(length);
    return file.parent_path() / (stem + ".json");
}

core::Result<void> write_sidecar(const std::filesystem::path& file, const std::string& json)
{
    auto partial = PartialFile::create(file, OverwritePolicy::replace);
    if (!partial) return partial.error();
    const IoHandle io = (*partial)->make_io();
    if (!io) return ffmpeg_error(file, "written", AVERROR(ENOMEM));
    avio_write(io.get(), reinterpret_cast<const unsigned char*>(json.data()), static_cast<int>(json.size()));
    avio_w8(io.get(), '\n');
    avio_flush(io.get());
    return (*partial)->commit();
}

}  // namespace kinora::media
