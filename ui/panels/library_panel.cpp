#include "ui/panels/library_panel.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/panels/take_roll.h"
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
    roll_ = new TakeRoll(
        empty, [this](QWidget* body) { return make_row(body); },
        [this](TakeRow& row, std::size_t item) { fill_row(row, item); }, this);
    column->addWidget(roll_, 1);
    connect(search_, &QLineEdit::textChanged, this, &LibraryPanel::refilter);
    connect(starred_, &QToolButton::toggled, this, &LibraryPanel::refilter);
    connect(thumbnails_.get(), &ThumbnailStore::changed, this, [this](const QString& path) {
        for (auto* row : roll_->rows())
            if (row->take().clip == path)
                row->set_picture(thumbnails_->picture(path, row->take().frames / 3, row->picture_height()));
    });
    refilter();
}

void LibraryPanel::show_project(const core::Project& project, const std::function<QString(const std::string&)>& absolute)
{
    project_ = project;
    absolute_ = absolute;
    refilter();
}

const core::Take& LibraryPanel::take_of(const Entry& entry) const
{
    return project_.shots[entry.shot]->takes[entry.take];
}

const std::string& LibraryPanel::words_of(const Entry& entry) const
{
    const core::Take& take = take_of(entry);
    return take.recipe ? take.recipe->prompt : project_.shots[entry.shot]->prompt;
}

void LibraryPanel::refilter()
{
    shown_.clear();
    const QString wanted = search_->text().trimmed();
    for (std::size_t shot = 0; shot < project_.shots.size(); ++shot) {
        for (std::size_t take = 0; take < project_.shots[shot]->takes.size(); ++take) {
            const Entry entry{shot, take};
            if (starred_->isChecked() && !take_of(entry).starred) continue;
            if (!wanted.isEmpty() && !QString::fromStdString(words_of(entry)).contains(wanted, Qt::CaseInsensitive))
                continue;
            shown_.push_back(entry);
        }
    }
    roll_->set_count(shown_.size());
}

TakeRow* LibraryPanel::make_row(QWidget* parent)
{
    auto* row = new TakeRow(parent);
    row->set_star_visible(false);
    connect(row, &TakeRow::clicked, this, [this, row] {
        const auto item = roll_->item_of(row);
        if (!item) return;
        const Entry entry = shown_[*item];
        Q_EMIT take_chosen(project_.shots[entry.shot]->id, take_of(entry).id);
    });
    return row;
}

void LibraryPanel::fill_row(TakeRow& row, std::size_t item)
{
    const Entry& entry = shown_[item];
    const core::Take& take = take_of(entry);
    TakeView view = view_of(take, absolute_(take.clip), take.id == project_.shots[entry.shot]->selected_take);
    view.title = tr("Shot %1 · Take %2").arg(entry.shot + 1).arg(take.number);
    view.length = view.details;
    view.details = prompt_title(QString::fromStdString(words_of(entry)));
    row.show_take(view);
    row.set_picture(thumbnails_->picture(view.clip, view.frames / 3, row.picture_height()));
}

}  // namespace kinora::ui
