#pragma once

class QMenu;
class QWidget;

namespace kinora::ui {

/// Adds the verbs of a widget's window to a menu, with tool tips that say why one isn't possible. Adds nothing where the
/// window has none (a panel on its own, in a test).
void add_verbs(QMenu& menu, const QWidget& widget);

/// The same as a submenu "Make of this take".
void add_verbs_menu(QMenu& menu, const QWidget& widget);

}  // namespace kinora::ui
