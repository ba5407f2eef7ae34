#include "ui/window/focus_round.h"

#include <QApplication>
#include <QScrollArea>
#include <QWidget>
#include <algorithm>

namespace kinora::ui {
namespace {

/// The visible children of a part as they are read.
QVector<QWidget*> children_as_read(const QWidget* part)
{
    QVector<QWidget*> children;
    for (auto* child : part->children())
        if (auto* widget = qobject_cast<QWidget*>(child); widget && widget->isVisible() && !widget->isWindow())
            children.append(widget);
    const auto middle = [](const QWidget* widget) { return widget->geometry().center().y(); };
    std::stable_sort(children.begin(), children.end(),
                     [&](const QWidget* a, const QWidget* b) { return middle(a) < middle(b); });
    // What begins before the first of a row ends lies in that row.
    for (auto row = children.begin(); row != children.end();) {
        const int bottom = (*row)->geometry().bottom();
        const auto end = std::find_if(row, children.end(), [&](const QWidget* widget) { return middle(widget) > bottom; });
        std::stable_sort(row, end, [](const QWidget* a, const QWidget* b) { return a->x() < b->x(); });
        row = end;
    }
    return children;
}

void collect(QWidget* part, QVector<QWidget*>& round)
{
    const bool takes_focus = (part->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && !part->focusProxy();
    if (takes_focus && part->isEnabled() && part->isVisible()) round.append(part);
    for (auto* child : children_as_read(part))
        collect(child, round);
}

}  // namespace

QVector<QWidget*> focus_round(QWidget* root)
{
    QVector<QWidget*> round;
    collect(root, round);
    return round;
}

bool move_focus(const QVector<QWidget*>& panels, bool next)
{
    QVector<QWidget*> round;
    for (auto* panel : panels)
        round += focus_round(panel);
    const auto at = round.indexOf(QApplication::focusWidget());
    if (at < 0 || round.size() < 2) return false;
    QWidget* there = round[(at + (next ? 1 : round.size() - 1)) % round.size()];
    there->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    for (QWidget* around = there->parentWidget(); around; around = around->parentWidget())
        if (auto* scroll = qobject_cast<QScrollArea*>(around)) scroll->ensureWidgetVisible(there);
    return true;
}

}  // namespace kinora::ui
