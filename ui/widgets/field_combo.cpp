#include "ui/widgets/field_combo.h"

#include <QPainter>
#include <QStyledItemDelegate>
#include <QWheelEvent>

#include "ui/theme/theme.h"

namespace kinora::ui {

FieldCombo::FieldCombo(const QString& name, Qt::Alignment alignment, QWidget* parent)
    : QComboBox(parent), alignment_(alignment)
{
    setAccessibleName(name);
    setFocusPolicy(Qt::StrongFocus);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(4);
    setCursor(Qt::ArrowCursor);
    setItemDelegate(new QStyledItemDelegate(this));  // the usual one leaves the rows of the list as they are
}

void FieldCombo::set_missing_text(const QString& text)
{
    missing_ = text;
    update();
}

void FieldCombo::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setFont(ui::font(TextRole::secondary));
    painter.setPen(!isEnabled() ? roles().faint : currentIndex() < 0 ? roles().dim : roles().text);
    const QString text = currentIndex() < 0 ? missing_ : currentText();
    painter.drawText(rect(), static_cast<int>(alignment_ | Qt::AlignVCenter),
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, width()));
}

void FieldCombo::wheelEvent(QWheelEvent* event)
{
    if (hasFocus())
        QComboBox::wheelEvent(event);
    else
        event->ignore();
}

}  // namespace kinora::ui
