#include "ui/theme/control_style.h"

namespace kinora::ui {

int ControlStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const
{
    switch (hint) {
        case SH_ToolTip_WakeUpDelay:
            return 600;
        case SH_ComboBox_Popup:
            return 0;
        case SH_EtchDisabledText:
            return 0;
        case SH_ScrollBar_LeftClickAbsolutePosition:
            return 1;
        default:
            return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

int ControlStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
        case PM_SmallIconSize:
        case PM_ButtonIconSize:
        case PM_ToolBarIconSize:
            return 18;
        default:
            return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

}  // namespace kinora::ui
