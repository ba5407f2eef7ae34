#pragma once

#include <QAction>
#include <QObject>
#include <map>
#include <string_view>
#include <vector>

class QKeyEvent;

namespace kinora::ui {

/// Everything that can be done on the storyboard as QActions, which bar, menus, the command palette and the shortcut editor
/// share. Each has an object name ("storyboard.split"), a text, a tool tip, an icon name (property "iconName") and an
/// accessible name (property "accessibleName"). Their shortcuts are heard where the storyboard has the focus, before those
/// of the window.
class StoryboardActions : public QObject {
    Q_OBJECT

public:
    explicit StoryboardActions(QObject* parent);

    /// By its name without "storyboard."; never null for the names in the table.
    [[nodiscard]] QAction* operator[](std::string_view name) const;
    /// In the order of the table.
    [[nodiscard]] const std::vector<QAction*>& all() const { return in_order_; }
    /// The enabled action with the shortcut of this key, or null.
    [[nodiscard]] QAction* for_key(const QKeyEvent& event) const;
    void add_to(QWidget* widget);

protected:
    /// Takes the keys of the storyboard before the window's shortcuts get them.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    std::map<std::string_view, QAction*> actions_;
    std::vector<QAction*> in_order_;
};

}  // namespace kinora::ui
