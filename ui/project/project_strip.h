#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace kinora::ui {

class ElidedLabel;

/// A line below the top bar that stays while the project is read-only: says why, and offers to go on in a copy.
class ProjectStrip : public QFrame {
    Q_OBJECT
public:
    explicit ProjectStrip(QWidget* parent = nullptr);
    /// Hidden with an empty reason. `changed`: the artist has changed something that won't be saved here.
    void show_read_only(const QString& reason, bool changed);
    [[nodiscard]] QPushButton* copy_button() const { return copy_; }
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void copy_requested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void paint_sign();
    QLabel* sign_;
    ElidedLabel* text_;
    QPushButton* copy_;
};

}  // namespace kinora::ui
