#pragma once

#include <QWidget>

#include "core/time/frame_rate.h"

class QLabel;

namespace kinora::ui {

class BarButton;

/// The row below the scrub bar: in, out and length at the left, the transport in the middle, speed and zoom at the right.
class TransportBar : public QWidget {
    Q_OBJECT

public:
    explicit TransportBar(QWidget* parent = nullptr);

    /// Texts for a half-open range of a clip. An empty range clears them; `trimmable` off leaves the length alone.
    void set_range(int first, int end, core::FrameRate rate, bool trimmable);
    void set_playing(bool playing);
    void set_loop(bool loop);
    /// Signed; 0 when paused, which shows the speed that play would have.
    void set_speed(double speed, double play_speed);
    void set_zoom(double zoom);
    /// Nothing to play: the buttons rest.
    void set_active(bool active);

Q_SIGNALS:
    void to_start();
    void to_end();
    void step(int frames);
    void toggle_play();
    void loop_toggled(bool loop);
    void speed_chosen(double speed);
    void zoom_chosen(double zoom);

private:
    BarButton* add(const QString& icon, const QString& name, const QString& shortcut);
    void choose_speed();
    void choose_zoom();

    QLabel* range_ = nullptr;
    BarButton* start_ = nullptr;
    BarButton* back_ = nullptr;
    BarButton* play_ = nullptr;
    BarButton* forward_ = nullptr;
    BarButton* end_ = nullptr;
    BarButton* loop_ = nullptr;
    BarButton* speed_ = nullptr;
    BarButton* zoom_ = nullptr;
    double play_speed_ = 1;
    double zoom_value_ = 0;
};

/// `1×`, `½×`, `−2×`.
[[nodiscard]] QString speed_text(double speed);

}  // namespace kinora::ui
