#include "ui/widgets/empty_state.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {

EmptyState::EmptyState(const QString& icon_name, const QString& title, const QString& text, QWidget* parent)
    : QWidget(parent), icon_name_(icon_name)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(28, 36, 28, 24);
    column->setSpacing(6);
    sign_ = new QLabel(this);
    sign_->setAlignment(Qt::AlignCenter);
    auto* heading = make_label(title, "strong", this);
    heading->setAlignment(Qt::AlignCenter);
    heading->setWordWrap(true);
    auto* body = make_label(text, "secondary", this);
    body->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    body->setWordWrap(true);
    column->addWidget(sign_);
    column->addSpacing(4);
    column->addWidget(heading);
    column->addWidget(body);
    column->addStretch(1);
    paint_sign();
}

void EmptyState::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) paint_sign();
}

void EmptyState::paint_sign()
{
    sign_->setPixmap(ui::icon(icon_name_, roles().faint).pixmap(QSize(28, 28), devicePixelRatioF()));
}

}  // namespace kinora::ui
