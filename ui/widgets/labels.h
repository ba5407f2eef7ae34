#pragma once

#include <QLabel>
#include <QString>
#include <QToolButton>

namespace kinora::ui {

/// A label with one of the style sheet's kinds ("dim", "section", "strong" …).
[[nodiscard]] QLabel* make_label(const QString& text, const char* kind, QWidget* parent = nullptr);

/// A flat button with an icon of the studio's set. `name` is its accessible name and, with the shortcut, its tooltip.
[[nodiscard]] QToolButton* make_icon_button(const QString& icon_name, const QString& name, const QString& shortcut = {},
                                            QWidget* parent = nullptr);

/// A label that is cut with an ellipsis instead of making its panel wider; the full text is in the tooltip then.
class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    explicit ElidedLabel(const QString& text = {}, QWidget* parent = nullptr);
    void set_full_text(const QString& text);
    [[nodiscard]] const QString& full_text() const { return full_; }
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void elide();
    QString full_;
};

/// Sets a dynamic property that the style sheet reads, and applies the sheet's rules again.
void set_style_property(QWidget* widget, const char* name, const QVariant& value);

}  // namespace kinora::ui
