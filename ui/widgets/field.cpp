#include "ui/widgets/field.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QMouseEvent>

#include "ui/widgets/labels.h"

namespace kinora::ui {

Field::Field(const QString& label, QWidget* control, QWidget* parent) : QFrame(parent), control_(control)
{
    setProperty("kind", "field");
    setFixedHeight(30);
    row_ = new QHBoxLayout(this);
    row_->setContentsMargins(9, 0, 9, 0);
    row_->setSpacing(5);
    if (!label.isEmpty()) {
        row_->addWidget(make_label(label, "dim", this));
        if (control_->accessibleName().isEmpty()) control_->setAccessibleName(label);
    }
    row_->addWidget(control_, 1);
    control_->installEventFilter(this);
}

void Field::add(QWidget* widget)
{
    row_->addWidget(widget);
    row_->setContentsMargins(9, 0, 5, 0);
}

bool Field::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == control_ && (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut))
        set_style_property(this, "ring", event->type() == QEvent::FocusIn);
    return QFrame::eventFilter(watched, event);
}

void Field::mousePressEvent(QMouseEvent* event)
{
    control_->setFocus(Qt::MouseFocusReason);
    event->accept();
}

void Field::mouseReleaseEvent(QMouseEvent* event)
{
    // Not at the press: its release would close the list again.
    auto* combo = qobject_cast<QComboBox*>(control_);
    if (combo != nullptr && combo->isEnabled() && rect().contains(event->pos())) combo->showPopup();
    event->accept();
}

}  // namespace kinora::ui
