#include "ui/widgets/flow_layout.h"

#include <QWidget>

namespace kinora::ui {

FlowLayout::FlowLayout(QWidget* parent, int gap) : QLayout(parent), gap_(gap)
{
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout()
{
    qDeleteAll(items_);
}

void FlowLayout::addItem(QLayoutItem* item)
{
    items_.append(item);
}

QLayoutItem* FlowLayout::takeAt(int index)
{
    return index >= 0 && index < items_.size() ? items_.takeAt(index) : nullptr;
}

void FlowLayout::setGeometry(const QRect& rectangle)
{
    QLayout::setGeometry(rectangle);
    arrange(rectangle, Apply::yes);
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const auto* item : items_)
        size = size.expandedTo(item->minimumSize());
    return size;
}

int FlowLayout::arrange(const QRect& rectangle, Apply apply) const
{
    int x = rectangle.x();
    int y = rectangle.y();
    int line = 0;
    for (auto* item : items_) {
        if (item->isEmpty()) continue;
        const QSize size = item->sizeHint();
        if (x > rectangle.x() && x + size.width() > rectangle.x() + rectangle.width()) {
            x = rectangle.x();
            y += line + gap_;
            line = 0;
        }
        if (apply == Apply::yes) item->setGeometry(QRect(QPoint(x, y), size));
        x += size.width() + gap_;
        line = std::max(line, size.height());
    }
    return y + line - rectangle.y();
}

}  // namespace kinora::ui
