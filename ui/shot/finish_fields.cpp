#include "ui/shot/finish_fields.h"

#include <QHBoxLayout>

#include "ui/widgets/field.h"
#include "ui/widgets/field_combo.h"

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

}  // namespace

FinishFields::FinishFields(QWidget* parent)
    : QWidget(parent), size_(new FieldCombo(tr("Upscale"))), rate_(new FieldCombo(tr("Interpolate")))
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
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(new Field(tr("Upscale"), size_, this), 1);
    row->addWidget(new Field(tr("Interpolate"), rate_, this), 1);
    for (auto* combo : {size_, rate_})
        connect(combo, &QComboBox::activated, this, &FinishFields::edited);
    set_missing({}, {});
}

void FinishFields::set_enhancement(const core::Enhancement& enhancement)
{
    shown_ = enhancement;
    choose(*size_, enhancement.upscale);
    choose(*rate_, enhancement.interpolate);
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
