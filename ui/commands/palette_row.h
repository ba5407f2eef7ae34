#pragma once

#include <QStyledItemDelegate>

namespace kinora::ui {

/// Paints a command: icon, name with the letters that were met, room, keys; or dimmed, with the reason it can't be done.
class PaletteRow : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// Paints keys as caps, each as wide as it needs, from the right edge to the left. Gives the width used.
int paint_key_caps(QPainter& painter, const QRectF& area, const QString& keys, bool dimmed);

}  // namespace kinora::ui
