#pragma once

#include <QCoreApplication>
#include <QPainter>

#include "ui/storyboard/storyboard_scene.h"

namespace kinora::ui {

/// Draws the storyboard. `dirty` is what has to be drawn anew; the rest isn't touched or asked for. What it costs depends on
/// what is seen, never on the length of the film.
class StoryboardPainter {
    Q_DECLARE_TR_FUNCTIONS(kinora::ui::StoryboardPainter)

public:
    StoryboardPainter(QPainter& painter, const StoryboardScene& scene, const QRectF& dirty, double pixel_ratio);
    void paint();

private:
    // storyboard_painter.cpp: ruler, names, playhead
    void paint_ruler();
    void paint_markers();
    void paint_playhead();
    void paint_track_names();
    void paint_add_block();

    // shot_painter.cpp
    void paint_shots();
    void paint_held();
    void paint_floating(std::size_t shot, const QRectF& area, const QRectF& extent);
    void paint_shot(std::size_t shot, const QRectF& area, const QRectF& extent);
    void paint_block(std::size_t shot, const QRectF& area, const QRectF& extent);
    void paint_gap(std::size_t shot, const QRectF& area);
    void paint_card(std::size_t shot, const QRectF& area);
    void paint_pictures(std::size_t shot, const QRectF& area);
    void paint_progress(const ShotProgress& progress, const QRectF& area);
    void paint_title(std::size_t shot, const QRectF& band, const QColor& colour);
    /// The number alone, where a title has no room.
    void paint_number(std::size_t shot, const QRectF& band, const QColor& colour);
    void paint_details(std::size_t shot, const QRectF& room);
    void clip_to(const QRectF& area);
    void paint_outline(std::size_t shot, const QRectF& area);
    void paint_slivers(std::size_t first, std::size_t end);
    [[nodiscard]] QRectF place_of(std::size_t shot) const;
    [[nodiscard]] bool is_held(std::size_t shot) const;
    [[nodiscard]] const ShotProgress* progress_of(std::size_t shot) const;
    [[nodiscard]] QColor ground_of(const core::Shot& shot) const;

    // sound_painter.cpp
    void paint_lanes();
    void paint_sound(std::size_t track, std::size_t clip);
    void paint_wave(const core::SoundClip& clip, const QRectF& area, const QColor& colour);
    void paint_fades(const core::SoundClip& clip, const QRectF& area, bool handles);

    // overlay_painter.cpp
    void paint_transitions();
    void paint_guides();
    void paint_badge();

    /// On a whole device pixel.
    [[nodiscard]] double crisp(double x) const;
    [[nodiscard]] QRectF crisp(const QRectF& area) const;
    [[nodiscard]] bool chosen(const std::string& id) const { return scene_.selection->contains(id); }

    QPainter& painter_;
    const StoryboardScene& scene_;
    const StoryboardGeometry& geometry_;
    QRectF dirty_;
    double ratio_;
    bool floating_ = false;  ///< what is drawn lies over others: its corners can't be covered with the ground
};

}  // namespace kinora::ui
