#include "ui/shot/prompt_list_popover.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QScreen>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {
namespace {

constexpr int k_key_role = Qt::UserRole;
constexpr int k_detail_role = Qt::UserRole + 1;
constexpr int k_padding = 8;

/// At most three lines of the prompt, its detail dim below.
class EntryPainter : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const bool current = option.state.testFlag(QStyle::State_Selected);
        const bool hover = option.state.testFlag(QStyle::State_MouseOver);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (current || hover) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(current ? roles().accent_ground : roles().hover);
            painter->drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), 4, 4);
        }
        QRect inside = option.rect.adjusted(k_padding, 6, -k_padding, -6);
        const QString detail = index.data(k_detail_role).toString();
        painter->setFont(ui::font(TextRole::small));
        painter->setPen(current ? roles().accent_text : roles().dim);
        if (!detail.isEmpty()) {
            painter->drawText(inside, Qt::AlignLeft | Qt::AlignBottom, detail);
            inside.setBottom(inside.bottom() - painter->fontMetrics().lineSpacing());
        }
        painter->setFont(ui::font(TextRole::body));
        painter->setPen(current ? roles().accent_text : roles().text);
        painter->setClipRect(inside);
        painter->drawText(inside, Qt::TextWordWrap | Qt::AlignTop, index.data(Qt::DisplayRole).toString());
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const int width = (option.widget ? option.widget->width() : 300) - 2 * k_padding - 14;
        const QFontMetrics metrics(ui::font(TextRole::body));
        const int text = metrics.boundingRect(QRect(0, 0, width, 1000), Qt::TextWordWrap, index.data().toString()).height();
        const int detail =
            index.data(k_detail_role).toString().isEmpty() ? 0 : QFontMetrics(ui::font(TextRole::small)).lineSpacing();
        return {width, std::min(text, metrics.lineSpacing() * 3) + detail + 14};
    }
};

}  // namespace

PromptListPopover::PromptListPopover(const QString& name, Search search, QWidget* parent) : QFrame(parent, Qt::Popup)
{
    setProperty("kind", "popover");
    setAccessibleName(name);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(8);
    heading_ = make_label(name, "section", this);
    column->addWidget(heading_);
    if (search == Search::field) {
        search_ = new QLineEdit(this);
        search_->setPlaceholderText(tr("Search"));
        search_->setAccessibleName(tr("Search %1").arg(name));
        search_->setClearButtonEnabled(true);
        search_->installEventFilter(this);
        connect(search_, &QLineEdit::textChanged, this, &PromptListPopover::search_changed);
        column->addWidget(search_);
    }
    list_ = new QListWidget(this);
    list_->setAccessibleName(name);
    list_->setItemDelegate(new EntryPainter(list_));
    list_->setMouseTracking(true);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setResizeMode(QListView::Adjust);
    list_->installEventFilter(this);
    connect(list_, &QListWidget::itemClicked, this, &PromptListPopover::choose_current);
    column->addWidget(list_, 1);
    empty_ = make_label({}, "dim", this);
    empty_->setWordWrap(true);
    column->addWidget(empty_);
}

void PromptListPopover::set_heading(const QString& heading)
{
    heading_->setText(heading);
}

QString PromptListPopover::heading() const
{
    return heading_->text();
}

void PromptListPopover::set_entries(const QVector<Entry>& entries, const QString& empty)
{
    list_->clear();
    for (const Entry& entry : entries) {
        auto* item = new QListWidgetItem(entry.text, list_);
        item->setData(k_key_role, entry.key);
        item->setData(k_detail_role, entry.detail);
        item->setToolTip(entry.text);
    }
    list_->setVisible(!entries.isEmpty());
    empty_->setVisible(entries.isEmpty());
    empty_->setText(empty);
    if (!entries.isEmpty()) list_->setCurrentRow(0);
}

void PromptListPopover::open_below(QWidget* anchor, int width)
{
    setFixedWidth(width);
    constexpr int k_height = 360;
    int rows = 0;
    list_->resize(width - 24, 100);
    for (int row = 0; row < list_->count(); ++row)
        rows += list_->sizeHintForRow(row);
    const int around = 24 + 24 + (search_ ? 44 : 0) + 8;
    setFixedHeight(list_->count() == 0 ? around + 32 : std::min(k_height, rows + around));
    const QRect room = anchor->screen()->availableGeometry();
    const QPoint corner = anchor->mapToGlobal(QPoint(0, anchor->height() + 6));
    move(std::clamp(corner.x(), room.left(), std::max(room.left(), room.right() - width)),
         std::min(corner.y(), std::max(room.top(), room.bottom() - height())));
    show();
    (search_ ? static_cast<QWidget*>(search_) : list_)->setFocus(Qt::PopupFocusReason);
}

bool PromptListPopover::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress) return QFrame::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (enter) {
        choose_current();
        return true;
    }
    const bool moves = key->key() == Qt::Key_Down || key->key() == Qt::Key_Up || key->key() == Qt::Key_PageDown ||
                       key->key() == Qt::Key_PageUp;
    if (watched == search_ && moves && list_->count() > 0) {
        const int step = key->key() == Qt::Key_Down       ? 1
                         : key->key() == Qt::Key_Up       ? -1
                         : key->key() == Qt::Key_PageDown ? 5
                                                          : -5;
        list_->setCurrentRow(std::clamp(list_->currentRow() + step, 0, list_->count() - 1));
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

void PromptListPopover::choose_current()
{
    const auto* item = list_->currentItem();
    if (!item) return;
    const int key = item->data(k_key_role).toInt();
    close();
    Q_EMIT chosen(key);
}

}  // namespace kinora::ui
