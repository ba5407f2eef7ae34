#include <QCheckBox>
#include <QDesktopServices>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

#include "core/base/paths.h"
#include "core/export/kept_frames.h"
#include "ui/theme/stylesheet.h"
#include "ui/widgets/core_words.h"
#include "ui/widgets/field.h"
#include "ui/widgets/field_combo.h"
#include "ui/widgets/file_chooser.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/stepper.h"
#include "ui/widgets/words.h"
#include "ui/window/export_form.h"
#include "ui/window/export_popover.h"
#include "ui/window/suite_section.h"

// The export panel's parts, the list of presets and the artist's own ones.

namespace kinora::ui {
namespace {

constexpr int k_preset = Qt::UserRole;   // id in the table
constexpr int k_own = Qt::UserRole + 1;  // number in the list of own presets, from 1
constexpr std::int64_t k_gigabyte = 1'000'000'000;

void add_heading(QListWidget* list, const QString& text)
{
    auto* item = new QListWidgetItem(text, list);
    item->setFlags(Qt::NoItemFlags);
    QFont font = list->font();
    font.setPixelSize(11);
    font.setWeight(QFont::DemiBold);
    item->setFont(font);
    item->setSizeHint(QSize(0, 26));
}

void add_preset(QListWidget* list, const QString& name, const QString& about, const std::string& preset, int own)
{
    auto* item = new QListWidgetItem(name, list);
    item->setData(k_preset, own > 0 ? QString() : QString::fromStdString(preset));
    item->setData(k_own, own);
    item->setToolTip(about);
    item->setData(Qt::AccessibleDescriptionRole, about);
    item->setSizeHint(QSize(0, 24));
}

}  // namespace

void ExportPopover::build_what(QVBoxLayout* column)
{
    column->addWidget(make_label(tr("What"), "section", this));
    scope_ = new FieldCombo(tr("What to export"), Qt::AlignLeft);
    handles_ = new Stepper(0, 240, tr("Handles"));
    handles_field_ = new Field(tr("Handles"), handles_, this);
    handles_field_->setToolTip(tr("Frames before and after the shot's own, as far as its take has them."));
    handles_field_->setFixedWidth(190);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(new Field({}, scope_, this), 1);
    row->addWidget(handles_field_);
    column->addLayout(row);
    pattern_ = new QLineEdit;
    pattern_->setAlignment(Qt::AlignRight);
    pattern_field_ = new Field(tr("File name"), pattern_, this);
    pattern_field_->setToolTip(tr("{project}, {shot}, {shot:03}, {take}, {seed} and {preset} are filled in."));
    each_ = new QCheckBox(tr("A file for each shot"), this);
    auto* names = new QHBoxLayout;
    names->setSpacing(12);
    names->addWidget(pattern_field_, 1);
    names->addWidget(each_);
    column->addLayout(names);
    column->addSpacing(4);
}

void ExportPopover::build_how(QVBoxLayout* column)
{
    auto* sides = new QHBoxLayout;
    sides->setSpacing(14);
    auto* left = new QVBoxLayout;
    left->setSpacing(8);
    left->addWidget(make_label(tr("As"), "section", this));
    list_ = new QListWidget(this);
    list_->setProperty("kind", "well");
    list_->setAccessibleName(tr("Presets"));
    list_->setFixedSize(226, 296);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    left->addWidget(list_);
    sides->addLayout(left);
    auto* right = new QVBoxLayout;
    right->setSpacing(8);
    right->addWidget(make_label(tr("How"), "section", this));
    about_ = make_label({}, "secondary", this);
    about_->setWordWrap(true);
    about_->setMinimumHeight(34);
    about_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    right->addWidget(about_);
    form_ = new ExportForm(this);
    right->addWidget(form_);
    recipe_ = new QCheckBox(tr("Keep the recipe in the file: prompt, seed, model"), this);
    sidecar_ = new QCheckBox(tr("And in a .json beside it"), this);
    right->addWidget(recipe_);
    right->addWidget(sidecar_);
    room_ = new Stepper(0, 500, tr("Room for exact frames, in GB"));
    auto* room_field = new Field(tr("Keep exact frames of new takes, up to GB"), room_, this);
    room_field->setToolTip(
        tr("Without room masters are made from the takes' latents, decoded again: the same pictures, later. "
           "With it they are there at once, also without the model. The oldest make way for new ones."));
    right->addWidget(room_field);
    room_used_ = make_label({}, "small", this);
    right->addWidget(room_used_);
    connect(room_, &Stepper::value_changed, this, [this](int gigabytes) {
        const auto work = [folder = folder_, gigabytes] {
            return media::set_kept_frames_budget(folder, gigabytes * k_gigabyte);
        };
        background_.run(this, work, [this](const core::Result<void>& written) {
            if (!written) return say(in_words(written.error().message));
            show_room();
        });
    });
    right->addStretch(1);
    sides->addLayout(right, 1);
    column->addLayout(sides);
}

void ExportPopover::build_end(QVBoxLayout* column)
{
    suites_ = new SuiteSection(this);
    column->addWidget(suites_);
    connect(suites_, &SuiteSection::changed, this, [this] {
        choice_.suites = suites_->formats();
        choice_.sign = suites_->sign();
        Q_EMIT choice_changed(choice_);
    });
    connect(suites_, &SuiteSection::resized, this, [this] { resize(sizeHint()); });
    auto* row = new QHBoxLayout;
    row->setSpacing(k_link_spacing);
    row->setContentsMargins(0, 0, 0, 0);
    save_ = new QPushButton(tr("Save as own preset…"), this);
    import_ = new QPushButton(tr("Import…"), this);
    share_ = new QPushButton(tr("Show file"), this);
    for (auto* button : {save_, import_, share_}) {
        button->setProperty("kind", "link");
        row->addWidget(button);
    }
    preset_name_ = new QLineEdit(this);
    preset_name_->setPlaceholderText(tr("Name of the preset, then Enter"));
    preset_name_->setAccessibleName(tr("Name of the preset"));
    preset_name_->setMaxLength(80);
    preset_name_->hide();
    row->addWidget(preset_name_, 1);
    row->addStretch(0);
    column->addLayout(row);
    connect(save_, &QPushButton::clicked, this, [this] {
        preset_name_->setVisible(!preset_name_->isVisible());
        preset_name_->setFocus();
    });
    connect(preset_name_, &QLineEdit::returnPressed, this, &ExportPopover::save_preset);
    connect(import_, &QPushButton::clicked, this, &ExportPopover::import_preset);
    connect(share_, &QPushButton::clicked, this, [this] {
        const QString folder = QString::fromStdString(core::path_to_utf8(presets_folder_));
        QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
    });
    auto* line = new QFrame(this);
    line->setObjectName(QStringLiteral("Line"));
    line->setFixedHeight(1);
    column->addWidget(line);
    estimate_ = make_label({}, "small", this);
    go_ = new QPushButton(tr("Export"), this);
    go_->setProperty("kind", "primary");
    go_->setFixedSize(150, 36);
    auto* end = new QHBoxLayout;
    end->setSpacing(12);
    end->addWidget(estimate_, 1);
    end->addWidget(go_);
    column->addLayout(end);
}

void ExportPopover::fill_list()
{
    const bool before = std::exchange(filling_, true);
    list_->clear();
    own_ = media::list_own_presets(presets_folder_);
    if (!own_.empty()) add_heading(list_, tr("Yours"));
    for (std::size_t i = 0; i < own_.size(); ++i)
        add_preset(list_, QString::fromStdString(own_[i].name), QString::fromStdString(own_[i].description), {},
                   static_cast<int>(i) + 1);
    const auto add_group = [this](const QString& heading, auto belongs) {
        add_heading(list_, heading);
        for (const media::Preset& preset : media::presets())
            if (preset.use != media::PresetUse::internal && belongs(preset))
                add_preset(list_, QString::fromStdString(preset.name), in_words(preset.description), preset.id, 0);
    };
    using media::Preset;
    using media::PresetUse;
    add_group(tr("For editing"), [](const Preset& p) { return p.use == PresetUse::master && !p.encoder.pictures(); });
    add_group(tr("One picture a frame"), [](const Preset& p) { return p.encoder.pictures(); });
    add_group(tr("To share"), [](const Preset& p) { return p.use == PresetUse::sharing; });
    filling_ = before;
}

void ExportPopover::preset_picked()
{
    const auto* item = list_->currentItem();
    if (!item) return;
    media::Delivery delivery = form_->delivery();
    const int own = item->data(k_own).toInt();
    if (own > 0) {
        delivery = own_[static_cast<std::size_t>(own) - 1].delivery;
    } else if (delivery.preset = item->data(k_preset).toString().toStdString(); !delivery.preset.empty()) {
        // What the new preset can't do goes back to the usual.
        const auto preset = media::find_preset(delivery.preset);
        delivery.quality.reset();
        if (preset && !(*preset)->can(delivery.colour)) delivery.colour = media::ColourSpace::bt709;
    } else {
        return;
    }
    choice_.delivery = delivery;
    show_choice();
    Q_EMIT choice_changed(choice_);
}

void ExportPopover::show_room()
{
    const auto work = [folder = folder_] {
        return std::pair(media::kept_frames_budget(folder), media::kept_frames_bytes(folder));
    };
    background_.run(this, work, [this](const std::pair<std::int64_t, std::int64_t>& room) {
        room_->set_value(static_cast<int>(room.first / k_gigabyte));
        room_used_->setText(room.second > 0 ? tr("%1 in use").arg(size_words(room.second)) : QString());
        room_used_->setVisible(room.second > 0);
    });
}

void ExportPopover::save_preset()
{
    media::OwnPreset preset;
    preset.name = preset_name_->text().trimmed().toStdString();
    preset.description = about_->text().toStdString();
    preset.delivery = choice_.delivery;
    const auto file = media::own_preset_file(presets_folder_, preset.name);
    if (const auto written = media::write_own_preset(file, preset); !written) return say(in_words(written.error().message));
    preset_name_->clear();
    preset_name_->hide();
    fill_list();
    show_choice();
}

void ExportPopover::import_preset()
{
    auto* dialog = new FileChooser(parentWidget(), tr("Import an export preset"));
    dialog->setFileMode(FileChooser::ExistingFile);
    dialog->setNameFilter(tr("Export presets (*.json)"));
    connect(dialog, &FileChooser::fileSelected, this, [this](const QString& file) {
        // The dialog took the place of the panel.
        if (!isVisible()) show();
        const auto preset = media::read_own_preset(core::path_from_utf8(file.toStdString()));
        if (!preset) return say(in_words(preset.error().message));
        const auto kept = media::own_preset_file(presets_folder_, preset->name);
        if (const auto written = media::write_own_preset(kept, *preset); !written)
            return say(in_words(written.error().message));
        choice_.delivery = preset->delivery;
        fill_list();
        show_choice();
        Q_EMIT choice_changed(choice_);
    });
    dialog->open();
}

void ExportPopover::say(const QString& sentence)
{
    // A measurement that is still going on doesn't take the sentence away again.
    measuring_.request_stop();
    ++question_;
    estimate_->setText(sentence);
}

}  // namespace kinora::ui
