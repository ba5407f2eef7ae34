#include "ui/player/player_widget.h"

#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/player/clip_source.h"
#include "ui/player/picture_canvas.h"
#include "ui/player/preview_source.h"
#include "ui/player/scrub_bar.h"
#include "ui/player/time_text.h"
#include "ui/player/transport.h"
#include "ui/player/transport_bar.h"

namespace kinora::ui {

PlayerWidget::PlayerWidget(QWidget* parent)
    : PlayerWidget(std::make_shared<media::ClipCache>(), std::make_shared<ThumbnailStore>(), parent)
{
}

PlayerWidget::PlayerWidget(std::shared_ptr<media::ClipCache> cache, std::shared_ptr<ThumbnailStore> thumbnails,
                           QWidget* parent)
    : QWidget(parent), cache_(std::move(cache)), thumbnails_(std::move(thumbnails))
{
    setAccessibleName(tr("Player"));
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_StyledBackground);
    setProperty("kind", "panel");
    build();
    connect_parts();
    show_empty(QString());
}

PlayerWidget::~PlayerWidget()
{
    scrub_->set_source(nullptr);
}

void PlayerWidget::build()
{
    canvas_ = new PictureCanvas(this);
    scrub_ = new ScrubBar(this);
    bar_ = new TransportBar(this);
    transport_ = new Transport(this);

    auto* below = new QVBoxLayout;
    below->setContentsMargins(16, 7, 16, 10);
    below->setSpacing(6);
    below->addWidget(scrub_);
    below->addWidget(bar_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(canvas_, 1);
    column->addLayout(below);
    for (QWidget* part : {static_cast<QWidget*>(canvas_), static_cast<QWidget*>(scrub_)})
        part->installEventFilter(this);
}

void PlayerWidget::connect_parts()
{
    connect(transport_, &Transport::frame_changed, this, &PlayerWidget::show_frame);
    connect(transport_, &Transport::playing_changed, this, [this](bool playing) {
        bar_->set_playing(playing);
        canvas_->set_moving(playing);
        update_texts();
        Q_EMIT playing_changed(playing);
    });
    connect(transport_, &Transport::speed_changed, this,
            [this](double speed) { bar_->set_speed(speed, transport_->play_speed()); });

    connect(scrub_, &ScrubBar::scrubbed, transport_, &Transport::seek);
    connect(scrub_, &ScrubBar::trimmed, this, [this](int first, int end, int frame, bool finished) {
        trim_ = {first, end};
        transport_->set_range(first, end);
        transport_->seek(frame);
        update_texts();
        Q_EMIT trim_changed(trim_, finished);
    });

    connect(bar_, &TransportBar::to_start, this, [this] { transport_->seek(transport_->range_first()); });
    connect(bar_, &TransportBar::to_end, this, [this] { transport_->seek(transport_->range_end() - 1); });
    connect(bar_, &TransportBar::step, transport_, &Transport::step);
    connect(bar_, &TransportBar::toggle_play, transport_, &Transport::toggle);
    connect(bar_, &TransportBar::loop_toggled, this, &PlayerWidget::set_loop);
    connect(bar_, &TransportBar::speed_chosen, transport_, &Transport::set_play_speed);
    connect(bar_, &TransportBar::zoom_chosen, this, [this](double zoom) {
        canvas_->set_zoom(zoom);
        bar_->set_zoom(zoom);
    });
    connect(canvas_, &PictureCanvas::zoom_changed, bar_, &TransportBar::set_zoom);
    connect(canvas_, &PictureCanvas::clicked, transport_, &Transport::toggle);
    set_loop(loop_);
}

void PlayerWidget::show_clip(const QString& path, core::FrameRate rate, core::FrameRange trim)
{
    if (content_ == Content::clip && path == path_ && source_ && source_->rate() == rate) return set_trim(trim);
    path_ = path;
    trim_ = trim;
    const int frame = static_cast<int>(trim.first);
    show_source(std::make_unique<ClipSource>(cache_, thumbnails_, path, rate, frame), Content::clip, frame);
}

void PlayerWidget::show_sequence(const QVector<SequenceClip>& clips, core::FrameRate rate, int frame)
{
    path_.clear();
    trim_ = {};
    show_source(std::make_unique<SequenceSource>(cache_, thumbnails_, clips, rate, frame), Content::sequence, frame);
}

void PlayerWidget::show_preview(std::shared_ptr<const std::vector<core::Picture8>> frames, core::FrameRate rate,
                                const QString& label)
{
    auto source = std::make_unique<PreviewSource>(std::move(frames), rate);
    label_ = label;
    const bool same_run = content_ == Content::preview && source->frame_count() == transport_->length() &&
                          source->rate() == transport_->rate();
    if (same_run) {  // the loop goes on, only the pictures become clearer
        scrub_->set_source(source.get());
        source_ = std::move(source);
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
    scrub_->set_source(nullptr);
    source_.reset();
    transport_->reset(0, core::FrameRate{24});
    scrub_->set_length(0);
    canvas_->set_picture({});
    canvas_->set_message(text);
    bar_->set_active(false);
    update_texts();
}

void PlayerWidget::show_source(std::unique_ptr<PictureSource> source, Content content, int frame)
{
    transport_->pause();
    content_ = content;
    canvas_->set_message(QString());
    scrub_->set_source(source.get());
    source_ = std::move(source);
    connect(source_.get(), &PictureSource::opened, this, &PlayerWidget::source_opened);
    connect(source_.get(), &PictureSource::picture_ready, this, [this](int ready) {
        if (ready == transport_->frame()) show_picture(ready);
    });
    connect(source_.get(), &PictureSource::failed, this, [this](const QString& reason) {
        canvas_->set_picture({});
        canvas_->set_message(reason);
    });
    scrub_->set_trimmable(content == Content::clip);
    transport_->set_loop(content == Content::preview || loop_);
    opens_at_ = frame;
    source_opened();  // what the cache already knows is there at once
}

void PlayerWidget::source_opened()
{
    const int length = source_->frame_count();
    transport_->reset(length, source_->rate(), opens_at_);
    scrub_->set_length(length);
    bar_->set_active(length > 0);
    set_trim(trim_.empty() ? core::FrameRange{0, length} : trim_);
    show_frame(transport_->frame());
}

void PlayerWidget::set_trim(core::FrameRange trim)
{
    trim_ = trim;
    transport_->set_range(static_cast<int>(trim.first), static_cast<int>(trim.end));
    scrub_->set_range(static_cast<int>(trim.first), static_cast<int>(trim.end));
    update_texts();
}

void PlayerWidget::set_label(const QString& label)
{
    label_ = label;
    update_texts();
}

void PlayerWidget::show_frame(int frame)
{
    show_picture(frame);
    if (source_) source_->look_ahead(frame, transport_->speed());
    scrub_->set_frame(frame);
    update_texts();
    Q_EMIT position_changed(frame);
}

void PlayerWidget::show_picture(int frame)
{
    if (!source_) return;
    const QImage picture = source_->picture(frame);
    const auto* sequence = qobject_cast<const SequenceSource*>(source_.get());
    const bool gap = sequence != nullptr && frame < sequence->frame_count() && !sequence->has_clip_at(frame);
    if (!picture.isNull() || gap) {
        canvas_->set_picture(picture);
        canvas_->set_message(gap ? tr("This shot has no take yet.") : QString());
    } else if (transport_->playing()) {
        transport_->count_drop();
    }
}

void PlayerWidget::update_texts()
{
    const bool any = source_ && transport_->length() > 0;
    canvas_->set_timecode(any ? timecode(transport_->frame(), transport_->rate()) : QString());
    QStringList parts;
    if (!label_.isEmpty()) parts << label_;
    if (any && content_ != Content::preview) parts << fps_text(transport_->rate());
    if (any && content_ != Content::preview && transport_->dropped() > 0)
        parts << tr("%n dropped", nullptr, transport_->dropped());
    canvas_->set_label(parts.join(QStringLiteral(" · ")));
    const bool trimmable = content_ == Content::clip;
    bar_->set_range(any ? transport_->range_first() : 0, any ? transport_->range_end() : 0, transport_->rate(), trimmable);
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

void PlayerWidget::set_loop(bool loop)
{
    loop_ = loop;
    transport_->set_loop(content_ == Content::preview || loop);
    bar_->set_loop(loop);
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
    return canvas_->picture();
}

int PlayerWidget::dropped_frames() const
{
    return transport_->dropped();
}

}  // namespace kinora::ui
