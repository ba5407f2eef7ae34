#include "ui/panels/take_stack.h"

#include <algorithm>
#include <utility>

namespace kinora::ui {
namespace {

constexpr int k_margin = 12;
constexpr int k_gap = 8;
constexpr int k_least_tile = 120;

}  // namespace

TakeStack::TakeStack(QWidget* parent) : QWidget(parent) {}

void TakeStack::set_rows(std::vector<TakeRow*> rows)
{
    if (rows == rows_) return place();
    rows_ = std::move(rows);
    QWidget* before = nullptr;
    for (TakeRow* row : rows_) {
        row->set_form(form_);
        if (before != nullptr) setTabOrder(before, row);
        before = row;
    }
    place();
}

void TakeStack::set_form(TakeForm form)
{
    if (form == form_) return;
    form_ = form;
    for (TakeRow* row : rows_)
        row->set_form(form);
    place();
}

void TakeStack::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    place();
}

void TakeStack::place()
{
    int bottom = 0;
    if (form_ == TakeForm::tile) {
        const int room = std::max(k_least_tile, width() - 2 * k_margin);
        const int columns = std::max(1, (room + k_gap) / (k_least_tile + k_gap));
        const int side = (room - (columns - 1) * k_gap) / columns;
        const int height = TakeRow::tile_height(side);
        for (std::size_t index = 0; index < rows_.size(); ++index) {
            const int column = static_cast<int>(index) % columns;
            const int line = static_cast<int>(index) / columns;
            rows_[index]->setGeometry(k_margin + column * (side + k_gap), k_margin + line * (height + k_gap), side, height);
            bottom = rows_[index]->geometry().bottom() + 1 + k_margin;
        }
    } else {
        for (TakeRow* row : rows_) {
            row->setGeometry(0, bottom, width(), row->sizeHint().height());
            bottom += row->height();
        }
    }
    setMinimumHeight(bottom);
    setMaximumHeight(bottom);
}

}  // namespace kinora::ui
