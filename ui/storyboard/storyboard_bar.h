#pragma once

#include <QString>
#include <QWidget>
#include <utility>
#include <vector>

class QAction;
class QHBoxLayout;
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

    /// Puts what can be made of a take beside what can be done to a shot: actions with the short names they have here.
    void add_verbs(const std::vector<std::pair<QAction*, QString>>& verbs);
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
    QHBoxLayout* middle_ = nullptr;
    QWidget* tools_ = nullptr;
    BarButton* snap_ = nullptr;
    BarButton* smaller_ = nullptr;
    BarButton* larger_ = nullptr;
    QSlider* zoom_ = nullptr;
};

}  // namespace kinora::ui
