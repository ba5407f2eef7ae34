#include "ui/player/sequence_source.h"

#include <algorithm>

namespace kinora::ui {

SequenceSource::SequenceSource(std::shared_ptr<media::ClipCache> cache, std::shared_ptr<ThumbnailStore> thumbnails,
                               const QVector<SequenceClip>& clips, core::FrameRate rate, int first_frame)
    : clips_(clips), rate_(rate), starts_{0}
{
    for (std::size_t index = 0; index < static_cast<std::size_t>(clips_.size()); ++index) {
        const SequenceClip& clip = clips_[static_cast<qsizetype>(index)];
        const auto length = core::conformed_length(clip.trim.length(), clip.rate, rate_);
        starts_.push_back(starts_.back() + static_cast<int>(std::max<std::int64_t>(length, 0)));
        if (clip.path.isEmpty()) {
            sources_.push_back(nullptr);
            continue;
        }
        auto source = std::make_unique<ClipSource>(cache, thumbnails, clip.path, clip.rate, -1);
        connect(source.get(), &PictureSource::thumbnails_changed, this, &PictureSource::thumbnails_changed);
        connect(source.get(), &PictureSource::failed, this, &PictureSource::failed);
        connect(source.get(), &PictureSource::picture_ready, this, [this, index](int source_frame) {
            // Several frames of the sequence may show the one picture.
            for (int frame = starts_[index]; frame < starts_[index + 1]; ++frame) {
                if (place_of(frame).source_frame == source_frame) Q_EMIT picture_ready(frame);
            }
        });
        sources_.push_back(std::move(source));
    }
    look_ahead(first_frame, 1);
}

SequenceSource::Place SequenceSource::place_of(int frame) const
{
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), frame);
    const auto last = static_cast<std::ptrdiff_t>(sources_.size()) - 1;
    const auto clip = std::clamp<std::ptrdiff_t>(after - starts_.begin() - 1, 0, std::max<std::ptrdiff_t>(last, 0));
    const SequenceClip& shown = clips_[clip];
    const auto offset = core::source_frame_at(frame - starts_[static_cast<std::size_t>(clip)], shown.rate, rate_);
    const auto source_frame = std::clamp(shown.trim.first + offset, shown.trim.first, shown.trim.end - 1);
    return {static_cast<std::size_t>(clip), static_cast<int>(source_frame)};
}

ClipSource* SequenceSource::source_of(std::size_t clip) const
{
    return clip < sources_.size() ? sources_[clip].get() : nullptr;
}

bool SequenceSource::has_clip_at(int frame) const
{
    return !sources_.empty() && source_of(place_of(frame).clip) != nullptr;
}

QImage SequenceSource::picture(int frame)
{
    if (sources_.empty()) return {};
    const Place place = place_of(frame);
    ClipSource* source = source_of(place.clip);
    return source ? source->picture(place.source_frame) : QImage();
}

void SequenceSource::look_ahead(int frame, double speed)
{
    if (sources_.empty()) return;
    const Place place = place_of(frame);
    if (ClipSource* source = source_of(place.clip)) source->look_ahead(place.source_frame, speed);
    const int edge = speed < 0 ? starts_[place.clip] : starts_[place.clip + 1];
    const int soon = static_cast<int>(rate_.as_double() * 4);
    if (std::abs(edge - frame) > soon) return;
    const std::size_t next =
        speed < 0 ? place.clip - 1 : place.clip + 1;  // wraps below 0, which source_of answers with null
    if (ClipSource* source = source_of(next)) source->preload();
}

QImage SequenceSource::thumbnail(int frame, int height)
{
    if (sources_.empty()) return {};
    const Place place = place_of(frame);
    ClipSource* source = source_of(place.clip);
    return source ? source->thumbnail(place.source_frame, height) : QImage();
}

}  // namespace kinora::ui
