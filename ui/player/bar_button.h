#pragma once

#include <QAbstractButton>

class QAction;

namespace kinora::ui {

/// A flat button for the bars of player and storyboard: an icon of the studio's set or a short text, a quiet ground when
/// hovered, pressed or chosen, and an accent ring for the keyboard's focus.
class BarButton : public QAbstractButton {
    Q_OBJECT

public:
    /// What a checked button looks like.
    enum class Checked { raised, accent, text };

    /// An icon button; `name` is spoken by screen readers and shown, with the shortcut, as tooltip.
    static BarButton* with_icon(const QString& icon, const QString& name, const QString& shortcut, QWidget* parent);
    /// A text button.
    static BarButton* with_text(const QString& text, const QString& name, QWidget* parent);

    /// An icon button that does what an action does and follows it: its property "iconName", name, shortcut, state.
    static BarButton* with_action(QAction* action, QWidget* parent);

    void set_icon_name(const QString& icon);
    void set_name(const QString& name, const QString& shortcut);
    void set_checked_look(Checked look) { checked_look_ = look; }
    /// Stands on a raised ground even when idle: the one button of a row that matters most.
    void set_raised(bool raised);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    explicit BarButton(QWidget* parent);
    [[nodiscard]] QColor ground() const;

    QString icon_;
    Checked checked_look_ = Checked::raised;
    bool raised_ = false;
    bool ring_ = false;
};

}  // namespace kinora::ui
