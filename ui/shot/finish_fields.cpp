#include "ui/shot/finish_fields.h"

#include <QFileInfo>
#include <QGridLayout>

#include "ui/widgets/field.h"
#include "ui/widgets/field_combo.h"
#include "ui/widgets/file_chooser.h"

namespace kinora::ui {
namespace {

void choose(FieldCombo& combo, const std::string& value)
{
    const QString wanted = QString::fromStdString(value);
    int index = combo.findData(wanted);
    if (index < 0) {
        combo.addItem(wanted, wanted);
        index = combo.count() - 1;
    }
    combo.setCurrentIndex(index);
}

/// Known networks by their path; the last entry, which has none, asks for another.
void show_network(FieldCombo& combo, const std::string& file)
{
    const QString wanted = QString::fromStdString(file);
    int index = combo.findData(wanted);
    if (index < 0) {
        index = combo.count() - 1;
        combo.insertItem(index, QFileInfo(wanted).completeBaseName(), wanted);
        combo.setItemData(index, wanted, Qt::ToolTipRole);
    }
    combo.setCurrentIndex(index);
}

}  // namespace

FinishFields::FinishFields(QWidget* parent)
    : QWidget(parent),
      size_(new FieldCombo(tr("Upscale"))),
      rate_(new FieldCombo(tr("Interpolate"))),
      upscaler_(new FieldCombo(tr("Upscaler"))),
      interpolator_(new FieldCombo(tr("Interpolator")))
{
    size_->setObjectName(QStringLiteral("form.upscale"));
    rate_->setObjectName(QStringLiteral("form.interpolate"));
    size_->addItem(tr("Off"), QString());
    size_->addItem(QStringLiteral("2×"), QStringLiteral("2x"));
    for (const char* named : {"720p", "1080p", "1440p"})
        size_->addItem(QString::fromLatin1(named), QString::fromLatin1(named));
    size_->addItem(QStringLiteral("4K"), QStringLiteral("4k"));
    rate_->addItem(tr("Off"), QString());
    rate_->addItem(QStringLiteral("2×"), QStringLiteral("2x"));
    for (const char* rate : {"23.976", "24", "25", "29.97", "30", "50", "60"})
        rate_->addItem(tr("%1 fps").arg(QString::fromLatin1(rate)), QString::fromLatin1(rate));
    upscaler_->setObjectName(QStringLiteral("form.upscaler"));
    interpolator_->setObjectName(QStringLiteral("form.interpolator"));
    for (auto* combo : {upscaler_, interpolator_}) {
        combo->addItem(QStringLiteral("Kinora"), QString::fromLatin1(core::k_own_enhancer));
        combo->addItem(tr("Choose a file…"));
    }
    auto* rows = new QGridLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(8);
    rows->addWidget(new Field(tr("Upscale"), size_, this), 0, 0);
    rows->addWidget(new Field(tr("Interpolate"), rate_, this), 0, 1);
    rows->addWidget(new Field(tr("By"), upscaler_, this), 1, 0);
    rows->addWidget(new Field(tr("By"), interpolator_, this), 1, 1);
    upscaler_->parentWidget()->setToolTip(
        tr("The network that enlarges: Kinora's own, or a file of the ESRGAN family (.pth, .safetensors)"));
    interpolator_->parentWidget()->setToolTip(
        tr("The network that makes frames between frames: Kinora's own, or a RIFE 4 file (.pkl, .pth, .safetensors)"));
    connect(upscaler_, &QComboBox::activated, this,
            [this] { choose_network(*upscaler_, shown_.upscaler, tr("Choose an upscaler")); });
    connect(interpolator_, &QComboBox::activated, this,
            [this] { choose_network(*interpolator_, shown_.interpolator, tr("Choose an interpolator")); });
    for (auto* combo : {size_, rate_})
        connect(combo, &QComboBox::activated, this, &FinishFields::edited);
    set_missing({}, {});
}

void FinishFields::set_enhancement(const core::Enhancement& enhancement)
{
    shown_ = enhancement;
    choose(*size_, enhancement.upscale);
    choose(*rate_, enhancement.interpolate);
    show_network(*upscaler_, enhancement.upscaler);
    show_network(*interpolator_, enhancement.interpolator);
}

void FinishFields::choose_network(FieldCombo& combo, std::string& network, const QString& title)
{
    const auto take = [this, &combo, &network](const QString& file) {
        show_network(combo, file.toStdString());
        if (network == file.toStdString()) return;
        network = file.toStdString();
        Q_EMIT edited();
    };
    if (combo.currentIndex() < combo.count() - 1) return take(combo.currentData().toString());
    show_network(combo, network);
    auto* dialog = new FileChooser(this, title, {}, tr("Networks (*.pth *.pt *.pkl *.safetensors)"));
    dialog->setFileMode(FileChooser::ExistingFile);
    connect(dialog, &FileChooser::fileSelected, this, take);
    dialog->open();
}

core::Enhancement FinishFields::enhancement() const
{
    core::Enhancement chosen = shown_;
    chosen.upscale = size_->currentData().toString().toStdString();
    chosen.interpolate = rate_->currentData().toString().toStdString();
    return chosen;
}

void FinishFields::set_missing(const QString& upscale, const QString& interpolate)
{
    // A field that was set stays usable, so that it can be switched off.
    size_->setEnabled(upscale.isEmpty() || size_->currentIndex() > 0);
    rate_->setEnabled(interpolate.isEmpty() || rate_->currentIndex() > 0);
    size_->parentWidget()->setToolTip(upscale.isEmpty() ? tr("Every new take is enlarged when it is done") : upscale);
    rate_->parentWidget()->setToolTip(
        interpolate.isEmpty() ? tr("Every new take gets frames between its frames when it is done") : interpolate);
}

}  // namespace kinora::ui
