#pragma once

#include <QObject>
#include <QPointF>

class QDropEvent;
class QMimeData;

namespace kinora::ui {

class StoryboardCommands;
class StoryboardView;

/// What is dragged onto the storyboard: shots of this or another window, files of other programs. Shows where it would go
/// while it hovers.
class StoryboardDrops : public QObject {
    Q_OBJECT

public:
    StoryboardDrops(StoryboardView& view, StoryboardCommands& commands);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void show_place(const QMimeData& data, const QPointF& point);
    void take(const QDropEvent& event);

    StoryboardView& view_;
    StoryboardCommands& commands_;
};

}  // namespace kinora::ui
