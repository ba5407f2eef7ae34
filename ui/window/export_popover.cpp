#include "ui/window/export_popover.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include "core/export/presets.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/words.h"

namespace kinora::ui {

ExportPopover::ExportPopover(QWidget* parent) : QFrame(parent, Qt::Popup)
{
    setProperty("kind", "popover");
    setAccessibleName(tr("Export options"));
    setFixedWidth(380);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 16);
    column->setSpacing(8);
    scope_ = new QButtonGroup(this);
    column->addWidget(make_label(tr("What"), "section", this));
    auto* shot = new QRadioButton(tr("This shot, as it is trimmed"), this);
    auto* storyboard = new QRadioButton(tr("The whole storyboard"), this);
    scope_->addButton(shot, static_cast<int>(ExportScope::shot));
    scope_->addButton(storyboard, static_cast<int>(ExportScope::storyboard));
    column->addWidget(shot);
    column->addWidget(storyboard);
    column->addSpacing(6);
    column->addWidget(make_label(tr("As"), "section", this));
    preset_ = new QButtonGroup(this);
    const auto presets = media::presets();
    for (std::size_t i = 0; i < presets.size(); ++i) {
        if (presets[i].use == media::PresetUse::internal) continue;
        auto* button = new QRadioButton(QString::fromStdString(presets[i].name), this);
        preset_->addButton(button, static_cast<int>(i));
        auto* text = make_label(QString::fromStdString(presets[i].description), "small", this);
        text->setWordWrap(true);
        text->setContentsMargins(22, 0, 0, 2);
        column->addWidget(button);
        column->addWidget(text);
    }
    column->addSpacing(6);
    recipe_ = new QCheckBox(tr("Keep the recipe in the file: prompt, seed, model"), this);
    column->addWidget(recipe_);
    column->addSpacing(4);
    go_ = new QPushButton(tr("Export"), this);
    go_->setProperty("kind", "primary");
    go_->setFixedHeight(36);
    estimate_ = make_label({}, "small", this);
    column->addWidget(estimate_);
    column->addWidget(go_);
    const auto changed = [this] {
        update_estimate();
        if (!setting_) Q_EMIT choice_changed(choice());
    };
    connect(scope_, &QButtonGroup::idToggled, this, changed);
    connect(preset_, &QButtonGroup::idToggled, this, changed);
    connect(recipe_, &QCheckBox::toggled, this, changed);
    connect(go_, &QPushButton::clicked, this, [this] {
        close();
        Q_EMIT export_requested();
    });
}

void ExportPopover::set_choice(const ExportChoice& choice)
{
    setting_ = true;
    scope_->button(static_cast<int>(choice.scope))->setChecked(true);
    const auto presets = media::presets();
    for (std::size_t i = 0; i < presets.size(); ++i)
        if (presets[i].id == choice.preset)
            if (auto* button = preset_->button(static_cast<int>(i))) button->setChecked(true);
    recipe_->setChecked(choice.include_recipe);
    setting_ = false;
    update_estimate();
}

ExportChoice ExportPopover::choice() const
{
    ExportChoice result;
    result.scope = static_cast<ExportScope>(std::max(0, scope_->checkedId()));
    if (preset_->checkedId() >= 0) result.preset = media::presets()[static_cast<std::size_t>(preset_->checkedId())].id;
    result.include_recipe = recipe_->isChecked();
    return result;
}

void ExportPopover::set_extent(QSize shot_size, int shot_frames, QSize storyboard_size, int storyboard_frames)
{
    sizes_[0] = shot_size;
    sizes_[1] = storyboard_size;
    frames_[0] = shot_frames;
    frames_[1] = storyboard_frames;
    update_estimate();
}

void ExportPopover::update_estimate()
{
    const auto which = static_cast<std::size_t>(choice().scope);
    const int frames = frames_[which];
    go_->setEnabled(frames > 0);
    if (frames == 0) {
        estimate_->setText(tr("There is no take to export yet."));
        return;
    }
    const auto preset = media::find_preset(choice().preset);
    if (!preset) return;
    const auto bytes = media::estimate_bytes(**preset, sizes_[which].width(), sizes_[which].height(), frames);
    estimate_->setText(tr("%1×%2, %3 frames, about %4, into the project's exports folder")
                           .arg(sizes_[which].width())
                           .arg(sizes_[which].height())
                           .arg(frames)
                           .arg(size_words(std::max<std::int64_t>(bytes, 1'000'000))));
}

void ExportPopover::open_below(QWidget* anchor)
{
    adjustSize();
    const QPoint corner = anchor->mapToGlobal(QPoint(anchor->width(), anchor->height() + 6));
    move(corner.x() - width(), corner.y());
    show();
    setFocus();
}

}  // namespace kinora::ui
