#include <QApplication>
#include <QScrollBar>
#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_set>

#include "core/storyboard/edits.h"
#include "ui/storyboard/storyboard_gesture.h"
#include "ui/storyboard/storyboard_text.h"
#include "ui/storyboard/storyboard_view.h"

// Drags of shots to another place, of their edges, and of the playhead.
namespace kinora::ui {

namespace {

constexpr double k_out_of_sight = 24;  // a drag this far above or below leaves the studio

/// Indices of the named shots, ascending; fewer if some are gone. One pass, however many they are.
std::vector<std::size_t> indices_of(const core::Project& project, const std::vector<std::string>& ids)
{
    const std::unordered_set<std::string_view> wanted(ids.begin(), ids.end());
    std::vector<std::size_t> found;
    for (std::size_t shot = 0; shot < project.shots.size(); ++shot) {
        if (wanted.contains(project.shots[shot]->id)) found.push_back(shot);
    }
    return found;
}

/// A press on a shot: a click chooses it, a drag moves what is chosen, a drag out of the strip hands its files away.
class HoldShot : public StoryboardGesture {
public:
    HoldShot(StoryboardView& view, std::size_t shot, const QPointF& point)
        : view_(view), held_(view.project()->shots[shot]->id), pressed_(point), scroll_(scrolled())
    {
        // A shot of several chosen ones takes the others along; which it was is decided when the hand lets go.
        if (view.selection().contains(held_) && view.selection().size() > 1) {
            collapses_ = true;
            ids_ = view.selection().shots(*view.project());
        } else {
            view.choose(held_);
            ids_ = {held_};
        }
    }

    void move(const QPointF& point) override
    {
        if (left_) return;
        if (!dragging_ && (point - pressed_).manhattanLength() < QApplication::startDragDistance()) return;
        dragging_ = true;
        const double height = view_.viewport()->height();
        if (point.y() < -k_out_of_sight || point.y() > height + k_out_of_sight) return leave();
        const auto held = core::find_shot(*view_.project(), held_);
        if (!held) return;
        view_.viewport()->setCursor(Qt::ClosedHandCursor);
        ShotDrag drag;
        drag.shots = indices_of(*view_.project(), ids_);
        drag.held = *held;
        drag.offset = point - pressed_ + scrolled() - scroll_;
        drag.index = view_.geometry_now().insertion_index(point);
        view_.overlay().drag = drag;
        view_.show_overlay();
    }

    void finish(const QPointF&) override
    {
        const auto drag = view_.overlay().drag;
        if (left_) return;
        if (!drag) {
            if (!dragging_ && collapses_) view_.choose(held_);
            return;
        }
        view_.overlay().drag.reset();
        const bool together = drag->shots.back() - drag->shots.front() + 1 == drag->shots.size();
        const bool stays = together && drag->index >= drag->shots.front() && drag->index <= drag->shots.back() + 1;
        if (stays) return;
        view_.request(
            ids_.size() > 1 ? StoryboardView::tr("Move shots") : StoryboardView::tr("Move shot"),
            [ids = ids_, index = drag->index](core::Project& project) { return core::move_shots(project, ids, index); });
    }

    [[nodiscard]] bool scrolls() const override { return dragging_; }
    [[nodiscard]] bool holds(const core::Project& project) const override
    {
        return indices_of(project, ids_).size() == ids_.size();
    }

private:
    [[nodiscard]] QPointF scrolled() const
    {
        return QPointF(view_.horizontalScrollBar()->value(), view_.verticalScrollBar()->value());
    }

    void leave()
    {
        left_ = true;
        view_.overlay() = {};
        view_.drag_out_later(ids_);
    }

    StoryboardView& view_;
    std::string held_;
    std::vector<std::string> ids_;
    QPointF pressed_;
    QPointF scroll_;
    bool dragging_ = false;
    bool collapses_ = false;
    bool left_ = false;
};

/// An edge of a shot: the film behind it follows. The panels follow too, so that the player shows the frame at the cut.
class TrimEdge : public StoryboardGesture {
public:
    TrimEdge(StoryboardView& view, const StoryboardHit& hit, const QPointF& point)
        : view_(view), pressed_(point), in_(hit.zone == StoryboardZone::in_edge)
    {
        const core::Shot& shot = *view.project()->shots[hit.shot];
        id_ = shot.id;
        before_ = shot.range;
        last_ = before_;
        source_ = core::shot_source(shot);
        end_ = view.layout_now().end(hit.shot);
        length_ = end_ - view.layout_now().start(hit.shot);
        grip_ = view.geometry_now().frame_at(point.x());
        points_ = view.snap_points(end_, id_);
        view.overlay().edge_of = id_;
    }

    void move(const QPointF& point) override
    {
        if (!moved_ && (point - pressed_).manhattanLength() < 2) return;
        moved_ = true;
        drag(point, false);
    }

    void finish(const QPointF& point) override
    {
        if (moved_) drag(point, true);
    }

    void cancel() override
    {
        if (moved_ && core::find_shot(*view_.project(), id_)) Q_EMIT view_.trim_dragged(id_, before_, true);
    }

    [[nodiscard]] bool scrolls() const override { return moved_ && !in_; }
    [[nodiscard]] bool holds(const core::Project& project) const override
    {
        return core::find_shot(project, id_).has_value();
    }

private:
    void drag(const QPointF& point, bool finished)
    {
        const core::FrameRate rate = view_.project()->rate;
        const double now = in_ ? view_.geometry_now().frame_at(pressed_.x()) : grip_;
        const auto moved = static_cast<std::int64_t>(std::lround(view_.geometry_now().frame_at(point.x()) - now));
        // The out edge sticks to the playhead and to markers: that is where one looked when one decided to cut.
        const std::int64_t delta = in_ ? moved : view_.snapped_frame(end_ + moved, points_) - end_;
        const std::int64_t frames = core::rescale_frames(delta, rate, source_.rate, core::Rounding::nearest);
        auto next = std::make_unique<core::Project>(*view_.project());
        const auto index = core::find_shot(*next, id_);
        if (!index) return;
        next->shots[*index].update([&](core::Shot& shot) { shot.range = before_; });
        const auto done =
            in_ ? core::trim_in(*next, id_, before_.first + frames) : core::trim_out(*next, id_, before_.end + frames);
        if (!done) {
            // What the drag came to last stands; it has to end all the same.
            if (finished) Q_EMIT view_.trim_dragged(id_, last_, true);
            return;
        }
        const core::FrameRange range = next->shots[*index]->range;
        const std::int64_t length = core::conformed_length(range.length(), source_.rate, rate);
        if (in_) view_.overlay().shift = static_cast<double>(length_ - length) * view_.pixels_per_frame();
        view_.overlay().badge = change_text(in_ ? length_ - length : length - length_, rate);
        view_.overlay().badge_at = point;
        view_.show_preview(std::move(next));
        if (range == last_ && !finished) return;
        last_ = range;
        Q_EMIT view_.trim_dragged(id_, range, finished);
    }

    StoryboardView& view_;
    QPointF pressed_;
    bool in_;
    std::string id_;
    core::FrameRange before_;
    core::FrameRange last_;
    core::ShotSource source_;
    std::int64_t end_ = 0;
    std::int64_t length_ = 0;
    double grip_ = 0;
    std::vector<std::int64_t> points_;
    bool moved_ = false;
};

class DragPlayhead : public StoryboardGesture {
public:
    explicit DragPlayhead(StoryboardView& view) : view_(view), points_(view.snap_points(-1, {}, false)) {}

    void move(const QPointF& point) override
    {
        const auto last = std::max<std::int64_t>(view_.layout_now().total() - 1, 0);
        const auto frame = static_cast<std::int64_t>(std::floor(view_.geometry_now().frame_at(point.x())));
        view_.move_playhead(std::clamp<std::int64_t>(view_.snapped_frame(frame, points_), 0, last));
        view_.show_overlay();
    }
    void finish(const QPointF&) override {}
    [[nodiscard]] bool scrolls() const override { return true; }

private:
    StoryboardView& view_;
    std::vector<std::int64_t> points_;
};

}  // namespace

std::unique_ptr<StoryboardGesture> hold_shot(StoryboardView& view, std::size_t shot, const QPointF& point)
{
    return std::make_unique<HoldShot>(view, shot, point);
}

std::unique_ptr<StoryboardGesture> trim_edge(StoryboardView& view, const StoryboardHit& hit, const QPointF& point)
{
    return std::make_unique<TrimEdge>(view, hit, point);
}

std::unique_ptr<StoryboardGesture> drag_playhead(StoryboardView& view, const QPointF& point, bool jump)
{
    auto gesture = std::make_unique<DragPlayhead>(view);
    if (jump) gesture->move(point);
    return gesture;
}

}  // namespace kinora::ui
