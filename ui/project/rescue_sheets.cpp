#include "ui/project/rescue_sheets.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/base/paths.h"
#include "ui/project/file_list.h"
#include "ui/project/project_rescuer.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {
namespace {

/// A list in a well of its own.
FileList* add_list(QVBoxLayout* body, const QString& name, QWidget* parent)
{
    auto* well = new QFrame(parent);
    well->setProperty("kind", "well");
    auto* inside = new QVBoxLayout(well);
    inside->setContentsMargins(1, 4, 1, 4);
    auto* list = new FileList(name, well);
    inside->addWidget(list);
    body->addWidget(well, 1);
    return list;
}

std::int64_t seconds_of(const core::Backup& backup)
{
    return std::chrono::duration_cast<std::chrono::seconds>(backup.time.time_since_epoch()).count();
}

}  // namespace

LostTakesSheet::LostTakesSheet(ProjectRescuer& rescuer, QWidget* window)
    : Sheet(window, tr("Takes that no shot lists"), {640, 460}), rescuer_(rescuer)
{
    told_ = make_label({}, "secondary", card());
    told_->setWordWrap(true);
    body()->addWidget(told_);
    list_ = add_list(body(), tr("Takes"), card());
    auto* buttons = new QHBoxLayout;
    one_ = new QPushButton(tr("Bring this one back"), card());
    all_ = new QPushButton(tr("Bring all back"), card());
    all_->setProperty("kind", "primary");
    buttons->addWidget(one_);
    buttons->addStretch(1);
    buttons->addWidget(all_);
    body()->addLayout(buttons);
    set_first(all_);
    connect(one_, &QPushButton::clicked, this, [this] { bring_back(false); });
    connect(all_, &QPushButton::clicked, this, [this] { bring_back(true); });
    connect(list_, &FileList::row_chosen, this, &LostTakesSheet::show_state);
    connect(&rescuer_, &ProjectRescuer::looked, this, &LostTakesSheet::show_state);
    connect(this, &Sheet::opened, &rescuer_, &ProjectRescuer::look);
    show_state();
}

void LostTakesSheet::show_state()
{
    std::vector<FileRow> rows;
    bool any = false;
    for (const core::Take& take : rescuer_.lost_takes()) {
        const bool whole = !take.clip.empty();
        any = any || whole;
        const QString what = whole ? tr("%1 frames, %2×%3").arg(take.frames).arg(take.width).arg(take.height)
                                   : tr("Its clip was never written; generating the same shot and seed again makes it");
        rows.push_back(
            {rescuer_.title(take), what, moment_words(take.created), whole ? FileRow::Mark::good : FileRow::Mark::bad});
    }
    told_->setText(
        rows.empty() ? tr("Every take on disk is in the list of a shot.")
                     : tr("These takes are on disk, but in the list of no shot. Brought back, each goes to the shot it was "
                          "made for, or to one with its prompt."));
    list_->show_rows(std::move(rows));
    one_->setEnabled(list_->chosen() >= 0);
    all_->setEnabled(any);
}

void LostTakesSheet::bring_back(bool all)
{
    std::vector<std::string> ids;
    const auto& takes = rescuer_.lost_takes();
    for (std::size_t i = 0; i < takes.size(); ++i)
        if (all || static_cast<int>(i) == list_->chosen()) ids.push_back(takes[i].id);
    rescuer_.bring_back(ids);
}

BackupsSheet::BackupsSheet(ProjectRescuer& rescuer, QWidget* window)
    : Sheet(window, tr("Earlier versions"), {560, 480}), rescuer_(rescuer)
{
    told_ = make_label({}, "secondary", card());
    told_->setWordWrap(true);
    body()->addWidget(told_);
    list_ = add_list(body(), tr("Versions"), card());
    restore_ = new QPushButton(tr("Go back to this version"), card());
    restore_->setProperty("kind", "primary");
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(restore_);
    body()->addLayout(buttons);
    set_first(list_);
    connect(restore_, &QPushButton::clicked, this, &BackupsSheet::restore);
    connect(list_, &FileList::row_activated, this, &BackupsSheet::restore);
    connect(list_, &FileList::row_chosen, this, &BackupsSheet::show_state);
    connect(&rescuer_, &ProjectRescuer::looked, this, &BackupsSheet::show_state);
    connect(&rescuer_, &ProjectRescuer::restored, this, &Sheet::dismiss);
    connect(this, &Sheet::opened, &rescuer_, &ProjectRescuer::look);
    show_state();
}

void BackupsSheet::show_state()
{
    std::vector<FileRow> rows;
    for (const core::Backup& backup : rescuer_.backups())
        rows.push_back({moment_words(seconds_of(backup)), {}, {}, FileRow::Mark::none});
    told_->setText(rows.empty() ? tr("There is no earlier version yet: the first is kept at the next save.")
                                : tr("The last five saves, then one for each hour, then one for each day. Going back can be "
                                     "undone, and takes that were made since then stay."));
    list_->show_rows(std::move(rows));
    restore_->setEnabled(list_->chosen() >= 0);
}

void BackupsSheet::restore()
{
    const int row = list_->chosen();
    if (row >= 0 && row < static_cast<int>(rescuer_.backups().size()))
        rescuer_.restore(rescuer_.backups()[static_cast<std::size_t>(row)]);
}

}  // namespace kinora::ui
