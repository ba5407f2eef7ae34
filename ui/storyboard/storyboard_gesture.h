#pragma once

#include <QPointF>
#include <QString>
#include <functional>
#include <memory>
#include <string>

#include "core/project/document.h"
#include "ui/storyboard/storyboard_geometry.h"

namespace kinora::ui {

class StoryboardView;

/// One drag on the storyboard, from the press to the release. It shows on the view what it would do and asks for the edit
/// when it is let go, so that every gesture is one step of the history, and none if it is given up.
class StoryboardGesture {
public:
    virtual ~StoryboardGesture() = default;
    virtual void move(const QPointF& point) = 0;
    virtual void finish(const QPointF& point) = 0;
    /// Esc, or what was held is gone.
    virtual void cancel() {}
    /// Whether the strip scrolls while the pointer is near its ends.
    [[nodiscard]] virtual bool scrolls() const { return false; }
    /// Whether what is held is still in the project. Asked after every change.
    [[nodiscard]] virtual bool holds(const core::Project&) const { return true; }
};

/// What a drag would do with the pointer where it is.
struct EditAttempt {
    core::Document::Edit edit;
    QString badge;  ///< shown beside the pointer
};

/// A drag that is an edit as a function of where the pointer is: tried on a copy of the project at every move, asked for
/// once at the end.
class EditGesture : public StoryboardGesture {
public:
    /// Called with the project as it is, never with a preview.
    using Attempts = std::function<EditAttempt(const QPointF& point)>;

    EditGesture(StoryboardView& view, QString name, const QPointF& pressed, Attempts attempts);
    void move(const QPointF& point) override;
    void finish(const QPointF& point) override;
    [[nodiscard]] bool scrolls() const override { return true; }
    [[nodiscard]] bool holds(const core::Project& project) const override;
    /// How to tell whether what is held is still there.
    void set_existence(std::function<bool(const core::Project&)> exists) { exists_ = std::move(exists); }

private:
    StoryboardView& view_;
    QString name_;
    QPointF pressed_;
    Attempts attempts_;
    std::function<bool(const core::Project&)> exists_;
    bool moved_ = false;
};

/// The gesture that a press begins, or null where the press was all (a click on the place to add, Ctrl and a click).
[[nodiscard]] std::unique_ptr<StoryboardGesture> begin_gesture(StoryboardView& view, const StoryboardHit& hit,
                                                               const QPointF& point, Qt::KeyboardModifiers modifiers);

// The gestures by what they hold.
[[nodiscard]] std::unique_ptr<StoryboardGesture> hold_shot(StoryboardView& view, std::size_t shot, const QPointF& point);
[[nodiscard]] std::unique_ptr<StoryboardGesture> trim_edge(StoryboardView& view, const StoryboardHit& hit,
                                                           const QPointF& point);
[[nodiscard]] std::unique_ptr<StoryboardGesture> roll_edge(StoryboardView& view, const StoryboardHit& hit,
                                                           const QPointF& point);
[[nodiscard]] std::unique_ptr<StoryboardGesture> slip_shot(StoryboardView& view, std::size_t shot, const QPointF& point);
[[nodiscard]] std::unique_ptr<StoryboardGesture> drag_playhead(StoryboardView& view, const QPointF& point, bool jump);
[[nodiscard]] std::unique_ptr<StoryboardGesture> drag_marker(StoryboardView& view, std::size_t marker, const QPointF& point);
[[nodiscard]] std::unique_ptr<StoryboardGesture> hold_transition(StoryboardView& view, const StoryboardHit& hit,
                                                                 const QPointF& point);
[[nodiscard]] std::unique_ptr<StoryboardGesture> hold_sound(StoryboardView& view, const StoryboardHit& hit,
                                                            const QPointF& point, Qt::KeyboardModifiers modifiers);
/// Chooses what it touches; `adds` to what is chosen already.
[[nodiscard]] std::unique_ptr<StoryboardGesture> rubber_band(StoryboardView& view, const QPointF& point, bool adds);

}  // namespace kinora::ui
