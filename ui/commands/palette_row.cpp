#include "ui/commands/palette_row.h"

#include <QPainter>
#include <QVector>

#include "ui/commands/palette_model.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

namespace kinora::ui {
namespace {

/// Draws a text letter by letter where some of them are marked, as one run where none is. Gives its width.
double draw_marked(QPainter& painter, const QRectF& area, const QString& text, const QVector<int>& places,
                   const QColor& plain)
{
    const QFont normal = ui::font(TextRole::body);
    const QFont strong = ui::font(TextRole::strong);
    double x = area.left();
    for (int start = 0; start < text.size();) {
        const bool marked = places.contains(start);
        int end = start + 1;
        while (end < text.size() && places.contains(end) == marked)
            ++end;
        painter.setFont(marked ? strong : normal);
        painter.setPen(marked ? roles().accent : plain);
        const QString part = text.mid(start, end - start);
        painter.drawText(QRectF(x, area.top(), area.right() - x, area.height()), Qt::AlignVCenter | Qt::TextSingleLine,
                         part);
        x += QFontMetricsF(painter.font()).horizontalAdvance(part);
        start = end;
    }
    return x - area.left();
}

}  // namespace

int paint_key_caps(QPainter& painter, const QRectF& area, const QString& keys, bool dimmed)
{
    painter.setFont(ui::font(TextRole::small));
    const QStringList caps = keys.split(QStringLiteral("   "), Qt::SkipEmptyParts);
    double right = area.right();
    for (auto cap = caps.crbegin(); cap != caps.crend(); ++cap) {
        const double width = std::max(20.0, QFontMetricsF(painter.font()).horizontalAdvance(*cap) + 12);
        const QRectF box(right - width + 0.5, area.center().y() - 9.5, width - 1, 19);
        painter.setPen(QPen(dimmed ? roles().line : roles().dashed, 1));
        painter.setBrush(roles().panel);
        painter.drawRoundedRect(box, 4, 4);
        painter.setPen(dimmed ? roles().faint : roles().text);
        painter.drawText(box, Qt::AlignCenter, *cap);
        right -= width + 4;
    }
    return static_cast<int>(area.right() - right);
}

void PaletteRow::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Roles& r = roles();
    const QString reason = index.data(PaletteModel::k_reason).toString();
    const bool dimmed = !reason.isEmpty();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF area = QRectF(option.rect).adjusted(6, 1, -6, -1);
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(r.accent_ground);
        painter->drawRoundedRect(area, 6, 6);
    }
    const bool chosen = option.state.testFlag(QStyle::State_Selected);
    const QVariant checked = index.data(PaletteModel::k_checked);
    QString sign = index.data(PaletteModel::k_icon).toString();
    if (checked.isValid() && checked.toBool()) sign = QStringLiteral("check");
    const QColor text = dimmed ? r.faint : chosen ? r.accent_text : r.text;
    if (!sign.isEmpty())
        paint_icon(*painter, QRectF(area.left() + 10, area.center().y() - 9, 18, 18), sign, dimmed ? r.faint : text);
    const int caps =
        paint_key_caps(*painter, area.adjusted(0, 0, -10, 0), index.data(PaletteModel::k_keys).toString(), dimmed);
    const QRectF words = area.adjusted(40, 0, -(caps + 18), 0);
    const double used =
        draw_marked(*painter, words, index.data().toString(),
                    dimmed ? QVector<int>() : index.data(PaletteModel::k_places).value<QVector<int>>(), text);
    painter->setFont(ui::font(TextRole::secondary));
    painter->setPen(dimmed ? r.faint : chosen ? r.accent_text : r.dim);
    const QString room = index.data(PaletteModel::k_room).toString();
    const QString more = dimmed ? room + QStringLiteral(" · ") + reason : room;
    const QRectF rest = words.adjusted(used + 12, 0, 0, 0);
    painter->drawText(rest, Qt::AlignVCenter | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(more, Qt::ElideRight, static_cast<int>(rest.width())));
    painter->restore();
}

QSize PaletteRow::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {200, 34};
}

}  // namespace kinora::ui
