#include "ui/history/history_row.h"

#include <QPainter>

#include "ui/history/history_panel.h"
#include "ui/theme/theme.h"

namespace kinora::ui {

void HistoryRow::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool current = index.data(HistoryModel::k_current).toBool();
    const bool undone = index.data(HistoryModel::k_undone).toBool();
    const bool focus = option.state.testFlag(QStyle::State_HasFocus);
    const Roles& r = roles();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF area(option.rect);
    if (current || option.state.testFlag(QStyle::State_MouseOver)) painter->fillRect(area, current ? r.raised : r.hover);
    const double x = area.left() + 21;
    const double y = area.center().y();
    painter->setPen(QPen(r.line, 2));
    if (index.row() > 0) painter->drawLine(QPointF(x, area.top()), QPointF(x, y - 6));
    if (index.row() + 1 < index.model()->rowCount()) painter->drawLine(QPointF(x, y + 6), QPointF(x, area.bottom() + 1));
    painter->setPen(QPen(current ? r.accent : undone ? r.line : r.dim, 1.5));
    painter->setBrush(current ? QBrush(r.accent) : Qt::NoBrush);
    painter->drawEllipse(QPointF(x, y), 3.5, 3.5);

    const QString time = index.data(HistoryModel::k_time).toString();
    painter->setFont(ui::font(TextRole::small));
    const int time_width = painter->fontMetrics().horizontalAdvance(time);
    painter->setPen(undone ? r.faint : r.dim);
    painter->drawText(area.adjusted(0, 0, -16, 0), Qt::AlignVCenter | Qt::AlignRight, time);
    painter->setFont(ui::font(current ? TextRole::strong : TextRole::body));
    painter->setPen(undone ? r.faint : r.text);
    const QRectF words = area.adjusted(38, 0, -(time_width + 28), 0);
    const QString name =
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, static_cast<int>(words.width()));
    painter->drawText(words, Qt::AlignVCenter | Qt::AlignLeft, name);
    if (focus) {
        painter->setPen(QPen(r.accent, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(area.adjusted(4.5, 1.5, -4.5, -1.5), 5, 5);
    }
    painter->restore();
}

QSize HistoryRow::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {120, 30};
}

}  // namespace kinora::ui
