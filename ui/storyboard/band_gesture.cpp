#include <QScrollBar>

#include "ui/storyboard/storyboard_gesture.h"
#include "ui/storyboard/storyboard_view.h"

namespace kinora::ui {

namespace {

/// A rectangle drawn from an empty place: shots and sounds that it touches are chosen, a click alone chooses nothing.
class RubberBand : public StoryboardGesture {
public:
    RubberBand(StoryboardView& view, const QPointF& point, bool adds) : view_(view), anchor_(point + scrolled())
    {
        if (!adds) return;
        kept_ = view.selection().shots(*view.project());
        for (const auto& track : view.project()->sound_tracks) {
            for (const core::SoundClip& clip : track->clips) {
                if (view.selection().contains(clip.id)) kept_.push_back(clip.id);
            }
        }
    }

    void move(const QPointF& point) override
    {
        const QPointF anchor = anchor_ - scrolled();
        if (!drawn_ && (point - anchor).manhattanLength() < 4) return;
        drawn_ = true;
        const QRectF band = QRectF(anchor, point).normalized();
        view_.overlay().band = band;
        touched_ = kept_;
        touch_shots(band);
        touch_sounds(band);
        view_.mark(touched_);
    }

    void finish(const QPointF&) override
    {
        // What the band touches is shown at once, the panels hear of it when the hand lets go.
        if (drawn_ || kept_.empty()) view_.choose_all(touched_);
    }

    void cancel() override { view_.choose_all(kept_); }
    [[nodiscard]] bool scrolls() const override { return drawn_; }

private:
    [[nodiscard]] QPointF scrolled() const
    {
        return QPointF(view_.horizontalScrollBar()->value(), view_.verticalScrollBar()->value());
    }

    void touch_shots(const QRectF& band)
    {
        const StoryboardGeometry geometry = view_.geometry_now();
        auto [first, end] = geometry.shots_between(band.left(), band.right());
        if (geometry.mode == StoryboardMode::cards) {
            first = 0;
            end = geometry.layout->size();
        }
        for (std::size_t shot = first; shot < end; ++shot) {
            if (geometry.block(shot).intersects(band)) touched_.push_back(view_.project()->shots[shot]->id);
        }
    }

    void touch_sounds(const QRectF& band)
    {
        const StoryboardGeometry geometry = view_.geometry_now();
        for (std::size_t track = 0; track < geometry.lanes(); ++track) {
            if (!geometry.lane(track).adjusted(-1e6, 0, 1e6, 0).intersects(band)) continue;
            const auto [first, end] = geometry.sounds_between(track, band.left(), band.right());
            for (std::size_t clip = first; clip < end; ++clip)
                touched_.push_back(view_.project()->sound_tracks[track]->clips[clip].id);
        }
    }

    StoryboardView& view_;
    QPointF anchor_;  // counted with what is scrolled away
    std::vector<std::string> kept_;
    std::vector<std::string> touched_;
    bool drawn_ = false;
};

}  // namespace

std::unique_ptr<StoryboardGesture> rubber_band(StoryboardView& view, const QPointF& point, bool adds)
{
    return std::make_unique<RubberBand>(view, point, adds);
}

}  // namespace kinora::ui
