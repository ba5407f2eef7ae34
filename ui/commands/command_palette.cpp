#include "ui/commands/command_palette.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMouseEvent>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/commands/command_book.h"
#include "ui/commands/palette_model.h"
#include "ui/commands/palette_row.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {
namespace {

constexpr int k_rows_shown = 11;

}  // namespace

CommandPalette::CommandPalette(CommandBook& book, QWidget* window) : QWidget(window), book_(book)
{
    setAccessibleName(tr("Command palette"));
    card_ = new QFrame(this);
    card_->setProperty("kind", "sheet");
    auto* column = new QVBoxLayout(card_);
    column->setContentsMargins(6, 8, 6, 8);
    column->setSpacing(6);
    field_ = new QLineEdit(card_);
    field_->setProperty("kind", "palette");
    field_->setPlaceholderText(tr("What do you want to do?"));
    field_->setAccessibleName(tr("Find an action"));
    field_->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    model_ = new PaletteModel(book, this);
    list_ = new QListView(card_);
    list_->setModel(model_);
    list_->setItemDelegate(new PaletteRow(list_));
    list_->setUniformItemSizes(true);
    list_->setFocusPolicy(Qt::NoFocus);
    list_->setMouseTracking(true);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setAccessibleName(tr("Actions"));
    none_ = make_label({}, "dim", card_);
    none_->setAlignment(Qt::AlignCenter);
    none_->setMinimumHeight(48);
    column->addWidget(field_);
    column->addWidget(list_);
    column->addWidget(none_);
    field_->installEventFilter(this);
    window->installEventFilter(this);
    connect(field_, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(list_, &QListView::clicked, this, [this](const QModelIndex& index) { run(index.row()); });
    hide();
}

void CommandPalette::open(const QStringList& recent)
{
    if (isVisible()) return dismiss();
    before_ = QApplication::focusWidget();
    recent_ = recent;
    book_.collect();
    field_->clear();
    search();
    show();
    raise();
    field_->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::dismiss()
{
    if (!isVisible()) return;
    hide();
    if (before_ && before_->isVisible()) before_->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::search()
{
    model_->find(field_->text(), recent_);
    none_->setText(tr("No action is called “%1”.").arg(field_->text().trimmed()));
    none_->setVisible(model_->rowCount() == 0);
    list_->setVisible(model_->rowCount() > 0);
    if (model_->rowCount() > 0) choose(0);
    place();
}

void CommandPalette::place()
{
    setGeometry(parentWidget()->rect());
    const int width = std::min(640, this->width() - 48);
    const int rows = std::min(model_->rowCount(), std::min(k_rows_shown, (height() - 180) / 34));
    list_->setFixedHeight(rows * 34);
    card_->setFixedWidth(width);
    card_->adjustSize();
    card_->move((this->width() - width) / 2, std::max(24, height() / 9));
}

void CommandPalette::choose(int row)
{
    const int rows = model_->rowCount();
    if (rows == 0) return;
    const QModelIndex index = model_->index((row + rows) % rows);
    list_->setCurrentIndex(index);
    list_->scrollTo(index);
}

void CommandPalette::run(int row)
{
    const QPointer<QAction> action = model_->action(row);
    if (!action || !action->isEnabled()) return;
    const QString name = action->objectName();
    // The focus goes back first: some actions work for what has it.
    dismiss();
    Q_EMIT ran(name);
    if (action) action->trigger();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) place();
    if (watched != field_) return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut && isVisible() && QApplication::activePopupWidget() == nullptr &&
        isActiveWindow() && !isAncestorOf(QApplication::focusWidget())) {
        before_ = nullptr;  // somebody took the focus on purpose
        dismiss();
    }
    if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    const int row = list_->currentIndex().row();
    switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Escape:
            dismiss();
            return true;
        case Qt::Key_Down:
        case Qt::Key_Tab:
            choose(row + 1);
            return true;
        case Qt::Key_Up:
        case Qt::Key_Backtab:
            choose(row - 1);
            return true;
        case Qt::Key_PageDown:
            choose(std::min(row + k_rows_shown, model_->rowCount() - 1));
            return true;
        case Qt::Key_PageUp:
            choose(std::max(row - k_rows_shown, 0));
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            run(row);
            return true;
        default:
            return QWidget::eventFilter(watched, event);
    }
}

void CommandPalette::mousePressEvent(QMouseEvent* event)
{
    if (!card_->geometry().contains(event->pos())) dismiss();
}

}  // namespace kinora::ui
