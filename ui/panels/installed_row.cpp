#include "ui/panels/installed_row.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/theme/stylesheet.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {

InstalledRow::InstalledRow(const InstalledModel& model, QWidget* parent)
    : QWidget(parent), id_(model.id), usable_(model.problem.isEmpty())
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 10, 8);
    column->setSpacing(3);
    const auto add = [&](const QString& text, const char* kind) {
        if (text.isEmpty()) return;
        auto* label = make_label(text, kind, this);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(label);
    };
    auto* head = new QHBoxLayout;
    auto* name = new ElidedLabel(model.name, this);
    name->setProperty("kind", "strong");
    auto* more = make_icon_button(QStringLiteral("more"), tr("More for %1").arg(model.name), {}, this);
    more->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(more);
    connect(menu->addAction(tr("Show its folder")), &QAction::triggered, this, &InstalledRow::reveal_requested);
    if (!model.pulled.empty()) {
        check_ = menu->addAction(tr("Check its files"));
        connect(check_, &QAction::triggered, this, &InstalledRow::check_requested);
    }
    if (model.removable)
        connect(menu->addAction(tr("Remove from the list")), &QAction::triggered, this, &InstalledRow::remove_requested);
    more->setMenu(menu);
    head->addWidget(name, 1);
    head->addWidget(more);
    column->addLayout(head);
    add(model.facts, "secondary");
    add(model.problem, "warn");
    add(model.notes, "secondary");
    add(model.licence.isEmpty() ? tr("Licence: its files tell none") : tr("Licence: %1").arg(model.licence), "secondary");
    add(model.training, "small");
    progress_ = new QProgressBar(this);
    progress_->setRange(0, 1000);
    progress_->setTextVisible(false);
    progress_->setAccessibleName(tr("Checking %1").arg(model.name));
    column->addWidget(progress_);
    auto* row = new QHBoxLayout;
    row->setSpacing(k_link_spacing);
    use_ = new QPushButton(this);
    stop_ = new QPushButton(tr("Stop checking"), this);
    for (auto* button : {use_, stop_}) {
        button->setProperty("kind", "link");
        row->addWidget(button);
    }
    row->addStretch(1);
    row->setContentsMargins(0, 0, 0, 0);
    column->addLayout(row);
    connect(use_, &QPushButton::clicked, this, &InstalledRow::use_requested);
    connect(stop_, &QPushButton::clicked, this, &InstalledRow::stop_requested);
    setAccessibleName(model.name);
    setAccessibleDescription(usable_ ? model.facts : model.problem);
    set_in_use(false);
    set_checking(-1);
}

void InstalledRow::set_in_use(bool in_use)
{
    use_->setVisible(usable_);
    use_->setEnabled(!in_use);
    use_->setText(in_use ? tr("Used for this shot") : tr("Use for this shot"));
}

void InstalledRow::set_checking(double fraction)
{
    const bool checking = fraction >= 0;
    progress_->setVisible(checking);
    progress_->setValue(static_cast<int>(fraction * 1000));
    stop_->setVisible(checking);
    if (check_) check_->setEnabled(!checking);
}

}  // namespace kinora::ui
