#pragma once

#include <QAction>
#include <QObject>
#include <map>
#include <string_view>
#include <vector>

namespace kinora::ui {

/// What the window itself can do, as QActions: project, edit, shot, view, help. Each has an object name ("project.save-as"),
/// a text, a tool tip and an icon name; their keys are heard in the whole window.
class WindowActions : public QObject {
    Q_OBJECT
public:
    explicit WindowActions(QObject* parent);

    /// By its whole name; never null for the names in the table.
    [[nodiscard]] QAction* operator[](std::string_view name) const;
    /// In the order of the table.
    [[nodiscard]] const std::vector<QAction*>& all() const { return in_order_; }

private:
    std::map<std::string_view, QAction*> actions_;
    std::vector<QAction*> in_order_;
};

}  // namespace kinora::ui
