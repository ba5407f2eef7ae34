#pragma once

#include <QWidget>

class QAction;

namespace kinora::ui {

class VerbActions;

/// The verbs as a row of buttons, those with an icon. A disabled one keeps its tool tip, which says which model can.
class VerbBar : public QWidget {
    Q_OBJECT
public:
    explicit VerbBar(QWidget* parent = nullptr);
    void set_actions(const VerbActions& actions);
    /// The button of an action; null if it has none.
    [[nodiscard]] QWidget* button_of(const QAction* action) const;
};

}  // namespace kinora::ui
