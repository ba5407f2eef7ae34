#pragma once

#include <QWidget>

#include "ui/shot/looks.h"

class QPushButton;

namespace kinora::ui {

/// Looks and camera moves as chips: the offered ones and those that the prompt uses, and a "+" with all of them.
class LookChips : public QWidget {
    Q_OBJECT
public:
    explicit LookChips(QWidget* parent = nullptr);
    /// Lights the chips whose words stand in the prompt.
    void set_prompt(const QString& prompt);

Q_SIGNALS:
    /// A chip was switched: the prompt as it shall be.
    void prompt_changed(const QString& prompt);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit_height();
    void toggle(const Look& look);
    void show_menu();
    QVector<Look> looks_;
    QVector<QPushButton*> chips_;
    QPushButton* more_;
    QString prompt_;
};

}  // namespace kinora::ui
