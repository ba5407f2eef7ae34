#include "ui/panels/takes_panel.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>
#include <optional>
#include <string>
#include <utility>

#include "ui/panels/job_row.h"
#include "ui/panels/kept_rows.h"
#include "ui/panels/row_list.h"
#include "ui/panels/take_lineage.h"
#include "ui/panels/take_row.h"
#include "ui/panels/take_stack.h"
#include "ui/player/time_text.h"
#include "ui/theme/icon.h"
#include "ui/verbs/verb_actions.h"
#include "ui/verbs/verb_bar.h"
#include "ui/verbs/verb_text.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/quiet_change.h"

namespace kinora::ui {

TakeView view_of(const core::Take& take, const QString& clip, bool chosen)
{
    TakeView view;
    view.id = QString::fromStdString(take.id);
    view.title = TakesPanel::tr("Take %1").arg(take.number);
    view.details = take.recipe ? TakesPanel::tr("seed %1 · %2 steps").arg(take.recipe->seed).arg(take.recipe->steps)
                               : TakesPanel::tr("imported");
    view.length = QStringLiteral("%1 · %2×%3")
                      .arg(length_text(static_cast<int>(take.frames), take.rate))
                      .arg(take.width)
                      .arg(take.height);
    view.clip = clip;
    view.frames = static_cast<int>(take.frames);
    view.starred = take.starred;
    view.chosen = chosen;
    view.has_recipe = take.recipe.has_value();
    return view;
}

TakesPanel::TakesPanel(std::shared_ptr<ThumbnailStore> thumbnails, QWidget* parent)
    : QWidget(parent), thumbnails_(std::move(thumbnails))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* empty = new EmptyState(QStringLiteral("film"), tr("No takes yet"),
                                 tr("Every press of Generate adds a take of this shot here. "
                                    "Star the ones you like, compare them, go back to any of them."));
    column->setSpacing(0);
    bar_ = new VerbBar(this);
    column->addWidget(bar_);
    column->addWidget(build_head());
    list_ = new RowList(empty, this);
    stack_ = new TakeStack(list_->body());
    list_->rows()->addWidget(stack_);
    column->addWidget(list_, 1);
    connect(thumbnails_.get(), &ThumbnailStore::changed, this, [this](const QString& path) {
        for (auto* row : takes_)
            if (row->take().clip == path) load_picture(row, -1);
    });
}

QWidget* TakesPanel::build_head()
{
    views_ = new QWidget(this);
    auto* row = new QHBoxLayout(views_);
    row->setContentsMargins(12, 2, 8, 2);
    row->setSpacing(0);
    row->addWidget(make_label(tr("Takes"), "section", views_));
    row->addStretch(1);
    auto* group = new QButtonGroup(views_);
    const std::pair<const char*, QString> views[] = {
        {"rows", tr("Takes in rows")}, {"grid", tr("Takes in a grid")}, {"lineage", tr("What was made of what")}};
    int id = 0;
    for (const auto& [name, text] : views) {
        auto* button = make_icon_button(QString::fromLatin1(name), text, {}, views_);
        button->setObjectName(QStringLiteral("takes.") + QLatin1String(name));
        button->setCheckable(true);
        button->setFixedSize(28, 26);
        group->addButton(button, id);
        button->setChecked(id++ == 0);
        row->addWidget(button);
    }
    connect(group, &QButtonGroup::idClicked, this, [this](int chosen) { set_view(static_cast<TakesView>(chosen)); });
    return views_;
}

void TakesPanel::set_verbs(const VerbActions& verbs)
{
    verbs_ = &verbs;
    bar_->set_actions(verbs);
}

void TakesPanel::set_view(TakesView view)
{
    view_ = view;
    stack_->set_form(view == TakesView::grid ? TakeForm::tile : TakeForm::row);
    for (auto* button : views_->findChildren<QToolButton*>())
        if (button->objectName() == QStringLiteral("takes.") + QLatin1String(view == TakesView::rows   ? "rows"
                                                                             : view == TakesView::grid ? "grid"
                                                                                                       : "lineage"))
            button->setChecked(true);
    show_takes();
}

void TakesPanel::show_shot(const core::Shot* shot, const std::function<QString(const std::string&)>& absolute)
{
    shot_ = shot ? *shot : core::Shot();
    absolute_ = absolute;
    show_takes();
}

void TakesPanel::show_takes()
{
    const auto order = view_ == TakesView::lineage ? by_lineage(shot_.takes) : newest_first(shot_.takes);
    keep_rows(order);
    std::optional<QuietChange> quiet;
    if (order.size() != shown_takes_) quiet.emplace(*stack_);
    shown_takes_ = order.size();
    for (std::size_t i = 0; i < takes_.size(); ++i) {
        takes_[i]->setVisible(i < shown_takes_);
        if (i >= shown_takes_) continue;
        const auto& take = *order[i].take;
        const bool other = takes_[i]->take().id != QString::fromStdString(take.id);
        TakeView view = view_of(take, absolute_(take.clip), take.id == shot_.selected_take);
        view.made_by = made_by(take.verb);
        view.origin = origin_text(shot_.takes, take);
        view.depth = order[i].depth;
        takes_[i]->show_take(view);
        if (other) load_picture(takes_[i], -1);
    }
    stack_->set_rows({takes_.begin(), takes_.begin() + static_cast<std::ptrdiff_t>(shown_takes_)});
    views_->setVisible(shown_takes_ > 0);
    bar_->setVisible(shown_takes_ > 0);
    update_empty();
}

void TakesPanel::keep_rows(const std::vector<ListedTake>& order)
{
    std::vector<std::string> ids;
    for (const ListedTake& listed : order)
        ids.push_back(listed.take->id);
    takes_ = kept_rows(
        takes_, ids, [](const TakeRow& row) { return row.take().id.toStdString(); }, [this] { return make_take_row(); });
}

void TakesPanel::show_jobs(const std::vector<core::Job>& jobs)
{
    shown_jobs_ = jobs.size();
    while (jobs_.size() < shown_jobs_)
        jobs_.push_back(make_job_row());
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
        if (i >= shown_jobs_) {
            jobs_[i]->hide();
            continue;
        }
        if (jobs_[i]->job_id() != jobs[i].id) jobs_[i]->set_picture({});
        update_job(jobs[i], {});
        const bool failed = jobs[i].state == core::JobState::failed;
        const bool running = jobs[i].state == core::JobState::running;
        const bool paused = jobs[i].state == core::JobState::paused;
        jobs_[i]->show_job(jobs[i], failed    ? tr("Failed")
                                    : running ? tr("Rendering")
                                    : paused  ? tr("Paused")
                                              : tr("In the queue"));
        jobs_[i]->show();  // with all that is in it, at once
    }
    update_empty();
}

void TakesPanel::update_job(const core::Job& job, const QImage& preview)
{
    for (std::size_t i = 0; i < shown_jobs_; ++i) {
        if (jobs_[i]->job_id() != job.id) continue;
        jobs_[i]->show_job(job, tr("Rendering"));
        if (!preview.isNull()) jobs_[i]->set_picture(preview);
    }
}

TakeRow* TakesPanel::make_take_row()
{
    auto* row = new TakeRow(stack_);
    const auto id = [row] { return row->take().id.toStdString(); };
    connect(row, &TakeRow::clicked, this, [this, id] { Q_EMIT take_chosen(id()); });
    connect(row, &TakeRow::star_toggled, this, [this, id](bool starred) { Q_EMIT star_toggled(id(), starred); });
    connect(row, &TakeRow::remove_requested, this, [this, id] { Q_EMIT remove_requested(id()); });
    connect(row, &TakeRow::hovered_at, this, [this, row](double part) { load_picture(row, part); });
    row->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(row, &QWidget::customContextMenuRequested, this, [this, row](const QPoint& at) { show_menu(row, at); });
    return row;
}

JobRow* TakesPanel::make_job_row()
{
    auto* row = new JobRow(JobRow::Picture::shown, list_->body());
    list_->rows()->insertWidget(static_cast<int>(jobs_.size()), row);
    connect(row, &JobRow::stop_requested, this, [this, row] { Q_EMIT stop_requested(row->job_id()); });
    connect(row, &JobRow::retry_requested, this, [this, row] { Q_EMIT retry_requested(row->job_id()); });
    connect(row, &JobRow::remove_requested, this, [this, row] { Q_EMIT job_remove_requested(row->job_id()); });
    connect(row, &JobRow::keep_requested, this, [this, row] { Q_EMIT keep_requested(row->job_id()); });
    connect(row, &JobRow::pause_requested, this, [this, row] { Q_EMIT pause_requested(row->job_id()); });
    connect(row, &JobRow::go_on_requested, this, [this, row] { Q_EMIT go_on_requested(row->job_id()); });
    connect(row, &JobRow::way_out_requested, this,
            [this, row](const std::string& way) { Q_EMIT way_out_requested(row->job_id(), way); });
    return row;
}

void TakesPanel::load_picture(TakeRow* row, double part)
{
    hovered_ = part < 0 ? hovered_ : row;
    if (part >= 0) hovered_part_ = part;
    const auto& take = row->take();
    const double place = part < 0 ? 1.0 / 3.0 : part;
    row->set_picture(thumbnails_->picture(take.clip, static_cast<int>(place * (take.frames - 1)), row->picture_height()));
}

void TakesPanel::show_menu(TakeRow* row, const QPoint& at)
{
    const std::string id = row->take().id.toStdString();
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    const auto add = [&](const char* picture, const QString& text, std::function<void()> act) {
        auto* action = menu->addAction(picture ? icon(QString::fromLatin1(picture)) : QIcon(), text);
        connect(action, &QAction::triggered, this, std::move(act));
        return action;
    };
    if (!row->take().chosen) add("compare", tr("Compare with the take shown"), [this, id] { Q_EMIT compare_requested(id); });
    if (row->take().has_recipe) {
        add("dice", tr("Again, with another seed"), [this, id] { Q_EMIT reroll_requested(id); });
        add("refresh", tr("Use these settings"), [this, id] { Q_EMIT use_settings_requested(id); });
    }
    if (verbs_ != nullptr) {
        // The verbs work on the selected take; from another take's menu they select it first.
        QMenu* verbs = menu->addMenu(tr("Make of it"));
        verbs->setToolTipsVisible(true);
        if (!row->take().chosen) Q_EMIT take_chosen(id);
        for (QAction* verb : verbs_->all())
            verbs->addAction(verb);
    }
    const double part = hovered_ == row ? hovered_part_ : 0.0;
    QMenu* frames = menu->addMenu(icon(QStringLiteral("image")), tr("Give the shot this picture"));
    connect(frames->addAction(tr("As its first frame")), &QAction::triggered, this,
            [this, id, part] { Q_EMIT frame_requested(id, part, 0); });
    connect(frames->addAction(tr("As its last frame")), &QAction::triggered, this,
            [this, id, part] { Q_EMIT frame_requested(id, part, -1); });
    connect(frames->addAction(tr("The take's last frame as first")), &QAction::triggered, this,
            [this, id] { Q_EMIT frame_requested(id, 1.0, 0); });
    menu->addSeparator();
    add("folder", tr("Show the file"), [this, file = row->take().clip] { Q_EMIT reveal_requested(file); });
    add("trash", tr("Remove from the list"), [this, id] { Q_EMIT remove_requested(id); });
    menu->popup(row->mapToGlobal(at));
}

void TakesPanel::update_empty()
{
    list_->set_empty(shown_takes_ + shown_jobs_ == 0);
}

}  // namespace kinora::ui
