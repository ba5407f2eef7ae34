#pragma once

#include <QWidget>

#include "core/time/frame_rate.h"

class QLabel;
class QMenu;

namespace kinora::ui {

class BarButton;
class PlayerActions;

/// The row below the scrub bar: in, out and length at the left, the transport in the middle, speed, comparison, zoom, full
/// screen and the rest at the right. Its buttons are the player's actions; the full screen has a second row of them.
class TransportBar : public QWidget {
    Q_OBJECT

public:
    explicit TransportBar(const PlayerActions& actions, QWidget* parent = nullptr);

    /// Texts for a half-open range of a clip. An empty range clears them; `trimmable` off leaves the length alone; `frames`
    /// counts in frames instead of timecode.
    void set_range(int first, int end, core::FrameRate rate, bool trimmable, bool frames);
    /// Signed; 0 when paused, which shows the speed that play would have.
    void set_speed(double speed, double play_speed);
    void set_zoom(double zoom);
    /// Nothing to play: the buttons rest.
    void set_active(bool active);
    /// More than one take is there to choose from, or a comparison runs.
    void set_comparing(bool possible, bool on);

Q_SIGNALS:
    /// The menu of A/B is about to open: takes are to be listed in it.
    void compare_menu_wanted(QMenu* menu);
    void hand_moved();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void open_menu(BarButton* button, QMenu* menu);
    void choose_speed();
    void choose_zoom();
    void choose_compare();
    void show_more();

    const PlayerActions& actions_;
    QLabel* range_ = nullptr;
    BarButton* speed_ = nullptr;
    BarButton* compare_ = nullptr;
    BarButton* zoom_ = nullptr;
    BarButton* more_ = nullptr;
    QString range_text_;
    QString short_range_text_;
};

/// `1×`, `½×`, `−2×`.
[[nodiscard]] QString speed_text(double speed);

}  // namespace kinora::ui
