#pragma once

#include <QVector>
#include <QWidget>
#include <memory>
#include <vector>

#include "core/generation/frames.h"
#include "core/media/clip_cache.h"
#include "core/time/rational_time.h"
#include "ui/player/picture_source.h"
#include "ui/player/sequence_source.h"
#include "ui/player/thumbnail_store.h"

namespace kinora::ui {

class PictureCanvas;
class ScrubBar;
class Transport;
class TransportBar;

/// Shows a clip, the whole storyboard or the moving preview of a run: picture, scrub bar with trim handles, transport.
///
/// Keys while it (or one of its parts) has the focus: Space, J K L (repeat = faster), I O, ←/→ a frame, Shift+←/→ a second,
/// Home/End, Ctrl+L loop, Esc gives a dragged handle back.
class PlayerWidget : public QWidget {
    Q_OBJECT

public:
    enum class Content { empty, clip, sequence, preview };

    explicit PlayerWidget(QWidget* parent = nullptr);
    /// With a cache and thumbnails that other parts of the window share.
    PlayerWidget(std::shared_ptr<media::ClipCache> cache, std::shared_ptr<ThumbnailStore> thumbnails,
                 QWidget* parent = nullptr);
    ~PlayerWidget() override;

    /// A clip on disk with its in and out, decoded in the background; stands on the in point. Showing the same clip again
    /// only takes over the trim.
    void show_clip(const QString& path, core::FrameRate rate, core::FrameRange trim);
    /// The storyboard through its cuts; stands on `frame` of the sequence.
    void show_sequence(const QVector<SequenceClip>& clips, core::FrameRate rate, int frame = 0);
    /// Pictures of a running job; plays at once and loops. New pictures of the same run replace the old ones in step.
    void show_preview(std::shared_ptr<const std::vector<core::Picture8>> frames, core::FrameRate rate, const QString& label);
    /// Nothing to see: a sentence says what to do.
    void show_empty(const QString& text);

    void set_trim(core::FrameRange trim);
    /// "Take 3"; the rate is added to it.
    void set_label(const QString& label);

    /// Pauses and shows this frame of the clip, or of the sequence.
    void seek(int frame);
    void play();
    void pause();

    [[nodiscard]] Content content() const { return content_; }
    [[nodiscard]] QString path() const { return path_; }
    [[nodiscard]] int frame() const;
    [[nodiscard]] int frame_count() const;
    [[nodiscard]] bool playing() const;
    [[nodiscard]] core::FrameRange trim() const;
    /// The picture on screen, at its own size.
    [[nodiscard]] QImage picture() const;
    [[nodiscard]] int dropped_frames() const;

Q_SIGNALS:
    /// In frames of the clip; `finished` when the handle was let go, or at once for I and O.
    void trim_changed(core::FrameRange range, bool finished);
    void position_changed(int frame);
    void playing_changed(bool playing);
    /// Asked for in the picture's menu, which shows an entry only if somebody listens.
    void save_frame_requested(const QImage& picture, int frame);
    void use_as_first_frame_requested(const QImage& picture, int frame);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void connect_parts();
    void show_source(std::unique_ptr<PictureSource> source, Content content, int frame);
    void source_opened();
    void show_frame(int frame);
    void show_picture(int frame);
    void update_texts();
    void trim_to(int first, int end);
    void set_loop(bool loop);
    bool handle_key(int key, Qt::KeyboardModifiers modifiers, bool repeated);

    std::shared_ptr<media::ClipCache> cache_;
    std::shared_ptr<ThumbnailStore> thumbnails_;
    std::unique_ptr<PictureSource> source_;
    PictureCanvas* canvas_ = nullptr;
    ScrubBar* scrub_ = nullptr;
    TransportBar* bar_ = nullptr;
    Transport* transport_ = nullptr;
    Content content_ = Content::empty;
    QString path_;
    QString label_;
    core::FrameRange trim_;
    int opens_at_ = 0;  ///< the frame to stand on once the length of the clip is known
    bool loop_ = true;
};

}  // namespace kinora::ui
