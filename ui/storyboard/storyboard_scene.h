#pragma once

#include <QHash>
#include <QImage>
#include <QString>
#include <optional>
#include <string>

#include "core/project/project.h"
#include "core/storyboard/layout.h"
#include "ui/player/thumbnail_store.h"
#include "ui/storyboard/storyboard_geometry.h"

namespace kinora::ui {

/// A shot that a job works on.
struct ShotProgress {
    double fraction = 0;  ///< 0 … 1; below 0: waiting in the queue
    QImage preview;
};

/// A shot that is being dragged to another place.
struct ShotDrag {
    std::size_t shot = 0;
    double offset = 0;  ///< of the block from where it lies
    std::size_t index = 0;
};

/// Everything that is drawn. Owned and filled by the view.
struct StoryboardScene {
    const core::Project* project = nullptr;
    const core::Layout* layout = nullptr;
    StoryboardGeometry geometry;
    ThumbnailStore* thumbnails = nullptr;
    QString folder;  ///< of the project; paths of takes are relative to it
    std::string selected;
    StoryboardHit hovered;
    QHash<QString, ShotProgress> progress;
    std::int64_t playhead = 0;
    std::optional<ShotDrag> drag;
    std::optional<std::int64_t> snapped;  ///< project frame of the guide
    /// While an in point is dragged everything lies so much further right: the edge stays under the hand, and what comes
    /// after it stays where it is. Let go, the film closes up from the left.
    double shift = 0;
    bool ring = false;  ///< the keyboard's focus is here
};

/// The clip of the selected take, or empty.
[[nodiscard]] QString clip_path(const QString& folder, const core::Shot& shot);

/// "2 · A small sailing boat drifts slowly".
[[nodiscard]] QString shot_title(const core::Shot& shot, std::size_t index);

}  // namespace kinora::ui
