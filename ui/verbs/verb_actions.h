#pragma once

#include <QAction>
#include <QObject>
#include <map>
#include <string_view>
#include <vector>

namespace kinora::ui {

class VerbDesk;

/// The verbs as QActions for bar, menus and palette: object name "verb.loop", icon name, tool tip. One that isn't possible
/// is disabled, and its tool tip says why and which model can. Their keys are heard in the whole window.
class VerbActions : public QObject {
    Q_OBJECT
public:
    VerbActions(VerbDesk& desk, QObject* parent);

    /// By its name without "verb."; never null for the names in the table.
    [[nodiscard]] QAction* operator[](std::string_view name) const;
    /// In the order of the table.
    [[nodiscard]] const std::vector<QAction*>& all() const { return in_order_; }
    /// Asks the desk again what is possible.
    void refresh();

private:
    VerbDesk& desk_;
    std::map<std::string_view, QAction*> actions_;
    std::vector<QAction*> in_order_;
};

}  // namespace kinora::ui
