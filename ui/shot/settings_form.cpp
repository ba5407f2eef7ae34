#include "ui/shot/settings_form.h"

#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPushButton>
#include <QRandomGenerator>
#include <QRegularExpressionValidator>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/generation/guidance.h"
#include "ui/player/time_text.h"
#include "ui/shot/finish_fields.h"
#include "ui/shot/lora_list.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/field.h"
#include "ui/widgets/field_combo.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/stepper.h"

namespace kinora::ui {
namespace {

template <typename Spin>
Spin* field_spin(const QString& name)
{
    auto* spin = new Spin;
    spin->setAccessibleName(name);
    spin->setButtonSymbols(QAbstractSpinBox::NoButtons);
    spin->setAlignment(Qt::AlignRight);
    spin->setKeyboardTracking(false);
    return spin;
}

QHBoxLayout* pair_of(QWidget* left, QWidget* right)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(left, 1);
    row->addWidget(right, 1);
    return row;
}

template <typename T>
std::optional<T> unless_default(T value, T standard)
{
    return value == standard ? std::optional<T>() : std::optional<T>(value);
}

}  // namespace

std::vector<std::pair<int, int>> offered_sizes(const core::ModelCapabilities& model)
{
    const auto fit = [&model](double pixels) {
        return std::max(1, static_cast<int>(std::lround(pixels / model.size_multiple))) * model.size_multiple;
    };
    const int side = fit(std::sqrt(static_cast<double>(model.default_width) * model.default_height));
    std::vector<std::pair<int, int>> sizes{
        {model.default_width, model.default_height}, {model.default_height, model.default_width}, {side, side}};
    sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
    return sizes;
}

SettingsForm::SettingsForm(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    build_basics();
    build_details();
    connect_controls();
    show_settings();
}

void SettingsForm::build_basics()
{
    auto* column = qobject_cast<QVBoxLayout*>(layout());
    model_ = new FieldCombo(tr("Model"), Qt::AlignLeft);
    auto* model_field = new Field({}, model_, this);
    auto* arrow = new QLabel(this);
    arrow->setPixmap(ui::icon(QStringLiteral("chevron-down"), roles().dim).pixmap(QSize(14, 14), devicePixelRatioF()));
    arrow->setAttribute(Qt::WA_TransparentForMouseEvents);
    model_field->add(arrow);
    size_ = new FieldCombo(tr("Size"));
    length_ = new FieldCombo(tr("Length"));
    seed_ = new QLineEdit;
    seed_->setAccessibleName(tr("Seed"));
    seed_->setAlignment(Qt::AlignRight);
    seed_->setValidator(new QRegularExpressionValidator(QRegularExpression(QStringLiteral("\\d{1,19}")), seed_));
    auto* seed_field = new Field(tr("Seed"), seed_, this);
    roll_ = make_icon_button(QStringLiteral("dice"), tr("Roll another seed"), {}, this);
    lock_ = make_icon_button(QStringLiteral("unlock"), tr("Keep this seed for every take"), {}, this);
    lock_->setCheckable(true);
    for (auto* button : {roll_, lock_}) {
        button->setProperty("kind", "inside");
        button->setFixedSize(20, 22);
        button->setIconSize(QSize(15, 15));
        seed_field->add(button);
    }
    takes_ = new Stepper(1, 8, tr("Takes"));
    column->addWidget(model_field);
    column->addLayout(pair_of(new Field(tr("Size"), size_, this), new Field(tr("Length"), length_, this)));
    column->addLayout(pair_of(seed_field, new Field(tr("Takes"), takes_, this)));
}

void SettingsForm::build_details()
{
    auto* column = qobject_cast<QVBoxLayout*>(layout());
    fold_ = new QPushButton(tr("Sampling, guidance"), this);
    fold_->setProperty("kind", "link");
    fold_->setIcon(ui::icon(QStringLiteral("chevron-right"), roles().dim));
    fold_->setIconSize(QSize(14, 14));
    fold_->setCheckable(true);
    details_ = new QWidget(this);
    auto* rows = new QVBoxLayout(details_);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(8);
    steps_ = field_spin<QSpinBox>(tr("Steps"));
    steps_->setRange(1, 100);
    guidance_ = field_spin<QDoubleSpinBox>(tr("Guidance"));
    guidance_->setRange(1, 20);
    guidance_->setSingleStep(0.5);
    guidance_->setDecimals(1);
    guidance_->setObjectName(QStringLiteral("form.guidance"));
    shift_ = field_spin<QDoubleSpinBox>(tr("Shift"));
    shift_->setRange(0.1, 20);
    shift_->setSingleStep(0.5);
    shift_->setDecimals(1);
    sampler_ = new FieldCombo(tr("Sampler"));
    sampler_->addItem(QStringLiteral("UniPC"), QStringLiteral("unipc"));
    sampler_->addItem(QStringLiteral("Euler"), QStringLiteral("euler"));
    sampler_->addItem(QStringLiteral("DPM++ 2M"), QStringLiteral("dpmpp"));
    rows->addLayout(pair_of(new Field(tr("Steps"), steps_, this), new Field(tr("Guidance"), guidance_, this)));
    rows->addLayout(pair_of(new Field(tr("Sampler"), sampler_, this), new Field(tr("Shift"), shift_, this)));
    mode_ = new FieldCombo(tr("Guidance mode"));
    mode_->setObjectName(QStringLiteral("form.guidance-mode"));
    mode_->addItem(QStringLiteral("CFG"), QStringLiteral("cfg"));
    mode_->addItem(QStringLiteral("CFG-Zero*"), QStringLiteral("cfg-zero"));
    mode_->addItem(QStringLiteral("NAG"), QStringLiteral("nag"));
    mode_->setToolTip(
        tr("How the negative prompt acts: CFG in a pass of its own, CFG-Zero* the same and fitted, "
           "NAG within the one pass, also for models of few steps"));
    rows->addWidget(new Field(tr("Guidance mode"), mode_, this));
    finish_ = new FinishFields(details_);
    rows->addWidget(finish_);
    loras_ = new LoraList(details_);
    rows->addWidget(loras_);
    details_->hide();
    auto* fold_row = new QHBoxLayout;
    fold_row->setContentsMargins(0, 0, 0, 0);
    fold_row->addWidget(fold_);
    fold_row->addStretch(1);
    column->addLayout(fold_row);
    column->addWidget(details_);
}

void SettingsForm::connect_controls()
{
    connect(loras_, &LoraList::edited, this, &SettingsForm::commit);
    connect(finish_, &FinishFields::edited, this, &SettingsForm::commit);
    for (auto* combo : {model_, size_, length_, sampler_, mode_})
        connect(combo, &QComboBox::activated, this, &SettingsForm::commit);
    // Who types a seed wants that seed.
    connect(seed_, &QLineEdit::textEdited, this, [this] {
        const QSignalBlocker quiet(lock_);
        lock_->setChecked(true);
    });
    connect(seed_, &QLineEdit::editingFinished, this, &SettingsForm::commit);
    connect(steps_, &QSpinBox::valueChanged, this, &SettingsForm::commit);
    connect(guidance_, &QDoubleSpinBox::valueChanged, this, &SettingsForm::commit);
    connect(shift_, &QDoubleSpinBox::valueChanged, this, &SettingsForm::commit);
    connect(takes_, &Stepper::value_changed, this, &SettingsForm::commit);
    connect(lock_, &QToolButton::toggled, this, &SettingsForm::commit);
    connect(roll_, &QToolButton::clicked, this, &SettingsForm::roll_seed);
    connect(fold_, &QPushButton::toggled, this, &SettingsForm::toggle_details);
}

core::ModelCapabilities SettingsForm::model() const
{
    const auto found = std::find_if(models_.begin(), models_.end(),
                                    [this](const auto& model) { return model.model_id == settings_.model_id; });
    return found == models_.end() ? core::ModelCapabilities() : *found;
}

void SettingsForm::set_models(const std::vector<core::ModelCapabilities>& models)
{
    models_ = models;
    const QSignalBlocker quiet(model_);
    model_->clear();
    for (const auto& entry : models_)
        model_->addItem(QString::fromStdString(entry.name), QString::fromStdString(entry.model_id));
    show_settings();
}

void SettingsForm::set_settings(const core::ShotSettings& settings)
{
    settings_ = settings;
    show_settings();
}

void SettingsForm::show_settings()
{
    showing_ = true;
    const auto model = this->model();
    const int chosen = model_->findData(QString::fromStdString(settings_.model_id));
    model_->setCurrentIndex(chosen);
    if (chosen < 0) model_->set_missing_text(QString::fromStdString(settings_.model_id));
    fill_sizes(model, settings_.width.value_or(model.default_width), settings_.height.value_or(model.default_height));
    fill_lengths(model, settings_.frames.value_or(model.default_frames));
    if (!seed_->hasFocus()) seed_->setText(QString::number(settings_.seed));
    lock_->setChecked(settings_.seed_mode == core::SeedMode::locked);
    lock_->setIcon(ui::icon(lock_->isChecked() ? QStringLiteral("lock") : QStringLiteral("unlock")));
    takes_->set_value(settings_.takes);
    steps_->setValue(settings_.steps.value_or(model.default_steps));
    guidance_->setValue(static_cast<double>(settings_.guidance.value_or(usual_guidance(model))));
    shift_->setValue(static_cast<double>(settings_.shift.value_or(model.default_shift)));
    sampler_->setCurrentIndex(sampler_->findData(QString::fromStdString(settings_.sampler.value_or(model.default_sampler))));
    mode_->setCurrentIndex(mode_->findData(QString::fromStdString(settings_.guidance_mode.value_or("cfg"))));
    finish_->set_enhancement(settings_.enhance);
    loras_->set_loras(settings_.loras);
    showing_ = false;
}

void SettingsForm::fill_sizes(const core::ModelCapabilities& model, int width, int height)
{
    const QSignalBlocker quiet(size_);
    size_->clear();
    auto sizes = offered_sizes(model);
    if (std::find(sizes.begin(), sizes.end(), std::pair(width, height)) == sizes.end()) sizes.emplace_back(width, height);
    for (const auto& [w, h] : sizes)
        size_->addItem(QStringLiteral("%1×%2").arg(w).arg(h), QSize(w, h));
    size_->setCurrentIndex(size_->findData(QSize(width, height)));
}

void SettingsForm::fill_lengths(const core::ModelCapabilities& model, int frames)
{
    const QSignalBlocker quiet(length_);
    length_->clear();
    for (int count = 2 * model.frame_multiple + 1; count <= model.max_frames; count += model.frame_multiple)
        length_->addItem(length_text(count, model.rate), count);
    if (length_->findData(frames) < 0) length_->addItem(length_text(frames, model.rate), frames);
    length_->setCurrentIndex(length_->findData(frames));
}

float SettingsForm::usual_guidance(const core::ModelCapabilities& model) const
{
    return core::usual_guidance(model, settings_.guidance_mode.value_or("cfg"));
}

void SettingsForm::commit()
{
    if (showing_) return;
    core::ShotSettings next = settings_;
    if (model_->currentIndex() >= 0) next.model_id = model_->currentData().toString().toStdString();
    const bool other_model = next.model_id != settings_.model_id;
    const auto model = this->model();
    const QSize size = size_->currentData().toSize();
    next.width = unless_default(size.width(), model.default_width);
    next.height = unless_default(size.height(), model.default_height);
    if (next.width || next.height) {
        next.width = size.width();
        next.height = size.height();
    }
    next.frames = unless_default(length_->currentData().toInt(), model.default_frames);
    next.seed = seed_->text().toULongLong();
    next.seed_mode = lock_->isChecked() ? core::SeedMode::locked : core::SeedMode::roll;
    next.takes = takes_->value();
    next.steps = unless_default(steps_->value(), model.default_steps);
    const auto same = [](double shown, float standard) { return std::abs(shown - static_cast<double>(standard)) < 0.05; };
    next.guidance =
        same(guidance_->value(), usual_guidance(model)) ? std::optional<float>() : static_cast<float>(guidance_->value());
    next.shift = same(shift_->value(), model.default_shift) ? std::optional<float>() : static_cast<float>(shift_->value());
    next.sampler = unless_default(sampler_->currentData().toString().toStdString(), model.default_sampler);
    next.guidance_mode = unless_default(mode_->currentData().toString().toStdString(), std::string("cfg"));
    // Scales of one mode mean nothing to another.
    if (next.guidance_mode != settings_.guidance_mode) next.guidance.reset();
    next.loras = loras_->loras();
    next.enhance = finish_->enhancement();
    if (other_model) {
        // Another model has other sizes and lengths: its defaults are the only sure ones.
        next.width = next.height = next.frames = next.steps = std::nullopt;
        next.guidance = next.shift = std::nullopt;
        next.sampler.reset();
        next.guidance_mode.reset();
    }
    if (next == settings_) return;
    settings_ = next;
    show_settings();
    Q_EMIT settings_edited(settings_);
}

void SettingsForm::roll_seed()
{
    seed_->setText(QString::number(QRandomGenerator::global()->bounded(1, 100'000)));
    commit();
}

void SettingsForm::toggle_details()
{
    details_->setVisible(fold_->isChecked());
    fold_->setIcon(
        ui::icon(fold_->isChecked() ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"), roles().dim));
    // What was opened below the panel's edge comes into view, as soon as its place is known.
    if (fold_->isChecked()) QTimer::singleShot(0, this, &SettingsForm::bring_details);
}

void SettingsForm::bring_details()
{
    QWidget* page = this;
    while (page && !qobject_cast<QScrollArea*>(page))
        page = page->parentWidget();
    if (auto* area = qobject_cast<QScrollArea*>(page))
        area->verticalScrollBar()->setValue(fold_->mapTo(area->widget(), QPoint()).y() - 8);
}

}  // namespace kinora::ui
