#pragma once

#include <QTimer>
#include <QWidget>
#include <deque>

#include "ui/meter/stall_meter.h"

namespace kinora::ui {

/// What the stall meter says, drawn over the window: the longest pass of each half second, the figures, the last stall.
/// Stands in the lower right corner of its parent and lets the mouse through.
class StallOverlay : public QWidget {
    Q_OBJECT
public:
    StallOverlay(StallMeter& meter, QWidget* parent);

    [[nodiscard]] QSize sizeHint() const override;
    /// The lines that are shown, for tests and for people who can't see them.
    [[nodiscard]] QStringList lines() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void look();
    void place();

    StallMeter& meter_;
    QTimer timer_;
    std::deque<double> worst_;  ///< milliseconds, the newest last
};

}  // namespace kinora::ui
