#pragma once

#include <QFrame>
#include <QString>

class QHBoxLayout;

namespace kinora::ui {

/// A row on a raised ground: a dim label at the left, its control at the right. A click anywhere goes to the control, and
/// the whole field carries the focus ring.
class Field : public QFrame {
    Q_OBJECT
public:
    /// An empty label lets the control fill the field. Takes ownership of the control.
    Field(const QString& label, QWidget* control, QWidget* parent = nullptr);

    /// Adds a small widget (a button) behind the control.
    void add(QWidget* widget);
    [[nodiscard]] QWidget* control() const { return control_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    QWidget* control_;
    QHBoxLayout* row_;
};

}  // namespace kinora::ui
