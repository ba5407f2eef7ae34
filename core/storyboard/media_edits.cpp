#include "core/storyboard/media_edits.h"

#include <algorithm>

#include "core/storyboard/edits.h"
#include "core/storyboard/layout.h"
#include "core/storyboard/sound_edits.h"

namespace kinora::core {

Result<PlacedMedia> place_media(Project& project, std::string_view asset_id, std::size_t index, std::int64_t frame,
                                std::int64_t still_frames)
{
    const Asset* listed = find_asset(project, asset_id);
    if (!listed) return make_error(ErrorKind::not_found, "There is no asset " + std::string(asset_id) + " in the project.");
    const Asset asset = *listed;
    Project next = project;
    PlacedMedia placed;
    if (asset.kind != AssetKind::audio) {
        index = std::min(index, next.shots.size());
        Shot shot = make_media_shot(asset, next.rate, still_frames);
        placed.shot = shot.id;
        if (auto inserted = insert_shot(next, index, std::move(shot)); !inserted) return inserted.error();
        const Layout layout(next);
        frame = layout.start(index);
    }
    if (asset.samples > 0) {
        SampleRange source{0, asset.samples};
        if (!placed.shot.empty()) {
            // A video's sound ends with its pictures.
            const std::int64_t end = sample_of_frame(shot_length(next, *next.shots[index]), next.rate);
            source.end = std::min(source.end, std::max<std::int64_t>(end, 1));
        }
        auto sound = place_sound(next, "", asset.id, frame, source);
        if (!sound) return sound.error();
        placed.sound = std::move(*sound);
    }
    project = std::move(next);
    return placed;
}

}  // namespace kinora::core
