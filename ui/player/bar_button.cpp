#include "ui/player/bar_button.h"

#include <QAction>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QPainter>

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

namespace kinora::ui {

BarButton::BarButton(QWidget* parent) : QAbstractButton(parent)
{
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::TabFocus);
    setFont(ui::font(TextRole::secondary));
}

BarButton* BarButton::with_icon(const QString& icon, const QString& name, const QString& shortcut, QWidget* parent)
{
    auto* button = new BarButton(parent);
    button->icon_ = icon;
    button->set_name(name, shortcut);
    return button;
}

BarButton* BarButton::with_text(const QString& text, const QString& name, QWidget* parent)
{
    auto* button = new BarButton(parent);
    button->setText(text);
    button->set_name(name, QString());
    return button;
}

BarButton* BarButton::with_action(QAction* action, QWidget* parent)
{
    auto* button = new BarButton(parent);
    const auto follow = [button, action] {
        button->icon_ = action->property("iconName").toString();
        button->set_name(action->text(), action->shortcut().toString(QKeySequence::NativeText));
        button->setEnabled(action->isEnabled());
        button->setCheckable(action->isCheckable());
        button->setChecked(action->isChecked());
        button->update();
    };
    connect(action, &QAction::changed, button, follow);
    connect(action, &QAction::toggled, button, &BarButton::setChecked);
    connect(button, &BarButton::clicked, action, &QAction::trigger);
    follow();
    return button;
}

void BarButton::set_icon_name(const QString& icon)
{
    icon_ = icon;
    update();
}

void BarButton::set_name(const QString& name, const QString& shortcut)
{
    setAccessibleName(name);
    setToolTip(shortcut.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, shortcut));
}

void BarButton::set_raised(bool raised)
{
    raised_ = raised;
    update();
}

QSize BarButton::sizeHint() const
{
    if (text().isEmpty()) return {30, 28};
    const QFontMetrics metrics(ui::font(TextRole::secondary));
    return {metrics.horizontalAdvance(text()) + 20 + (icon_.isEmpty() ? 0 : 16), 28};
}

QColor BarButton::ground() const
{
    if (isDown()) return roles().line;
    if (isEnabled() && underMouse()) return roles().hover;
    const bool chosen = isChecked() && checked_look_ == Checked::raised;
    return raised_ || chosen ? roles().raised : QColor(Qt::transparent);
}

void BarButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(ring_ ? QPen(roles().accent, 1) : QPen(Qt::NoPen));
    painter.setBrush(ground());
    const QRectF area = ring_ ? QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5) : QRectF(rect());
    painter.drawRoundedRect(area, 6, 6);

    const bool lit = isChecked() && checked_look_ == Checked::accent;
    const bool bright = isChecked() || underMouse() || isDown();
    QColor ink = lit ? roles().accent : text().isEmpty() || bright ? roles().text : roles().dim;
    if (!isEnabled()) ink = roles().faint;
    if (text().isEmpty()) {
        QRectF square(0, 0, 18, 18);
        square.moveCenter(QRectF(rect()).center());
        return paint_icon(painter, square, icon_, ink);
    }
    painter.setPen(ink);
    painter.setFont(ui::font(TextRole::secondary));
    QRectF words(rect());
    if (!icon_.isEmpty()) {  // beside a text the icon says "opens a menu", so it comes last and small
        words.setRight(words.right() - 16);
        paint_icon(painter, QRectF(words.right() - 8, words.center().y() - 7, 14, 14), icon_, ink);
    }
    painter.drawText(words, Qt::AlignCenter, text());
}

void BarButton::keyPressEvent(QKeyEvent* event)
{
    // Space plays wherever the player's keys are heard; buttons are pressed with Enter.
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers() == Qt::NoModifier) return click();
    QWidget::keyPressEvent(event);
}

void BarButton::focusInEvent(QFocusEvent* event)
{
    ring_ = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
            event->reason() == Qt::ShortcutFocusReason;
    QAbstractButton::focusInEvent(event);
    update();
}

void BarButton::focusOutEvent(QFocusEvent* event)
{
    ring_ = false;
    QAbstractButton::focusOutEvent(event);
    update();
}

}  // namespace kinora::ui
