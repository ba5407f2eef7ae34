#include "ui/widgets/stepper.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QWheelEvent>
#include <algorithm>

#include "ui/widgets/labels.h"

namespace kinora::ui {

Stepper::Stepper(int minimum, int maximum, const QString& name, QWidget* parent)
    : QWidget(parent), minimum_(minimum), maximum_(maximum), value_(minimum)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(name);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    less_ = make_icon_button(QStringLiteral("minus"), tr("Fewer"), {}, this);
    more_ = make_icon_button(QStringLiteral("plus"), tr("More"), {}, this);
    text_ = make_label({}, "value", this);
    text_->setAlignment(Qt::AlignCenter);
    text_->setMinimumWidth(16);
    for (auto* button : {less_, more_}) {
        button->setProperty("kind", "inside");
        button->setFocusPolicy(Qt::NoFocus);
        button->setFixedSize(22, 22);
        button->setIconSize(QSize(14, 14));
    }
    row->addStretch(1);
    row->addWidget(less_);
    row->addWidget(text_);
    row->addWidget(more_);
    connect(less_, &QToolButton::clicked, this, [this] { step(-1); });
    connect(more_, &QToolButton::clicked, this, [this] { step(1); });
    set_value(minimum);
}

void Stepper::set_value(int value)
{
    value_ = std::clamp(value, minimum_, maximum_);
    text_->setText(QString::number(value_));
    less_->setEnabled(value_ > minimum_);
    more_->setEnabled(value_ < maximum_);
}

void Stepper::step(int by)
{
    const int before = value_;
    set_value(value_ + by);
    if (value_ != before) Q_EMIT value_changed(value_);
}

void Stepper::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Plus) return step(1);
    if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Minus) return step(-1);
    QWidget::keyPressEvent(event);
}

void Stepper::wheelEvent(QWheelEvent* event)
{
    if (hasFocus())
        step(event->angleDelta().y() > 0 ? 1 : -1);
    else
        event->ignore();
}

}  // namespace kinora::ui
