#pragma once

#include <QStyledItemDelegate>

namespace kinora::ui {

/// Paints a step: a dot on a thread that runs through all of them, the name, the time.
class HistoryRow : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace kinora::ui
