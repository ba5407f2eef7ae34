#pragma once

#include <QVector>

class QWidget;

namespace kinora::ui {

/// Everything below `root` that Tab goes to, as it is read: from top to bottom, what lies beside each other from left to
/// right, one part after the other. Hidden and disabled parts are left out.
[[nodiscard]] QVector<QWidget*> focus_round(QWidget* root);

/// Moves the focus to the next (or previous) control of the panels, panel after panel, and scrolls it into view. False if
/// what has the focus is in none of them.
bool move_focus(const QVector<QWidget*>& panels, bool next);

}  // namespace kinora::ui
