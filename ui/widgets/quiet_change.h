#pragma once

#include <QApplication>
#include <QWidget>

namespace kinora::ui {

/// While it lives its widget is hidden, so that many children can be shown or hidden for the price of one. A child shown by
/// itself in a visible widget asks the window system where the pointer is, waits for the answer (milliseconds where that is
/// busy), and has every layout above it made anew.
/// Leaves a widget as it is that isn't seen, or that has the focus or the pointer: both would be lost.
class QuietChange {
public:
    explicit QuietChange(QWidget& widget)
        : widget_(widget.isVisible() && !widget.underMouse() && !holds_focus(widget) ? &widget : nullptr)
    {
        if (widget_ != nullptr) widget_->hide();
    }
    ~QuietChange()
    {
        if (widget_ != nullptr) widget_->show();
    }
    QuietChange(const QuietChange&) = delete;
    QuietChange& operator=(const QuietChange&) = delete;

private:
    static bool holds_focus(const QWidget& widget)
    {
        const QWidget* focus = QApplication::focusWidget();
        return focus != nullptr && (focus == &widget || widget.isAncestorOf(focus));
    }

    QWidget* widget_;
};

}  // namespace kinora::ui
