#pragma once

#include <QProxyStyle>

namespace kinora::ui {

/// What a style sheet can't say: tooltips that come at a calm pace, menus without icons gaps, no focus rectangles (the style
/// sheet draws accent rings), smooth scrolling off.
class ControlStyle : public QProxyStyle {
    Q_OBJECT
public:
    using QProxyStyle::QProxyStyle;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
};

}  // namespace kinora::ui
