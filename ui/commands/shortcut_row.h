#pragma once

#include <QStyledItemDelegate>

namespace kinora::ui {

/// Paints a row of the shortcut editor: a heading, or an action with its keys as caps; a dot where the artist changed them,
/// a sign where another action hears the same.
class ShortcutRow : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace kinora::ui
