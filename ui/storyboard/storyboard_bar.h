#pragma once

#include <QWidget>

class QSlider;

namespace kinora::ui {

class BarButton;
class StoryboardActions;

/// The row above the strip: Timeline or Cards, tools, the verbs on what is chosen, snapping and zoom. Its buttons are the
/// storyboard's actions.
class StoryboardBar : public QWidget {
    Q_OBJECT

public:
    explicit StoryboardBar(StoryboardActions& actions, QWidget* parent = nullptr);

    /// Zoom and snapping belong to the timeline.
    void set_timeline(bool timeline);
    /// Width of one project frame.
    void set_zoom(double pixels_per_frame);

Q_SIGNALS:
    void zoom_chosen(double pixels_per_frame);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    StoryboardActions& actions_;
    QWidget* tools_ = nullptr;
    BarButton* snap_ = nullptr;
    BarButton* smaller_ = nullptr;
    BarButton* larger_ = nullptr;
    QSlider* zoom_ = nullptr;
};

}  // namespace kinora::ui
