#include "ui/shot/look_chips.h"

#include <QMenu>
#include <QPushButton>
#include <algorithm>

#include "ui/theme/icon.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/quiet_change.h"

namespace kinora::ui {

LookChips::LookChips(QWidget* parent) : QWidget(parent), looks_(bundled_looks())
{
    auto* flow = new FlowLayout(this, 6);
    for (const auto& look : std::as_const(looks_)) {
        auto* chip = new QPushButton(look_name(look), this);
        chip->setProperty("kind", "chip");
        chip->setCheckable(true);
        chip->setToolTip(tr("Adds “%1” to the prompt").arg(look.text));
        chip->setVisible(look.offered);
        connect(chip, &QPushButton::clicked, this, [this, look] { toggle(look); });
        flow->addWidget(chip);
        chips_.append(chip);
    }
    more_ = new QPushButton(this);
    more_->setProperty("kind", "chip");
    more_->setIcon(ui::icon(QStringLiteral("plus")));
    more_->setIconSize(QSize(14, 14));
    more_->setAccessibleName(tr("More looks and camera moves"));
    more_->setToolTip(more_->accessibleName());
    connect(more_, &QPushButton::clicked, this, &LookChips::show_menu);
    flow->addWidget(more_);
    fit_height();
}

void LookChips::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit_height();
}

void LookChips::fit_height()
{
    setFixedHeight(std::max(26, layout()->heightForWidth(width())));
}

void LookChips::set_prompt(const QString& prompt)
{
    prompt_ = prompt;
    QList<QPushButton*> changed;
    for (int i = 0; i < looks_.size(); ++i) {
        const bool on = has_look(prompt, looks_[i]);
        chips_[i]->setChecked(on);
        if (chips_[i]->isHidden() == (on || looks_[i].offered)) changed.append(chips_[i]);
    }
    if (changed.isEmpty()) return;
    const QuietChange quiet(*this);
    for (auto* chip : changed)
        chip->setVisible(chip->isHidden());
    fit_height();
}

void LookChips::toggle(const Look& look)
{
    const QString changed = has_look(prompt_, look) ? without_look(prompt_, look) : with_look(prompt_, look);
    set_prompt(changed);
    Q_EMIT prompt_changed(changed);
}

void LookChips::show_menu()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QString group;
    for (const auto& look : std::as_const(looks_)) {
        if (look.group != group) {
            group = look.group;
            menu->addSection(look_group(look));
        }
        auto* action = menu->addAction(look_name(look));
        action->setCheckable(true);
        action->setChecked(has_look(prompt_, look));
        connect(action, &QAction::triggered, this, [this, look] { toggle(look); });
    }
    menu->popup(more_->mapToGlobal(QPoint(0, more_->height() + 4)));
}

}  // namespace kinora::ui
