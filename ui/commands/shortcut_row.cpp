#include "ui/commands/shortcut_row.h"

#include <QPainter>

#include "ui/commands/palette_row.h"
#include "ui/commands/shortcut_model.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

namespace kinora::ui {

void ShortcutRow::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Roles& r = roles();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF area = QRectF(option.rect).adjusted(4, 0, -4, 0);
    if (index.data(ShortcutModel::k_heading).toBool()) {
        painter->setFont(ui::font(TextRole::section));
        painter->setPen(r.dim);
        painter->drawText(area.adjusted(10, 8, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, index.data().toString());
        painter->restore();
        return;
    }
    const bool chosen = option.state.testFlag(QStyle::State_Selected);
    if (chosen || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(chosen ? r.accent_ground : r.hover);
        painter->drawRoundedRect(area.adjusted(0, 1, 0, -1), 6, 6);
    }
    const int caps =
        paint_key_caps(*painter, area.adjusted(0, 0, -8, 0), index.data(ShortcutModel::k_keys).toString(), false);
    double right = area.right() - 8 - caps;
    if (index.data(ShortcutModel::k_clashes).toBool()) {
        paint_icon(*painter, QRectF(right - 20, area.center().y() - 8, 16, 16), QStringLiteral("warning"), r.warn);
        right -= 24;
    }
    painter->setFont(ui::font(TextRole::body));
    painter->setPen(chosen ? r.accent_text : r.text);
    const QRectF words(area.left() + 22, area.top(), right - area.left() - 30, area.height());
    painter->drawText(
        words, Qt::AlignVCenter | Qt::TextSingleLine,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, static_cast<int>(words.width())));
    if (index.data(ShortcutModel::k_changed).toBool()) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(r.accent);
        painter->drawEllipse(QPointF(area.left() + 12, area.center().y()), 2.5, 2.5);
    }
    painter->restore();
}

QSize ShortcutRow::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    return {200, index.data(ShortcutModel::k_heading).toBool() ? 34 : 30};
}

}  // namespace kinora::ui
