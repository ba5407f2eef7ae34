#include "ui/shot/completion_popup.h"

#include <QListView>
#include <QPainter>
#include <QPlainTextEdit>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/theme/theme.h"

namespace kinora::ui {
namespace {

constexpr int k_row_height = 26;
constexpr int k_most_rows = 8;
constexpr int k_kind_role = Qt::UserRole;
constexpr int k_detail_role = Qt::UserRole + 1;

QColor colour_of(Suggestion::Kind kind)
{
    switch (kind) {
        case Suggestion::Kind::variable:
            return roles().prompt_variable;
        case Suggestion::Kind::wildcard:
            return roles().prompt_alternative;
        case Suggestion::Kind::look:
        case Suggestion::Kind::word:
            return roles().text;
    }
    return roles().text;
}

/// Text at the left in the colour of its kind, detail at the right, dim.
class RowPainter : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const bool chosen = option.state.testFlag(QStyle::State_Selected);
        const QRect row = option.rect.adjusted(2, 1, -2, -1);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (chosen) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(roles().accent_ground);
            painter->drawRoundedRect(row, 4, 4);
        }
        const QRect inside = row.adjusted(8, 0, -8, 0);
        const QString text = index.data(Qt::DisplayRole).toString();
        const QString detail = index.data(k_detail_role).toString();
        painter->setFont(ui::font(TextRole::body));
        painter->setPen(chosen ? roles().accent_text
                               : colour_of(static_cast<Suggestion::Kind>(index.data(k_kind_role).toInt())));
        const int most = detail.isEmpty() ? inside.width() : inside.width() * 6 / 10;
        const int width = std::min(painter->fontMetrics().horizontalAdvance(text) + 2, most);
        painter->drawText(QRect(inside.left(), inside.top(), width, inside.height()), Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, width));
        painter->setFont(ui::font(TextRole::small));
        painter->setPen(chosen ? roles().accent_text : roles().dim);
        const QRect rest = inside.adjusted(width + 12, 0, 0, 0);
        painter->drawText(rest, Qt::AlignVCenter | Qt::AlignRight,
                          painter->fontMetrics().elidedText(detail, Qt::ElideRight, rest.width()));
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {200, k_row_height}; }
};

}  // namespace

CompletionPopup::CompletionPopup(QPlainTextEdit& editor) : QFrame(editor.window()), editor_(editor)
{
    setProperty("kind", "popover");
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Suggestions"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 4, 4, 4);
    model_ = new QStandardItemModel(this);
    view_ = new QListView(this);
    view_->setModel(model_);
    view_->setItemDelegate(new RowPainter(view_));
    view_->setFocusPolicy(Qt::NoFocus);
    view_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view_->setUniformItemSizes(true);
    view_->setAccessibleName(tr("Suggestions"));
    column->addWidget(view_);
    connect(view_, &QListView::clicked, this, [this](const QModelIndex& index) { accept_row(index.row()); });
    hide();
}

void CompletionPopup::show_suggestions(const Suggestions& suggestions)
{
    suggestions_ = suggestions;
    if (suggestions.list.isEmpty()) return hide();
    model_->clear();
    for (const Suggestion& suggestion : suggestions.list) {
        auto* item = new QStandardItem(suggestion.text);
        item->setData(static_cast<int>(suggestion.kind), k_kind_role);
        item->setData(suggestion.detail, k_detail_role);
        item->setData(suggestion.detail, Qt::AccessibleDescriptionRole);
        model_->appendRow(item);
    }
    // Where Enter goes on to the next line, the row that Tab takes says so.
    if (!suggestions.named) {
        const QString detail = suggestions.list.front().detail;
        model_->item(0)->setData(detail.isEmpty() ? tr("Tab") : tr("%1 · Tab").arg(detail), k_detail_role);
    }
    place();
    show();
    raise();
    if (suggestions.named)
        choose(0);
    else
        view_->setCurrentIndex({});
}

void CompletionPopup::showEvent(QShowEvent* event)
{
    QFrame::showEvent(event);
    Q_EMIT shown_or_hidden();
}

void CompletionPopup::hideEvent(QHideEvent* event)
{
    QFrame::hideEvent(event);
    Q_EMIT shown_or_hidden();
}

bool CompletionPopup::handle_key(int key)
{
    if (!isVisible()) return false;
    switch (key) {
        case Qt::Key_Down:
            choose(chosen() + 1);
            return true;
        case Qt::Key_Up:
            choose(chosen() < 0 ? static_cast<int>(suggestions_.list.size()) - 1 : chosen() - 1);
            return true;
        case Qt::Key_Tab:
            accept_row(std::max(0, chosen()));
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (chosen() < 0) {
                hide();
                return false;
            }
            accept_row(chosen());
            return true;
        case Qt::Key_Escape:
            hide();
            return true;
        default:
            return false;
    }
}

int CompletionPopup::chosen() const
{
    return view_->currentIndex().isValid() ? view_->currentIndex().row() : -1;
}

void CompletionPopup::choose(int row)
{
    const int count = model_->rowCount();
    view_->setCurrentIndex(model_->index((row + count) % count, 0));
}

void CompletionPopup::accept_row(int row)
{
    if (row < 0 || row >= suggestions_.list.size()) return;
    const Suggestion suggestion = suggestions_.list[row];
    hide();
    Q_EMIT accepted(suggestion);
}

void CompletionPopup::place()
{
    QWidget* home = editor_.window();
    if (parentWidget() != home) setParent(home);
    const int rows = std::min(k_most_rows, static_cast<int>(suggestions_.list.size()));
    const int width = std::clamp(editor_.width() + 60, 260, 420);
    const int height = rows * k_row_height + 2 * (4 + 1) + 2;
    const QRect cursor = editor_.cursorRect();
    const QPoint below = editor_.viewport()->mapTo(home, cursor.bottomLeft() + QPoint(-12, 6));
    const int above = editor_.viewport()->mapTo(home, cursor.topLeft()).y() - 6 - height;
    const bool fits_below = below.y() + height <= home->height() - 8 || above < 0;
    const int x = std::clamp(below.x(), 8, std::max(8, home->width() - width - 8));
    setGeometry(x, fits_below ? below.y() : above, width, height);
}

}  // namespace kinora::ui
