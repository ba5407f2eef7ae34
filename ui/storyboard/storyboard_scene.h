#pragma once

#include <QHash>
#include <QImage>
#include <QPointF>
#include <QRectF>
#include <QString>
#include <optional>
#include <string>
#include <vector>

#include "core/project/project.h"
#include "core/storyboard/layout.h"
#include "ui/player/thumbnail_store.h"
#include "ui/storyboard/storyboard_geometry.h"
#include "ui/storyboard/storyboard_selection.h"

namespace kinora::ui {

class TextCache;
class WaveformStore;

/// A shot that a job works on.
struct ShotProgress {
    double fraction = 0;  ///< 0 … 1; below 0: waiting in the queue
    QImage preview;
};

/// Shots that are being dragged to another place.
struct ShotDrag {
    std::vector<std::size_t> shots;  ///< ascending; all that go along
    std::size_t held = 0;            ///< the one under the hand
    QPointF offset;                  ///< of the held block from where it lies
    std::size_t index = 0;           ///< where they would go, counted before the move
};

/// What a gesture shows on top of the storyboard while it goes on.
struct StoryboardOverlay {
    std::optional<ShotDrag> drag;
    std::optional<QRectF> band;            ///< rubber band, in pixels of the view
    std::optional<std::int64_t> snapped;   ///< project frame of the guide
    std::optional<std::size_t> insertion;  ///< before which shot something dragged in from outside would go
    std::optional<QRectF> lane_drop;       ///< where sound dragged in from outside would lie
    std::string edge_of;                   ///< shot whose edge is held
    QString badge;                         ///< a few words beside the pointer: what the drag comes to
    QPointF badge_at;
    /// While an in point is dragged everything lies so much further right: the edge stays under the hand, and what comes
    /// after it stays where it is. Let go, the film closes up from the left.
    double shift = 0;
};

/// Everything that is drawn. Owned and filled by the view.
struct StoryboardScene {
    const core::Project* project = nullptr;
    const core::Layout* layout = nullptr;
    StoryboardGeometry geometry;
    ThumbnailStore* thumbnails = nullptr;
    WaveformStore* waveforms = nullptr;
    TextCache* texts = nullptr;
    QString folder;  ///< of the project; paths of takes are relative to it
    const StoryboardSelection* selection = nullptr;
    StoryboardHit hovered;
    QHash<QString, ShotProgress> progress;
    std::int64_t playhead = 0;
    const StoryboardOverlay* overlay = nullptr;
    bool ring = false;  ///< the keyboard's focus is here
};

/// The file of the selected take's pictures, or empty.
[[nodiscard]] QString clip_path(const core::Project& project, const QString& folder, const core::Shot& shot);
/// The file of an asset, or empty.
[[nodiscard]] QString asset_path(const core::Project& project, const QString& folder, const std::string& asset_id);

/// Transitions are chosen by the shot they lead to, under a name of their own.
[[nodiscard]] std::string transition_id(const std::string& shot_id);

/// "2 · A small sailing boat drifts slowly".
[[nodiscard]] QString shot_title(const core::Shot& shot, std::size_t index);

}  // namespace kinora::ui
