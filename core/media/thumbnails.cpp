#include "core/media/thumbnails.h"

#include <algorithm>
#include <cmath>

#include "core/generation/picture_file.h"
#include "core/media/clip_reader.h"
#include "core/media/resize.h"

namespace kinora::media {
namespace {

/// Which frame the `i`th of `count` pictures of a clip shows.
int spread(int i, int count, int frames)
{
    return count == 1 ? 0 : static_cast<int>(static_cast<long long>(i) * (frames - 1) / (count - 1));
}

}  // namespace

core::Result<core::Picture8> shrink(const core::Picture8& picture, int max_width, int max_height)
{
    const double factor = std::min({1.0, static_cast<double>(max_width) / std::max(picture.width, 1),
                                    static_cast<double>(max_height) / std::max(picture.height, 1)});
    if (factor >= 1.0) return picture;
    const int width = std::max(1, static_cast<int>(std::lround(picture.width * factor)));
    const int height = std::max(1, static_cast<int>(std::lround(picture.height * factor)));
    auto rgb = resize_rgb8(picture.rgb, picture.width, picture.height, width, height);
    if (!rgb) return rgb.error();
    return core::Picture8{height, width, std::move(*rgb)};
}

core::Result<core::Picture8> thumbnail(const std::filesystem::path& file, int frame, int max_width, int max_height)
{
    auto reader = ClipReader::open(file);
    if (!reader) return reader.error();
    const auto decoded = (*reader)->frame(frame);
    if (!decoded) return decoded.error();
    return shrink((*decoded)->picture, max_width, max_height);
}

core::Result<std::vector<core::Picture8>> filmstrip(const std::filesystem::path& file, int count, int max_width,
                                                    int max_height, std::stop_token stop)
{
    auto reader = ClipReader::open(file, stop);
    if (!reader) return reader.error();
    const int frames = (*reader)->info().frames;
    std::vector<core::Picture8> pictures;
    const int wanted = std::clamp(count, 1, frames);
    for (int i = 0; i < wanted; ++i) {
        if (stop.stop_requested()) return core::make_error(core::ErrorKind::cancelled, "Making thumbnails was cancelled.");
        const auto decoded = (*reader)->frame(spread(i, wanted, frames));
        if (!decoded && pictures.empty()) return decoded.error();
        if (!decoded) {
            pictures.push_back(pictures.back());
            continue;
        }
        auto small = shrink((*decoded)->picture, max_width, max_height);
        if (!small) return small.error();
        pictures.push_back(std::move(*small));
    }
    return pictures;
}

core::Result<std::vector<core::Picture8>> filmstrip(const core::FrameSequence& clip, int count, int max_width,
                                                    int max_height)
{
    std::vector<core::Picture8> pictures;
    const int wanted = std::clamp(count, std::min(1, clip.frames), clip.frames);
    for (int i = 0; i < wanted; ++i) {
        auto small = shrink(core::to_picture8(clip, spread(i, wanted, clip.frames)), max_width, max_height);
        if (!small) return small.error();
        pictures.push_back(std::move(*small));
    }
    return pictures;
}

}  // namespace kinora::media
