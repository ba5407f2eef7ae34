#pragma once

#include <QVector>
#include <QWidget>
#include <memory>
#include <vector>

#include "core/generation/frames.h"
#include "core/media/clip_cache.h"
#include "core/time/rational_time.h"
#include "ui/player/frame_file.h"
#include "ui/player/picture_source.h"
#include "ui/player/player_actions.h"
#include "ui/player/player_compare.h"
#include "ui/player/sound_source.h"
#include "ui/player/storyboard_source.h"
#include "ui/player/thumbnail_store.h"

class QScreen;

namespace kinora::ui {

class PictureCanvas;
class PlayerSound;
class ScreenWindow;
class ScrubBar;
class SoundOutput;
class Transport;
class TransportBar;

/// Shows a clip, the whole storyboard or the moving preview of a run: picture, scrub bar with trim handles, transport. All
/// that it can do is in `actions()`; their shortcuts are heard while it (or one of its parts) has the focus. Esc gives a
/// dragged handle back.
class PlayerWidget : public QWidget {
    Q_OBJECT

public:
    enum class Content { empty, clip, sequence, preview };

    explicit PlayerWidget(QWidget* parent = nullptr);
    /// With a cache and thumbnails that other parts of the window share, and the machine's sound.
    PlayerWidget(std::shared_ptr<media::ClipCache> cache, std::shared_ptr<ThumbnailStore> thumbnails,
                 QWidget* parent = nullptr);
    PlayerWidget(std::shared_ptr<media::ClipCache> cache, std::shared_ptr<ThumbnailStore> thumbnails,
                 std::unique_ptr<SoundOutput> sound, QWidget* parent);
    ~PlayerWidget() override;

    /// A clip on disk with its in and out, decoded in the background; stands on the in point. `heard`: its file has sound.
    /// Showing the same clip again only takes over the trim.
    void show_clip(const QString& path, core::FrameRate rate, core::FrameRange trim, bool heard = false);
    /// The whole storyboard; stands on `frame`. While it is shown already, a changed project takes the place of the old one
    /// where it is, and playback goes on, unless another frame is asked for.
    void show_storyboard(const core::Project& project, StoryboardSource::Files files, int frame = -1);
    /// Pictures of a running job; plays at once and loops. New pictures of the same run replace the old ones in step.
    void show_preview(std::shared_ptr<const std::vector<core::Picture8>> frames, core::FrameRate rate, const QString& label);
    /// Nothing to see: a sentence says what to do.
    void show_empty(const QString& text);

    /// The takes that the clip can be compared with, oldest first.
    void set_takes(const QVector<TakeChoice>& takes);
    /// Compares the clip with this take.
    void compare_with(const QString& take);
    /// What the content sounds like; null: nothing. Forgotten when other content is shown.
    void set_sound(std::shared_ptr<SoundSource> sound);

    void set_trim(core::FrameRange trim);
    /// "Take 3"; the rate is added to it.
    void set_label(const QString& label);

    /// Pauses and shows this frame of the clip, or of the sequence.
    void seek(int frame);
    void play();
    void pause();

    /// The picture alone on this screen, or on another one as well; null: off.
    void set_full_screen(QScreen* screen);
    void set_second_screen(QScreen* screen);
    [[nodiscard]] ScreenWindow* full_screen() const { return full_; }
    [[nodiscard]] ScreenWindow* second_screen() const { return second_; }

    [[nodiscard]] Content content() const { return content_; }
    [[nodiscard]] QString path() const { return path_; }
    [[nodiscard]] int frame() const;
    [[nodiscard]] int frame_count() const;
    [[nodiscard]] bool playing() const;
    [[nodiscard]] core::FrameRange trim() const;
    /// The picture on screen, at its own size, and the frame that it is of (-1: none): behind `frame()` while that is being
    /// decoded.
    [[nodiscard]] QImage picture() const;
    [[nodiscard]] int shown_frame() const { return shown_frame_; }
    [[nodiscard]] int dropped_frames() const;
    [[nodiscard]] const PlayerActions& actions() const { return *actions_; }
    [[nodiscard]] QAction* action(PlayerAction action) const { return (*actions_)[action]; }
    [[nodiscard]] PictureCanvas* canvas() const { return canvas_; }
    [[nodiscard]] PlayerCompare& compare() const { return *compare_; }
    [[nodiscard]] Transport& transport() const { return *transport_; }
    [[nodiscard]] PlayerSound& sound() const { return *sound_; }

Q_SIGNALS:
    /// In frames of the clip (or of the storyboard: what is played of it); `finished` when the handle was let go, or at once
    /// for I and O.
    void trim_changed(core::FrameRange range, bool finished);
    void position_changed(int frame);
    void playing_changed(bool playing);
    /// Asked for by an action that is there only if somebody listens.
    void save_frame_requested(const kinora::ui::FrameToSave& picture, int frame);
    void use_as_first_frame_requested(const QImage& picture, int frame);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void connectNotify(const QMetaMethod& signal) override;

private:
    // player_wiring.cpp: the parts and the actions
    void build();
    void connect_transport();
    void connect_controls(ScrubBar* scrub, TransportBar* bar);
    void connect_canvas(PictureCanvas* canvas);
    void connect_actions();
    void connect_view_actions();
    void connect_compare();
    void set_zoom(double zoom);
    void zoom_changed(double zoom);
    void set_loop(bool loop);
    void mark(bool in);
    void trim_to(int first, int end);

    // player_screens.cpp: what is shown, on every canvas there is
    [[nodiscard]] std::vector<PictureCanvas*> canvases() const;
    [[nodiscard]] std::vector<ScrubBar*> scrubs() const;
    [[nodiscard]] std::vector<TransportBar*> bars() const;
    void open_screen(ScreenWindow*& window, QScreen* screen, const QString& title, bool takes_keys, PlayerAction action);
    void show_second_screen(bool shown);
    void update_scene();
    void update_texts();
    void update_controls();
    void update_actions();

    // player_widget.cpp
    void show_source(std::unique_ptr<PictureSource> source, Content content, int frame);
    void adopt(std::unique_ptr<PictureSource> source);
    void source_opened();
    void show_frame(int frame);
    void show_picture(int frame);
    void set_message(const QString& text);

    std::shared_ptr<media::ClipCache> cache_;
    std::shared_ptr<ThumbnailStore> thumbnails_;
    std::unique_ptr<PictureSource> source_;
    PlayerActions* actions_ = nullptr;
    PictureCanvas* canvas_ = nullptr;
    ScrubBar* scrub_ = nullptr;
    TransportBar* bar_ = nullptr;
    Transport* transport_ = nullptr;
    PlayerCompare* compare_ = nullptr;
    std::unique_ptr<PlayerSound> sound_;
    ScreenWindow* full_ = nullptr;
    ScreenWindow* second_ = nullptr;
    Content content_ = Content::empty;
    MixedPicture mix_;      ///< what is on screen
    int shown_frame_ = -1;  ///< whose picture that is
    QString message_;
    QString path_;
    QString label_;
    core::FrameRange trim_;
    int opens_at_ = 0;  ///< the frame to stand on once the length of the clip is known
    bool loop_ = true;
};

}  // namespace kinora::ui
