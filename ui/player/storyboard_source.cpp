#include "ui/player/storyboard_source.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kinora::ui {

namespace {
constexpr std::size_t k_neighbours = 3;  // shots at each side of the playhead whose sources are kept
constexpr double k_seconds_ahead = 4;
}  // namespace

StoryboardSource::StoryboardSource(std::shared_ptr<media::ClipCache> cache, std::shared_ptr<ThumbnailStore> thumbnails,
                                   const core::Project& project, Files files, int first_frame)
    : cache_(std::move(cache)),
      thumbnails_(std::move(thumbnails)),
      project_(project),
      layout_(project_),
      files_(std::move(files))
{
    connect(thumbnails_.get(), &ThumbnailStore::changed, this, &PictureSource::thumbnails_changed);
    look_ahead(first_frame, 1);
}

QString StoryboardSource::path_of(std::size_t shot) const
{
    const core::Take* take = core::selected_take(*project_.shots[shot]);
    if (take == nullptr) return {};
    const std::string& file = core::clip_file(project_, *take);
    return file.empty() ? QString() : files_(file);
}

ClipSource* StoryboardSource::source_of(std::size_t shot)
{
    if (shot >= project_.shots.size()) return nullptr;
    if (const auto found = sources_.find(shot); found != sources_.end()) return found->second.get();
    const QString path = path_of(shot);
    if (path.isEmpty()) return nullptr;
    // Neighbours ask on channels of their own: in a dissolve both are wanted at once.
    const int channel = static_cast<int>(shot % 2);
    auto source =
        std::make_unique<ClipSource>(cache_, thumbnails_, path, core::shot_source(*project_.shots[shot]).rate, -1, channel);
    connect(source.get(), &PictureSource::picture_ready, this, [this] { Q_EMIT picture_ready(asked_); });
    connect(source.get(), &PictureSource::failed, this, [this, shot](const QString& reason) {
        const core::FrameMix mix = layout_.mix_at(asked_);
        for (int layer = 0; layer < mix.count; ++layer)
            if (mix.layers[static_cast<std::size_t>(layer)].shot == shot) return Q_EMIT failed(reason);
    });
    return sources_.emplace(shot, std::move(source)).first->second.get();
}

void StoryboardSource::forget_far_from(std::size_t shot)
{
    std::erase_if(sources_, [shot](const auto& entry) {
        return entry.first + k_neighbours < shot || entry.first > shot + k_neighbours;
    });
}

std::optional<MixedPicture> StoryboardSource::mix(int frame)
{
    asked_ = frame;
    const core::FrameMix mix = layout_.mix_at(frame);
    MixedPicture result;
    result.black = true;
    result.white = mix.white;
    result.first_weight = 0;
    bool complete = true;
    for (int index = 0; index < mix.count; ++index) {
        const core::MixLayer& layer = mix.layers[static_cast<std::size_t>(index)];
        ClipSource* source = source_of(layer.shot);
        if (source == nullptr || layer.weight <= 0) continue;
        const QImage picture = source->picture(static_cast<int>(layer.source_frame));
        complete = complete && !picture.isNull();
        if (index == 0) {
            result.first = picture;
            result.first_weight = layer.weight;
        } else {
            result.second = picture;
            result.second_weight = layer.weight;
        }
    }
    if (!complete) return std::nullopt;
    return result;
}

QImage StoryboardSource::picture(int frame)
{
    const auto mixed = mix(frame);
    if (!mixed) return {};
    return mixed->second.isNull() ? mixed->first : mixed->second;
}

QString StoryboardSource::note(int frame) const
{
    const core::FrameMix mix = layout_.mix_at(frame);
    const bool plain = mix.count == 1 && mix.white == 0;
    return plain && path_of(mix.layers[0].shot).isEmpty() ? tr("This shot has no take yet.") : QString();
}

std::vector<PictureLayer> StoryboardSource::layers(int frame) const
{
    const core::FrameMix mix = layout_.mix_at(frame);
    std::vector<PictureLayer> layers;
    for (int index = 0; index < mix.count; ++index) {
        const core::MixLayer& layer = mix.layers[static_cast<std::size_t>(index)];
        if (const QString path = path_of(layer.shot); !path.isEmpty())
            layers.push_back({path, static_cast<int>(layer.source_frame), layer.weight});
    }
    if (mix.white > 0) layers.push_back({QString(), 0, mix.white});
    return layers;
}

void StoryboardSource::look_ahead(int frame, double speed)
{
    const auto place = layout_.at(frame);
    if (!place) return;
    forget_far_from(place->shot);
    const core::FrameMix mix = layout_.mix_at(frame);
    for (int index = 0; index < mix.count; ++index) {
        const core::MixLayer& layer = mix.layers[static_cast<std::size_t>(index)];
        if (ClipSource* source = source_of(layer.shot)) source->look_ahead(static_cast<int>(layer.source_frame), speed);
    }
    // Far enough ahead for the fastest shuttle: what is seen within the next seconds of the clock.
    const auto soon =
        static_cast<std::int64_t>(project_.rate.as_double() * k_seconds_ahead * std::max(1.0, std::abs(speed)));
    const int step = speed < 0 ? -1 : 1;
    for (std::size_t shot = place->shot + step; shot < layout_.size(); shot += step) {  // below 0 it wraps, and ends
        const std::int64_t edge = step > 0 ? layout_.start(shot) - frame : frame - layout_.end(shot);
        if (edge > soon || shot > place->shot + k_neighbours || shot + k_neighbours < place->shot) break;
        const bool seen = std::any_of(mix.layers.begin(), mix.layers.begin() + mix.count,
                                      [shot](const core::MixLayer& layer) { return layer.shot == shot; });
        if (seen) continue;
        const std::int64_t first = layout_.range_frame(shot, step > 0 ? 0 : layout_.range(shot).length() - 1);
        if (ClipSource* source = source_of(shot)) source->preload(static_cast<int>(first));
    }
}

QImage StoryboardSource::thumbnail(int frame, int height)
{
    const auto place = layout_.at(std::clamp(frame, 0, std::max(frame_count() - 1, 0)));
    if (!place) return {};
    const QString path = path_of(place->shot);
    return path.isEmpty() ? QImage() : thumbnails_->picture(path, static_cast<int>(place->source_frame), height);
}

}  // namespace kinora::ui
