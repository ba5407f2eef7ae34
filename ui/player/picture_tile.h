#pragma once

#include <QColor>
#include <QImage>
#include <QPainter>
#include <QRect>

namespace kinora::ui {

/// A picture that covers a tile with round corners. It is fitted into its tile once and copied from then on: fitting is work
/// that Qt gives to other threads and waits for, which takes long where those find no processor.
class PictureTile {
public:
    void set(const QImage& picture) { picture_ = picture; }

    /// Draws the picture over `area`, or `ground` as long as there is none.
    void paint(QPainter& painter, const QRect& area, const QColor& ground);

private:
    void fit(const QSize& size, double ratio, const QColor& ground);

    QImage picture_;
    QImage fitted_;
    qint64 fitted_of_ = 0;  ///< the picture's key
    QSize size_;
    QColor ground_;
};

}  // namespace kinora::ui
