#pragma once

#include <QTimer>
#include <QWidget>

class QScreen;

namespace kinora::ui {

class PictureCanvas;
class PlayerActions;
class ScrubBar;
class TransportBar;

/// The picture alone on a screen: a full screen, or a second one for whoever looks on. A moving hand brings up scrub bar and
/// transport at the lower edge, which go again when it rests.
class ScreenWindow : public QWidget {
    Q_OBJECT

public:
    ScreenWindow(const PlayerActions& actions, const QString& title, QWidget* parent);

    /// Covers this screen. `takes_keys` off leaves the keyboard with the main window.
    void show_on(QScreen* screen, bool takes_keys);

    [[nodiscard]] PictureCanvas* canvas() const { return canvas_; }
    [[nodiscard]] ScrubBar* scrub() const { return scrub_; }
    [[nodiscard]] TransportBar* bar() const { return bar_; }
    [[nodiscard]] bool controls_shown() const;
    void show_controls();

Q_SIGNALS:
    /// Esc was pressed, or the window closed.
    void left();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void hide_controls();

    PictureCanvas* canvas_;
    QWidget* controls_;
    ScrubBar* scrub_;
    TransportBar* bar_;
    QTimer rest_;
};

}  // namespace kinora::ui
