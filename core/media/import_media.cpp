#include "core/media/import_media.h"

#include "core/base/ids.h"
#include "core/base/paths.h"
#include "core/base/sha256.h"
#include "core/media/clip_reader.h"
#include "core/media/ffmpeg_handles.h"
#include "core/media/image_reader.h"
#include "core/media/sound_reader.h"

namespace kinora::media {
namespace {

namespace fs = std::filesystem;

/// Fills in what is seen and heard. The error is that of the attempt that came furthest.
core::Result<void> look(const fs::path& file, core::Asset& asset, std::string& damage, const std::stop_token& stop)
{
    const auto clip = ClipReader::open(file, stop);
    if (!clip && clip.error().kind == core::ErrorKind::cancelled) return clip.error();
    const auto sound = SoundReader::open(file, stop);
    if (!sound && sound.error().kind == core::ErrorKind::cancelled) return sound.error();
    if (sound) asset.samples = (*sound)->samples();
    if (clip && ((*clip)->info().frames > 1 || sound)) {
        const ClipInfo& info = (*clip)->info();
        damage = damage_words(file, info.damage);
        asset.kind = core::AssetKind::video;
        asset.frames = info.frames;
        asset.rate = info.rate;
        asset.width = info.width;
        asset.height = info.height;
        // One picture with sound is a song with its cover.
        if (info.frames > 1) return {};
        asset.kind = core::AssetKind::audio;
        asset.frames = asset.width = asset.height = 0;
        return {};
    }
    if (sound) {
        asset.kind = core::AssetKind::audio;
        if (asset.samples > 0) return {};
        return core::make_error(core::ErrorKind::unsupported, quoted(file) + " has no sound in it.");
    }
    const auto picture = read_image(file);
    if (!picture) return clip ? picture.error() : clip.error();
    asset.kind = core::AssetKind::image;
    asset.frames = 1;
    asset.width = picture->width;
    asset.height = picture->height;
    return {};
}

}  // namespace

std::string damage_words(const fs::path& file, const std::string& damage)
{
    if (damage.empty()) return {};
    return quoted(file.filename()) + " is damaged: " + damage + ", and these are used.";
}

core::Result<core::Asset> describe_media(const fs::path& file, std::stop_token stop, std::string* damage)
{
    std::error_code error;
    if (!fs::is_regular_file(file, error))
        return core::make_error(core::ErrorKind::not_found, "There is no file " + quoted(file) + ".");
    core::Asset asset;
    asset.id = core::make_id();
    asset.name = core::path_to_utf8(file.filename());
    asset.file = core::path_to_utf8(fs::absolute(file, error));
    asset.bytes = static_cast<std::uint64_t>(fs::file_size(file, error));
    std::string missing;
    if (auto looked = look(file, asset, missing, stop); !looked) return looked.error();
    if (damage != nullptr) *damage = std::move(missing);
    if (stop.stop_requested()) return core::make_error(core::ErrorKind::cancelled, "The import was cancelled.");
    auto sum = core::sha256_of_file(file);
    if (!sum) return sum.error();
    asset.sha256 = std::move(*sum);
    return asset;
}

}  // namespace kinora::media
