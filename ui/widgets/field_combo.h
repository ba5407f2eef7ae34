#pragma once

#include <QComboBox>

namespace kinora::ui {

/// A choice inside a `Field`: paints nothing but its text, on the side asked for. The wheel changes it only with the focus,
/// so that scrolling a panel never changes a setting.
class FieldCombo : public QComboBox {
    Q_OBJECT
public:
    explicit FieldCombo(const QString& name, Qt::Alignment alignment = Qt::AlignRight, QWidget* parent = nullptr);
    /// Shown where nothing is chosen.
    void set_missing_text(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    Qt::Alignment alignment_;
    QString missing_;
};

}  // namespace kinora::ui
