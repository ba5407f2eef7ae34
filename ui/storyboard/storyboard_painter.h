#pragma once

#include <QCoreApplication>
#include <QPainter>

#include "ui/storyboard/storyboard_scene.h"

namespace kinora::ui {

/// Draws the storyboard. `dirty` is what has to be drawn anew; the rest isn't touched or asked for.
class StoryboardPainter {
    Q_DECLARE_TR_FUNCTIONS(kinora::ui::StoryboardPainter)

public:
    StoryboardPainter(QPainter& painter, const StoryboardScene& scene, const QRectF& dirty, double pixel_ratio);
    void paint();

private:
    void paint_ruler();
    void paint_markers();
    void paint_shots();
    void paint_block(std::size_t shot, const QRectF& area);
    void paint_card(std::size_t shot, const QRectF& area);
    void paint_pictures(std::size_t shot, const QRectF& area);
    void paint_progress(const ShotProgress& progress, const QRectF& area);
    void paint_title(std::size_t shot, const QRectF& band, const QColor& colour);
    void paint_outline(std::size_t shot, const QRectF& area);
    void paint_add_block();
    void paint_guides();
    void paint_playhead();
    void paint_track_name();
    [[nodiscard]] QRectF place_of(std::size_t shot) const;
    /// On a whole device pixel.
    [[nodiscard]] double crisp(double x) const;
    [[nodiscard]] const ShotProgress* progress_of(std::size_t shot) const;

    QPainter& painter_;
    const StoryboardScene& scene_;
    const StoryboardGeometry& geometry_;
    QRectF dirty_;
    double ratio_;
};

}  // namespace kinora::ui
