#include "ui/panels/row_list.h"

#include <QVBoxLayout>

namespace kinora::ui {

RowList::RowList(QWidget* empty, QWidget* parent) : QScrollArea(parent), empty_(empty)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    body_ = new QWidget;
    body_->setMinimumWidth(1);  // rows shrink with a narrow panel and elide their text; they never run out of it
    auto* column = new QVBoxLayout(body_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    rows_ = new QVBoxLayout;
    rows_->setSpacing(0);
    column->addWidget(empty_);
    column->addLayout(rows_);
    column->addStretch(1);
    setWidget(body_);
}

void RowList::set_empty(bool empty)
{
    empty_->setVisible(empty);
}

}  // namespace kinora::ui
