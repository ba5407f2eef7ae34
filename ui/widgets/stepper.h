#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace kinora::ui {

/// A small whole number between two buttons, "− 2 +"; also changed by the wheel and the arrow keys.
class Stepper : public QWidget {
    Q_OBJECT
public:
    Stepper(int minimum, int maximum, const QString& name, QWidget* parent = nullptr);
    [[nodiscard]] int value() const { return value_; }
    /// Shows a value without a signal.
    void set_value(int value);

Q_SIGNALS:
    void value_changed(int value);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void step(int by);
    int minimum_;
    int maximum_;
    int value_;
    QToolButton* less_;
    QToolButton* more_;
    QLabel* text_;
};

}  // namespace kinora::ui
