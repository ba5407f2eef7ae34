#include "ui/window/export_popover.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/export/plan_run.h"
#include "core/export/size_estimate.h"
#include "ui/widgets/core_words.h"
#include "ui/widgets/field.h"
#include "ui/widgets/field_combo.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/stepper.h"
#include "ui/widgets/words.h"
#include "ui/window/export_form.h"
#include "ui/window/suite_section.h"

namespace kinora::ui {

ExportPopover::ExportPopover(QWidget* parent) : QFrame(parent, Qt::Popup), presets_folder_(media::own_presets_dir())
{
    setProperty("kind", "popover");
    setAccessibleName(tr("Export options"));
    setFixedWidth(700);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 16);
    column->setSpacing(8);
    build_what(column);
    build_how(column);
    build_end(column);
    connect_parts();
}

ExportPopover::~ExportPopover()
{
    measuring_.request_stop();
}

void ExportPopover::connect_parts()
{
    const auto meant = [this] {
        if (!filling_) changed();
    };
    connect(scope_, &QComboBox::currentIndexChanged, this, meant);
    connect(each_, &QCheckBox::toggled, this, meant);
    connect(handles_, &Stepper::value_changed, this, meant);
    connect(pattern_, &QLineEdit::textEdited, this, meant);
    connect(recipe_, &QCheckBox::toggled, this, meant);
    connect(sidecar_, &QCheckBox::toggled, this, meant);
    connect(form_, &ExportForm::changed, this, meant);
    connect(list_, &QListWidget::currentRowChanged, this, [this] {
        if (!filling_) preset_picked();
    });
    connect(go_, &QPushButton::clicked, this, [this] {
        close();
        Q_EMIT export_requested();
    });
}

void ExportPopover::set_subject(const core::Project& project, const std::string& shot,
                                const std::vector<std::string>& chosen, const std::filesystem::path& folder)
{
    project_ = project;
    shot_ = shot;
    chosen_ = chosen;
    folder_ = folder;
    show_room();
    show_choice();
}

void ExportPopover::set_choice(const ExportChoice& choice)
{
    choice_ = choice;
    show_choice();
}

void ExportPopover::set_presets_folder(const std::filesystem::path& folder)
{
    presets_folder_ = folder;
    fill_list();
    show_choice();
}

QString ExportPopover::estimate_text() const
{
    return estimate_->text();
}

void ExportPopover::changed()
{
    choice_.scope = static_cast<ExportScope>(scope_->currentData().toInt());
    choice_.file_per_shot = each_->isChecked();
    choice_.handles = handles_->value();
    choice_.pattern = pattern_->text().toStdString();
    choice_.include_recipe = recipe_->isChecked();
    choice_.sidecar = sidecar_->isChecked();
    choice_.delivery = form_->delivery();
    show_choice();
    Q_EMIT choice_changed(choice_);
}

void ExportPopover::show_choice()
{
    filling_ = true;
    const auto several = static_cast<int>(chosen_.size());
    scope_->clear();
    scope_->addItem(tr("This shot, as it is trimmed"), static_cast<int>(ExportScope::shot));
    if (several > 1 || choice_.scope == ExportScope::chosen)
        scope_->addItem(tr("The %n chosen shots", nullptr, std::max(1, several)), static_cast<int>(ExportScope::chosen));
    scope_->addItem(project_.settings.export_range ? tr("The storyboard from in to out") : tr("The whole storyboard"),
                    static_cast<int>(ExportScope::storyboard));
    scope_->setCurrentIndex(std::max(0, scope_->findData(static_cast<int>(choice_.scope))));
    const bool shots = choice_.scope != ExportScope::storyboard;
    each_->setChecked(choice_.file_per_shot);
    each_->setVisible(choice_.scope == ExportScope::chosen);
    handles_->set_value(choice_.handles);
    handles_field_->setEnabled(shots && (choice_.file_per_shot || choice_.scope == ExportScope::shot));
    if (pattern_->text() != QString::fromStdString(choice_.pattern))
        pattern_->setText(QString::fromStdString(choice_.pattern));
    pattern_field_->setEnabled(handles_field_->isEnabled());
    recipe_->setChecked(choice_.include_recipe);
    sidecar_->setChecked(choice_.sidecar);
    sidecar_->setEnabled(choice_.include_recipe);
    suites_->show_choice(choice_.suites, choice_.sign, !shots);
    suites_->show_told(choice_.include_recipe ? told_by_export(project_, choice_, shot_, chosen_)
                                              : std::vector<core::DisclosedItem>());
    if (list_->count() == 0) fill_list();
    int row = -1;
    for (int i = 0; i < list_->count() && row < 0; ++i) {
        const auto* item = list_->item(i);
        const int own = item->data(Qt::UserRole + 1).toInt();
        const bool same = own > 0 ? own_[static_cast<std::size_t>(own) - 1].delivery == choice_.delivery : false;
        if (same) row = i;
    }
    for (int i = 0; i < list_->count() && row < 0; ++i) {
        const auto* item = list_->item(i);
        if (item->data(Qt::UserRole).toString().toStdString() == choice_.delivery.preset) row = i;
    }
    list_->setCurrentRow(row);
    share_->setEnabled(row >= 0 && list_->item(row)->data(Qt::UserRole + 1).toInt() > 0);
    const auto preset = media::find_preset(choice_.delivery.preset);
    if (preset) about_->setText(in_words((*preset)->description));
    if (row >= 0) {
        const int own = list_->item(row)->data(Qt::UserRole + 1).toInt();
        if (own > 0 && !own_[static_cast<std::size_t>(own) - 1].description.empty())
            about_->setText(QString::fromStdString(own_[static_cast<std::size_t>(own) - 1].description));
    }
    filling_ = false;
    show_extent();
}

void ExportPopover::show_extent()
{
    media::ExportPlan plan = export_plan(project_, choice_, shot_, chosen_);
    plan.delivery.rate.reset();
    const media::PlanExtent natural = media::plan_extent(project_, plan);
    form_->show_delivery(choice_.delivery, natural.frames > 0 ? natural.rate : project_.rate, natural.sound, interpolates_);
    plan.delivery.rate = choice_.delivery.rate;
    const media::PlanExtent extent = media::plan_extent(project_, plan);
    go_->setEnabled(extent.frames > 0);
    measuring_.request_stop();
    ++question_;
    if (extent.frames == 0) {
        estimate_->setText(tr("There is no take to export yet."));
        return;
    }
    show_estimate(media::plan_bytes(project_, plan), false);
    measure();
}

void ExportPopover::show_estimate(std::int64_t bytes, bool measured)
{
    const media::PlanExtent extent = media::plan_extent(project_, export_plan(project_, choice_, shot_, chosen_));
    const QString size = size_words(std::max<std::int64_t>(bytes, 1000));
    QString text = tr("%1×%2, %3 frames").arg(extent.width).arg(extent.height).arg(extent.frames);
    if (extent.files > 1) text += tr(" in %1 files").arg(extent.files);
    text += measured ? tr(", %1 as measured").arg(size) : tr(", about %1").arg(size);
    estimate_->setText(text + tr(", into the project's exports folder"));
}

void ExportPopover::measure()
{
    if (!isVisible()) return;
    measuring_ = std::stop_source();
    const auto plan = export_plan(project_, choice_, shot_, chosen_);
    const auto work = [project = project_, plan, folder = folder_, stop = measuring_.get_token()] {
        const auto clip_of = [&](const core::Take& take) {
            const std::filesystem::path file(core::clip_file(project, take));
            return file.is_absolute() ? file : folder / file;
        };
        return media::measure_plan_bytes(project, plan, clip_of, stop);
    };
    background_.run(this, work, [this, asked = question_](const core::Result<std::int64_t>& bytes) {
        if (bytes && asked == question_) show_estimate(*bytes, true);
    });
}

void ExportPopover::open_below(QWidget* anchor)
{
    adjustSize();
    const QPoint corner = anchor->mapToGlobal(QPoint(anchor->width(), anchor->height() + 6));
    move(corner.x() - width(), corner.y());
    show();
    list_->setFocus();
    list_->scrollToItem(list_->currentItem());
    measure();
}

}  // namespace kinora::ui
