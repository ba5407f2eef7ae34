#include "ui/panels/take_roll.h"

#include <QScrollBar>
#include <algorithm>

#include "ui/panels/take_row.h"

namespace kinora::ui {

TakeRoll::TakeRoll(QWidget* empty, Make make, Fill fill, QWidget* parent)
    : QScrollArea(parent), make_(std::move(make)), fill_(std::move(fill)), body_(new QWidget), empty_(empty)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    empty_->setParent(body_);
    setWidget(body_);
}

void TakeRoll::set_count(std::size_t count)
{
    count_ = count;
    lay_out(true);
}

void TakeRoll::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    lay_out(false);
}

void TakeRoll::scrollContentsBy(int dx, int dy)
{
    QScrollArea::scrollContentsBy(dx, dy);
    lay_out(false);
}

void TakeRoll::lay_out(bool refill)
{
    if (rows_.empty()) rows_.push_back(make_(body_));
    const int height = rows_.front()->sizeHint().height();
    const int width = viewport()->width();
    body_->resize(width, std::max(static_cast<int>(count_) * height, count_ == 0 ? viewport()->height() : 0));
    empty_->setVisible(count_ == 0);
    empty_->setGeometry(0, 0, width, std::max(empty_->sizeHint().height(), viewport()->height()));
    const int top = verticalScrollBar()->value();
    const auto first = static_cast<std::size_t>(std::max(top, 0) / height);
    const auto in_view = static_cast<std::size_t>(viewport()->height() / height + 2);
    const std::size_t used = first < count_ ? std::min(in_view, count_ - first) : 0;
    while (rows_.size() < used)
        rows_.push_back(make_(body_));
    const bool moved = refill || first != first_ || used != used_;
    first_ = first;
    used_ = used;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
        rows_[row]->setVisible(row < used);
        if (row >= used) continue;
        rows_[row]->setGeometry(0, static_cast<int>(first + row) * height, width, height);
        if (moved) fill_(*rows_[row], first + row);
    }
}

std::optional<std::size_t> TakeRoll::item_of(const TakeRow* row) const
{
    const auto found = std::find(rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(used_), row);
    const auto place = static_cast<std::size_t>(found - rows_.begin());
    return place < used_ ? std::optional(first_ + place) : std::nullopt;
}

std::vector<TakeRow*> TakeRoll::rows() const
{
    return {rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(used_)};
}

}  // namespace kinora::ui
