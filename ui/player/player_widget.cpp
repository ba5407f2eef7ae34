#include "ui/player/player_widget.h"

#include <algorithm>
#include <utility>

#include "core/base/paths.h"
#include "ui/player/clip_source.h"
#include "ui/player/file_sound.h"
#include "ui/player/picture_canvas.h"
#include "ui/player/player_sound.h"
#include "ui/player/preview_source.h"
#include "ui/player/scrub_bar.h"
#include "ui/player/transport.h"

namespace kinora::ui {

PlayerWidget::PlayerWidget(QWidget* parent)
    : PlayerWidget(std::make_shared<media::ClipCache>(), std::make_shared<ThumbnailStore>(), nullptr, parent)
{
}

PlayerWidget::PlayerWidget(std::shared_ptr<media::ClipCache> cache, std::shared_ptr<ThumbnailStore> thumbnails,
                           QWidget* parent)
    : PlayerWidget(std::move(cache), std::move(thumbnails), make_sound_output(), parent)
{
}

PlayerWidget::PlayerWidget(std::shared_ptr<media::ClipCache> cache, std::shared_ptr<ThumbnailStore> thumbnails,
                           std::unique_ptr<SoundOutput> sound, QWidget* parent)
    : QWidget(parent), cache_(std::move(cache)), thumbnails_(std::move(thumbnails))
{
    setAccessibleName(tr("Player"));
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_StyledBackground);
    setProperty("kind", "panel");
    build();
    sound_ = std::make_unique<PlayerSound>(*transport_, std::move(sound));
    connect_transport();
    connect_actions();
    connect_view_actions();
    connect_compare();
    set_loop(loop_);
    show_empty(QString());
}

PlayerWidget::~PlayerWidget()
{
    transport_->disconnect(this);
    compare_->disconnect(this);
    for (ScrubBar* scrub : scrubs())
        scrub->set_source(nullptr);
    sound_.reset();
}

void PlayerWidget::show_clip(const QString& path, core::FrameRate rate, core::FrameRange trim, bool heard)
{
    if (content_ == Content::clip && path == path_ && source_ && source_->rate() == rate) return set_trim(trim);
    path_ = path;
    trim_ = trim;
    compare_->set_first(path);
    const int frame = static_cast<int>(trim.first);
    show_source(std::make_unique<ClipSource>(cache_, thumbnails_, path, rate, frame), Content::clip, frame);
    if (heard) set_sound(std::make_shared<FileSound>(core::path_from_utf8(path.toStdString())));
}

void PlayerWidget::show_storyboard(const core::Project& project, StoryboardSource::Files files, int frame)
{
    const auto* old = content_ == Content::sequence ? static_cast<const StoryboardSource*>(source_.get()) : nullptr;
    const bool same_sound =
        old && old->project().sound_tracks == project.sound_tracks && old->project().assets == project.assets;
    const bool stays = old && frame < 0;
    const bool goes_on = stays && playing();
    const int at = stays ? transport_->frame() : std::max(frame, 0);
    auto source = std::make_unique<StoryboardSource>(cache_, thumbnails_, project, files, at);
    const bool same_course = stays && source->rate() == transport_->rate() && source->frame_count() == transport_->length();
    if (same_course) {  // playback goes on through the changed storyboard
        adopt(std::move(source));
        show_frame(at);
    } else {
        path_.clear();
        trim_ = {};
        show_source(std::move(source), Content::sequence, at);
    }
    if (!same_course || !same_sound) {
        const auto locate = [files](const std::string& file) { return core::path_from_utf8(files(file).toStdString()); };
        auto sound = std::make_shared<StoryboardSound>(project, locate);
        set_sound(sound->audible() ? sound : nullptr);
    }
    if (goes_on && !same_course) transport_->play();
}

void PlayerWidget::show_preview(std::shared_ptr<const std::vector<core::Picture8>> frames, core::FrameRate rate,
                                const QString& label)
{
    auto source = std::make_unique<PreviewSource>(std::move(frames), rate);
    label_ = label;
    const bool same_run = content_ == Content::preview && source->frame_count() == transport_->length() &&
                          source->rate() == transport_->rate();
    if (same_run) {  // the loop goes on, only the pictures become clearer
        adopt(std::move(source));
        show_frame(transport_->frame());
        return update_texts();
    }
    path_.clear();
    trim_ = {};
    show_source(std::move(source), Content::preview, 0);
    transport_->play();
}

void PlayerWidget::show_empty(const QString& text)
{
    path_.clear();
    label_.clear();
    trim_ = {};
    content_ = Content::empty;
    set_sound(nullptr);
    for (ScrubBar* scrub : scrubs())
        scrub->set_source(nullptr);
    source_.reset();
    transport_->reset(0, core::FrameRate{24});
    mix_ = {};
    set_message(text);
    update_controls();
}

void PlayerWidget::adopt(std::unique_ptr<PictureSource> source)
{
    for (ScrubBar* scrub : scrubs())
        scrub->set_source(source.get());
    source_ = std::move(source);
    connect(source_.get(), &PictureSource::opened, this, &PlayerWidget::source_opened);
    connect(source_.get(), &PictureSource::picture_ready, this, [this](int ready) {
        if (ready == transport_->frame()) show_picture(ready);
    });
    connect(source_.get(), &PictureSource::failed, this, [this](const QString& reason) {
        mix_ = {};
        set_message(reason);
    });
}

void PlayerWidget::show_source(std::unique_ptr<PictureSource> source, Content content, int frame)
{
    transport_->pause();
    set_sound(nullptr);
    content_ = content;
    shown_frame_ = -1;
    set_message(QString());
    adopt(std::move(source));
    transport_->set_loop(content == Content::preview || loop_);
    opens_at_ = frame;
    source_opened();  // what the cache already knows is there at once
}

void PlayerWidget::source_opened()
{
    const int length = source_->frame_count();
    transport_->reset(length, source_->rate(), opens_at_);
    update_controls();
    set_trim(trim_.empty() ? core::FrameRange{0, length} : trim_);
    show_frame(transport_->frame());
}

void PlayerWidget::set_trim(core::FrameRange trim)
{
    trim_ = trim;
    transport_->set_range(static_cast<int>(trim.first), static_cast<int>(trim.end));
    for (ScrubBar* scrub : scrubs())
        scrub->set_range(static_cast<int>(trim.first), static_cast<int>(trim.end));
    update_texts();
}

void PlayerWidget::set_label(const QString& label)
{
    label_ = label;
    update_texts();
}

void PlayerWidget::set_sound(std::shared_ptr<SoundSource> sound)
{
    sound_->set_source(std::move(sound));
}

void PlayerWidget::show_frame(int frame)
{
    show_picture(frame);
    if (source_) source_->look_ahead(frame, transport_->speed());
    if (source_ && content_ == Content::clip) compare_->look_ahead(frame, source_->rate(), transport_->speed());
    for (ScrubBar* scrub : scrubs())
        scrub->set_frame(frame);
    update_texts();
    Q_EMIT position_changed(frame);
}

void PlayerWidget::show_picture(int frame)
{
    if (!source_ || frame >= source_->frame_count()) return;
    const std::optional<MixedPicture> mix = source_->mix(frame);
    if (!mix) {
        if (transport_->playing()) transport_->count_drop();
        return;
    }
    mix_ = *mix;
    shown_frame_ = frame;
    message_ = source_->note(frame);
    update_scene();
}

void PlayerWidget::set_message(const QString& text)
{
    message_ = text;
    update_scene();
}

void PlayerWidget::seek(int frame)
{
    opens_at_ = frame;
    transport_->seek(frame);
}

void PlayerWidget::play()
{
    transport_->play();
}

void PlayerWidget::pause()
{
    transport_->pause();
}

int PlayerWidget::frame() const
{
    return transport_->frame();
}

int PlayerWidget::frame_count() const
{
    return transport_->length();
}

bool PlayerWidget::playing() const
{
    return transport_->playing();
}

core::FrameRange PlayerWidget::trim() const
{
    return {transport_->range_first(), transport_->range_end()};
}

QImage PlayerWidget::picture() const
{
    if (mix_.is_null()) return {};
    return mix_.plain() ? mix_.first : flatten(mix_, source_ ? source_->stage() : QSize());
}

int PlayerWidget::dropped_frames() const
{
    return transport_->dropped();
}

}  // namespace kinora::ui
