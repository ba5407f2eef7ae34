#pragma once

#include <QWidget>

#include "ui/storyboard/storyboard_geometry.h"

class QSlider;

namespace kinora::ui {

class BarButton;

/// The row above the strip: Timeline or Cards, the verbs on a shot, snapping and zoom.
class StoryboardBar : public QWidget {
    Q_OBJECT

public:
    explicit StoryboardBar(QWidget* parent = nullptr);

    void set_mode(StoryboardMode mode);
    void set_snapping(bool snapping);
    /// Width of one project frame.
    void set_zoom(double pixels_per_frame);
    /// Verbs that need a chosen shot.
    void set_shot_chosen(bool chosen);
    /// Split needs a shot under the playhead.
    void set_can_split(bool can);

Q_SIGNALS:
    void mode_chosen(StoryboardMode mode);
    void split();
    void duplicate();
    void remove();
    void snapping_toggled(bool snapping);
    void zoom_chosen(double pixels_per_frame);
    void zoom_to_fit();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    BarButton* timeline_ = nullptr;
    BarButton* cards_ = nullptr;
    BarButton* split_ = nullptr;
    BarButton* duplicate_ = nullptr;
    BarButton* remove_ = nullptr;
    BarButton* snap_ = nullptr;
    BarButton* smaller_ = nullptr;
    BarButton* larger_ = nullptr;
    QSlider* zoom_ = nullptr;
};

}  // namespace kinora::ui
