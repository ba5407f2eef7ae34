#include "ui/project/relink_sheet.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/base/paths.h"
#include "ui/project/file_list.h"
#include "ui/project/media_finder.h"
#include "ui/widgets/file_chooser.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {

RelinkSheet::RelinkSheet(MediaFinder& finder, QWidget* window)
    : Sheet(window, tr("Relink missing media"), {680, 520}), finder_(finder)
{
    told_ = make_label({}, "secondary", card());
    told_->setWordWrap(true);
    body()->addWidget(told_);
    progress_ = new QProgressBar(card());
    progress_->setRange(0, 0);
    progress_->setTextVisible(false);
    progress_->setAccessibleName(tr("Looking"));
    body()->addWidget(progress_);
    auto* well = new QFrame(card());
    well->setProperty("kind", "well");
    auto* inside = new QVBoxLayout(well);
    inside->setContentsMargins(1, 4, 1, 4);
    list_ = new FileList(tr("Missing files"), well);
    inside->addWidget(list_);
    body()->addWidget(well, 1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    search_ = new QPushButton(tr("Look in a folder…"), card());
    search_->setToolTip(tr("Looks through the folder and everything below it, by content and by name"));
    choose_ = new QPushButton(tr("Choose the file…"), card());
    choose_->setToolTip(tr("For the file that is marked in the list"));
    relink_ = new QPushButton(card());
    relink_->setProperty("kind", "primary");
    buttons->addWidget(search_);
    buttons->addWidget(choose_);
    buttons->addStretch(1);
    buttons->addWidget(relink_);
    body()->addSpacing(4);
    body()->addLayout(buttons);
    set_first(search_);
    connect(search_, &QPushButton::clicked, this,
            [this] { finder_.busy() == MediaFinder::Busy::searching ? finder_.stop() : choose_folder(); });
    connect(choose_, &QPushButton::clicked, this, &RelinkSheet::choose_file);
    connect(list_, &FileList::row_activated, this, &RelinkSheet::choose_file);
    connect(list_, &FileList::row_chosen, this, &RelinkSheet::show_state);
    connect(relink_, &QPushButton::clicked, &finder_, &MediaFinder::relink);
    connect(&finder_, &MediaFinder::changed, this, &RelinkSheet::show_state);
    connect(this, &Sheet::opened, this, [this] {
        finder_.look();
        show_state();
    });
    show_state();
}

void RelinkSheet::show_state()
{
    const auto& found = finder_.rows();
    std::vector<FileRow> rows;
    for (const auto& row : found) {
        const QString name = QString::fromStdString(row.missing.name);
        if (!row.problem.isEmpty())
            rows.push_back({name, row.problem, tr("doesn't fit"), FileRow::Mark::bad});
        else if (row.found)
            rows.push_back(
                {name, QString::fromStdString(core::path_to_utf8(row.found->file)), tr("found"), FileRow::Mark::good});
        else
            rows.push_back(
                {name, tr("was %1").arg(QString::fromStdString(row.missing.file)), tr("missing"), FileRow::Mark::missing});
    }
    list_->show_rows(std::move(rows));
    const auto busy = finder_.busy();
    const bool idle = busy == MediaFinder::Busy::no;
    progress_->setVisible(!idle);
    const int all = static_cast<int>(found.size());
    const int ready = static_cast<int>(finder_.found_count());
    if (busy == MediaFinder::Busy::looking)
        told_->setText(tr("Looking which files are there…"));
    else if (busy == MediaFinder::Busy::searching)
        told_->setText(tr("Looking through the folder…"));
    else if (busy == MediaFinder::Busy::relinking)
        told_->setText(tr("Reading the files that were found…"));
    else if (all == 0)
        told_->setText(tr("Nothing is missing: every file of this project is where it should be."));
    else if (ready > 0)
        told_->setText(tr("%1 of %2 missing files were found.").arg(ready).arg(all));
    else
        told_->setText(all == 1 ? tr("One file of this project isn't where it was. Show a folder to look in.")
                                : tr("%1 files of this project aren't where they were. Show a folder to look in.").arg(all));
    search_->setText(busy == MediaFinder::Busy::searching ? tr("Stop") : tr("Look in a folder…"));
    search_->setEnabled((idle && all > 0) || busy == MediaFinder::Busy::searching);
    choose_->setEnabled(idle && list_->chosen() >= 0);
    relink_->setEnabled(idle && ready > 0);
    relink_->setText(ready == 1 ? tr("Relink 1 file") : ready > 1 ? tr("Relink %1 files").arg(ready) : tr("Relink"));
}

void RelinkSheet::choose_folder()
{
    auto* dialog = new FileChooser(this, tr("Look for the missing files in"), QDir::homePath());
    dialog->setFileMode(FileChooser::Directory);
    dialog->setOption(FileChooser::ShowDirsOnly);
    connect(dialog, &FileChooser::fileSelected, this,
            [this](const QString& folder) { finder_.search(core::path_from_utf8(folder.toStdString())); });
    dialog->open();
}

void RelinkSheet::choose_file()
{
    const int row = list_->chosen();
    if (row < 0 || row >= static_cast<int>(finder_.rows().size())) return;
    auto* dialog = new FileChooser(this, tr("Choose the file"), QDir::homePath());
    dialog->setFileMode(FileChooser::ExistingFile);
    connect(dialog, &FileChooser::fileSelected, this, [this, row](const QString& file) {
        finder_.choose(static_cast<std::size_t>(row), core::path_from_utf8(file.toStdString()));
    });
    dialog->open();
}

}  // namespace kinora::ui
