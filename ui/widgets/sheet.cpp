#include "ui/widgets/sheet.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {

Sheet::Sheet(QWidget* window, const QString& title, QSize size) : QWidget(window), wanted_(size)
{
    setAccessibleName(title);
    card_ = new QFrame(this);
    card_->setProperty("kind", "sheet");
    auto* column = new QVBoxLayout(card_);
    column->setContentsMargins(20, 12, 20, 20);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    title_ = make_label(title, "plain", card_);
    title_->setFont(ui::font(TextRole::action));
    close_ = make_icon_button(QStringLiteral("close"), tr("Close"), QStringLiteral("Esc"), card_);
    head->addWidget(title_, 1);
    head->addWidget(close_);
    head->setContentsMargins(0, 0, 0, 0);
    column->addLayout(head);
    column->addSpacing(8);
    body_ = new QVBoxLayout;
    body_->setSpacing(8);
    column->addLayout(body_, 1);
    connect(close_, &QToolButton::clicked, this, &Sheet::dismiss);
    window->installEventFilter(this);
    hide();
}

void Sheet::set_title(const QString& title)
{
    title_->setText(title);
    setAccessibleName(title);
}

void Sheet::open()
{
    if (isVisible()) return raise();
    before_ = QApplication::focusWidget();
    place();
    show();
    raise();
    // What is disabled takes no focus, and without it Esc would go to nobody.
    QWidget* first = first_ && first_->isEnabled() ? first_.data() : close_;
    first->setFocus(Qt::PopupFocusReason);
    Q_EMIT opened();
}

void Sheet::dismiss()
{
    if (!isVisible()) return;
    hide();
    if (before_ && before_->isVisible()) before_->setFocus(Qt::PopupFocusReason);
    Q_EMIT closed();
}

void Sheet::place()
{
    setGeometry(parentWidget()->rect());
    const QSize room = size() - QSize(48, 48);
    card_->resize(wanted_.boundedTo(room));
    card_->move((width() - card_->width()) / 2, std::max(24, (height() - card_->height()) * 2 / 5));
}

bool Sheet::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) place();
    return QWidget::eventFilter(watched, event);
}

void Sheet::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) return dismiss();
    // What isn't for the card goes to nobody below the veil.
    event->accept();
}

void Sheet::mousePressEvent(QMouseEvent* event)
{
    if (!card_->geometry().contains(event->pos())) dismiss();
}

void Sheet::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), roles().veil);
}

bool Sheet::focusNextPrevChild(bool next)
{
    // Tab stays on the card: what lies below the veil can't be seen well enough to be used.
    QWidget* from = focusWidget() ? focusWidget() : this;
    QWidget* to = from;
    do
        to = next ? to->nextInFocusChain() : to->previousInFocusChain();
    while (to != from && !(isAncestorOf(to) && to->isVisible() && to->isEnabled() && (to->focusPolicy() & Qt::TabFocus)));
    if (to == from) return false;
    to->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

}  // namespace kinora::ui
