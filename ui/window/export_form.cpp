#include "ui/window/export_form.h"

#include <QLineEdit>
#include <QVBoxLayout>
#include <algorithm>

#include "core/time/timecode.h"
#include "ui/widgets/core_words.h"
#include "ui/widgets/field.h"
#include "ui/widgets/field_combo.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/stepper.h"

namespace kinora::ui {
namespace {

using Rate = core::FrameRate;

const std::vector<Rate>& offered_rates()
{
    static const std::vector<Rate> rates{Rate(24000, 1001), Rate(24), Rate(25),          Rate(30000, 1001),
                                         Rate(30),          Rate(50), Rate(60000, 1001), Rate(60)};
    return rates;
}

QString rate_words(Rate rate)
{
    return QString::fromStdString(core::rate_text(rate));
}

QHBoxLayout* pair_of(QWidget* left, QWidget* right)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(left, 1);
    row->addWidget(right, 1);
    return row;
}

void choose(FieldCombo* combo, const QVariant& data)
{
    combo->setCurrentIndex(std::max(0, combo->findData(data)));
}

}  // namespace

ExportForm::ExportForm(QWidget* parent) : QWidget(parent)
{
    build();
    connect_fields();
}

void ExportForm::build()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    rate_ = new FieldCombo(tr("Frames a second"));
    conform_ = new FieldCombo(tr("Between frames"));
    colour_ = new FieldCombo(tr("Colours"));
    loudness_ = new FieldCombo(tr("Loudness"));
    quality_ = new Stepper(0, 100, tr("Quality"));
    timecode_ = new QLineEdit;
    timecode_->setAlignment(Qt::AlignRight);
    timecode_->setPlaceholderText(tr("none"));
    conform_->addItem(tr("Repeat"), QStringLiteral("repeat"));
    conform_->addItem(tr("Blend"), QStringLiteral("blend"));
    loudness_->addItem(tr("As mixed"), QVariant());
    loudness_->addItem(tr("−14 LUFS, web"), -14.0);
    loudness_->addItem(tr("−16 LUFS, podcasts"), -16.0);
    loudness_->addItem(tr("−23 LUFS, broadcast"), -23.0);
    colour_field_ = new Field(tr("Colours"), colour_, this);
    quality_field_ = new Field(tr("Quality"), quality_, this);
    quality_field_->setToolTip(tr("The encoder's own number: lower is better and larger."));
    conform_field_ = new Field(tr("Between"), conform_, this);
    conform_field_->setToolTip(tr("What is seen between the clip's own frames when it is exported at another rate."));
    loudness_field_ = new Field(tr("Loudness"), loudness_, this);
    loudness_field_->setToolTip(tr("Measured by EBU R128. Peaks never go over −1 dB."));
    timecode_field_ = new Field(tr("Timecode"), timecode_, this);
    timecode_field_->setToolTip(tr("Of the first frame, as 01:00:00:00; with ; before the frames for drop-frame."));
    column->addLayout(pair_of(new Field(tr("Rate"), rate_, this), conform_field_));
    column->addLayout(pair_of(timecode_field_, loudness_field_));
    column->addLayout(pair_of(colour_field_, quality_field_));
    problem_ = make_label({}, "warn", this);
    problem_->setWordWrap(true);
    column->addWidget(problem_);
}

void ExportForm::connect_fields()
{
    const auto read_if_meant = [this] {
        if (!filling_) read();
    };
    for (auto* combo : {rate_, conform_, colour_, loudness_})
        connect(combo, &QComboBox::currentIndexChanged, this, read_if_meant);
    connect(quality_, &Stepper::value_changed, this, read_if_meant);
    connect(timecode_, &QLineEdit::textEdited, this, read_if_meant);
}

void ExportForm::fill_rates()
{
    rate_->clear();
    rate_->addItem(tr("As it is (%1)").arg(rate_words(natural_)), QString());
    for (const Rate& rate : offered_rates())
        rate_->addItem(rate_words(rate), QString::fromStdString(core::rate_fraction(rate)));
    if (delivery_.rate && rate_->findData(QString::fromStdString(core::rate_fraction(*delivery_.rate))) < 0)
        rate_->addItem(rate_words(*delivery_.rate), QString::fromStdString(core::rate_fraction(*delivery_.rate)));
}

void ExportForm::show_delivery(const media::Delivery& delivery, Rate natural, bool sound, bool interpolates)
{
    filling_ = true;
    delivery_ = delivery;
    natural_ = natural;
    sound_ = sound;
    interpolates_ = interpolates;
    fill_rates();
    choose(rate_, delivery_.rate ? QString::fromStdString(core::rate_fraction(*delivery_.rate)) : QString());
    const int between = conform_->findData(QStringLiteral("interpolate"));
    if (interpolates_ && between < 0) conform_->addItem(tr("Interpolate"), QStringLiteral("interpolate"));
    if (!interpolates_ && between >= 0) conform_->removeItem(between);
    choose(conform_, QString::fromUtf8(media::conform_id(delivery_.conform).data()));
    choose(loudness_, delivery_.loudness ? QVariant(*delivery_.loudness) : QVariant());
    if (timecode_->text() != QString::fromStdString(delivery_.timecode))
        timecode_->setText(QString::fromStdString(delivery_.timecode));
    const auto preset = media::find_preset(delivery_.preset);
    colour_->clear();
    if (preset) {
        for (const media::ColourSpace space : (*preset)->spaces) {
            const QString name = space == media::ColourSpace::bt709 ? tr("BT.709")
                                 : space == media::ColourSpace::p3  ? tr("P3")
                                                                    : tr("Rec. 2020");
            colour_->addItem(name, QString::fromUtf8(media::space_id(space).data()));
        }
        quality_->set_value(delivery_.quality.value_or((*preset)->quality.usual));
    }
    choose(colour_, QString::fromUtf8(media::space_id(delivery_.colour).data()));
    show_state();
    filling_ = false;
}

void ExportForm::read()
{
    const auto preset = media::find_preset(delivery_.preset);
    const std::string rate = rate_->currentData().toString().toStdString();
    delivery_.rate.reset();
    if (const auto parsed = core::parse_rate(rate); !rate.empty() && parsed) delivery_.rate = *parsed;
    delivery_.conform = media::conform_from_id(conform_->currentData().toString().toStdString()).value_or(delivery_.conform);
    delivery_.colour = media::space_from_id(colour_->currentData().toString().toStdString()).value_or(delivery_.colour);
    delivery_.loudness.reset();
    if (loudness_->currentData().isValid()) delivery_.loudness = loudness_->currentData().toDouble();
    delivery_.timecode = timecode_->text().trimmed().toStdString();
    delivery_.quality.reset();
    if (preset && !(*preset)->quality.option.empty() && quality_->value() != (*preset)->quality.usual)
        delivery_.quality = quality_->value();
    show_state();
    Q_EMIT changed();
}

void ExportForm::show_state()
{
    const auto preset = media::find_preset(delivery_.preset);
    if (!preset) return;
    const media::EncoderSettings& encoder = (*preset)->encoder;
    quality_field_->setEnabled(!(*preset)->quality.option.empty());
    colour_field_->setEnabled((*preset)->spaces.size() > 1);
    conform_field_->setEnabled(delivery_.rate && *delivery_.rate != natural_);
    loudness_field_->setEnabled(sound_ && !encoder.sound_encoder.empty());
    timecode_field_->setEnabled(encoder.container == "mov" || encoder.container == "mp4" || encoder.container == "mxf");
    const Rate rate = delivery_.rate.value_or(natural_);
    QString problem;
    if (const auto checked = media::check_delivery(delivery_, rate); !checked) problem = in_words(checked.error().message);
    const bool standard = std::find(offered_rates().begin(), offered_rates().end(), rate) != offered_rates().end();
    if (problem.isEmpty() && encoder.standard_rates && !standard)
        problem = tr("MXF doesn't hold %1 frames a second: choose a rate such as 24.").arg(rate_words(rate));
    problem_->setText(problem);
    problem_->setVisible(!problem.isEmpty());
}

}  // namespace kinora::ui
