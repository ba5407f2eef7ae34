#include "ui/panels/library_panel.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/panels/row_list.h"
#include "ui/panels/take_row.h"
#include "ui/panels/takes_panel.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/words.h"

namespace kinora::ui {

LibraryPanel::LibraryPanel(std::shared_ptr<ThumbnailStore> thumbnails, QWidget* parent)
    : QWidget(parent), thumbnails_(std::move(thumbnails))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 10, 8, 6);
    search_ = new QLineEdit(this);
    search_->setPlaceholderText(tr("Search prompts"));
    search_->setAccessibleName(tr("Search prompts"));
    search_->setClearButtonEnabled(true);
    starred_ = make_icon_button(QStringLiteral("star"), tr("Only starred takes"), {}, this);
    starred_->setCheckable(true);
    head->addWidget(search_, 1);
    head->addWidget(starred_);
    column->addLayout(head);
    auto* empty =
        new EmptyState(QStringLiteral("folder"), tr("Nothing here"),
                       tr("All takes of all shots of this project gather here, to be found again by their words."));
    list_ = new RowList(empty, this);
    column->addWidget(list_, 1);
    connect(search_, &QLineEdit::textChanged, this, &LibraryPanel::refilter);
    connect(starred_, &QToolButton::toggled, this, &LibraryPanel::refilter);
    connect(thumbnails_.get(), &ThumbnailStore::changed, this, [this](const QString& path) {
        for (auto* row : rows_)
            if (row->isVisibleTo(this) && row->take().clip == path)
                row->set_picture(thumbnails_->picture(path, row->take().frames / 3, row->picture_height()));
    });
}

void LibraryPanel::show_project(const core::Project& project, const std::function<QString(const std::string&)>& absolute)
{
    entries_.clear();
    int number = 0;
    for (const auto& shot : project.shots) {
        ++number;
        for (const auto& take : shot->takes) {
            const std::string& words = take.recipe ? take.recipe->prompt : shot->prompt;
            entries_.push_back({shot->id, take, absolute(take.clip), tr("Shot %1 · Take %2").arg(number).arg(take.number),
                                QString::fromStdString(words), take.id == shot->selected_take});
        }
    }
    refilter();
}

void LibraryPanel::refilter()
{
    shown_.clear();
    for (std::size_t i = 0; i < entries_.size(); ++i)
        if ((!starred_->isChecked() || entries_[i].take.starred) &&
            entries_[i].prompt.contains(search_->text().trimmed(), Qt::CaseInsensitive))
            shown_.push_back(i);
    while (rows_.size() < shown_.size())
        rows_.push_back(make_row());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        rows_[i]->setVisible(i < shown_.size());
        if (i >= shown_.size()) continue;
        const Entry& entry = entries_[shown_[i]];
        TakeView view = view_of(entry.take, entry.clip, entry.selected);
        view.title = entry.title;
        view.length = view.details;
        view.details = prompt_title(entry.prompt);
        rows_[i]->show_take(view);
        rows_[i]->set_picture(thumbnails_->picture(view.clip, view.frames / 3, rows_[i]->picture_height()));
    }
    list_->set_empty(shown_.empty());
}

TakeRow* LibraryPanel::make_row()
{
    auto* row = new TakeRow(list_->body());
    list_->rows()->addWidget(row);
    const std::size_t index = rows_.size();
    row->set_star_visible(false);
    connect(row, &TakeRow::clicked, this, [this, index] {
        const Entry entry = entries_[shown_[index]];
        Q_EMIT take_chosen(entry.shot, entry.take.id);
    });
    return row;
}

}  // namespace kinora::ui
