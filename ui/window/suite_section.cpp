#include "ui/window/suite_section.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <tuple>
#include <utility>

#include "ui/widgets/labels.h"

namespace kinora::ui {
namespace {

/// Lines that the panel shows of what is told; the command line shows all.
constexpr std::size_t k_most_lines = 9;

}  // namespace

SuiteSection::SuiteSection(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    build_formats();
    build_told();
}

void SuiteSection::build_formats()
{
    suites_ = new QWidget(this);
    auto* column = new QVBoxLayout(suites_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(make_label(tr("For editing suites, with all media"), "section", suites_));
    auto* row = new QHBoxLayout;
    row->setSpacing(14);
    using media::InterchangeFormat;
    const std::vector<std::tuple<InterchangeFormat, QString, QString>> formats{
        {InterchangeFormat::otio, tr("OTIO"),
         tr("OpenTimelineIO: Resolve, Premiere. All takes, markers and sound travel along.")},
        {InterchangeFormat::otioz, tr("OTIOZ"), tr("OpenTimelineIO and its media in one file.")},
        {InterchangeFormat::fcpxml, tr("FCPXML"), tr("Final Cut Pro. Takes become auditions.")},
        {InterchangeFormat::xmeml, tr("XML"), tr("Premiere, Resolve, Kdenlive: the XML of Final Cut Pro 7.")},
        {InterchangeFormat::edl, tr("EDL"), tr("CMX 3600: cuts and dissolves only, read everywhere.")}};
    for (const auto& [format, name, about] : formats) {
        auto* box = new QCheckBox(name, suites_);
        box->setToolTip(about);
        row->addWidget(box);
        boxes_.emplace_back(format, box);
        connect(box, &QCheckBox::toggled, this, [this, kind = format](bool on) {
            if (filling_) return;
            on ? void(formats_.insert(kind)) : void(formats_.erase(kind));
            Q_EMIT changed();
        });
    }
    row->addStretch(1);
    column->addLayout(row);
    layout()->addWidget(suites_);
}

void SuiteSection::build_told()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    sign_ = new QCheckBox(tr("Sign with content credentials"), this);
    sign_->setToolTip(tr("C2PA: who checks the file sees that a model made it, and whether it was changed since."));
    row->addWidget(sign_);
    signature_ = make_label(tr("valid, signer not on a trust list"), "small", this);
    signature_->setToolTip(
        tr("Your key is made on this computer; nobody has to vouch for it. That is what a checker will say."));
    row->addWidget(signature_);
    row->addStretch(1);
    show_ = new QPushButton(tr("What the file tells…"), this);
    show_->setProperty("kind", "link");
    row->addWidget(show_);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
    told_ = make_label({}, "small", this);
    told_->setWordWrap(true);
    told_->setTextFormat(Qt::PlainText);
    told_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    told_->setAccessibleName(tr("What the file tells"));
    told_->hide();
    layout()->addWidget(told_);
    connect(sign_, &QCheckBox::toggled, this, [this](bool on) {
        signature_->setVisible(on);
        if (!filling_) Q_EMIT changed();
    });
    connect(show_, &QPushButton::clicked, this, [this] {
        told_->setVisible(!told_->isVisible());
        Q_EMIT resized();
    });
}

void SuiteSection::show_choice(const std::set<media::InterchangeFormat>& formats, bool sign, bool storyboard)
{
    const bool before = std::exchange(filling_, true);
    formats_ = formats;
    for (const auto& [format, box] : boxes_)
        box->setChecked(formats.contains(format));
    sign_->setChecked(sign);
    signature_->setVisible(sign);
    suites_->setVisible(storyboard);
    filling_ = before;
}

void SuiteSection::show_told(const std::vector<core::DisclosedItem>& items)
{
    QStringList lines;
    for (std::size_t i = 0; i < std::min(items.size(), k_most_lines); ++i) {
        QString value = QString::fromStdString(items[i].value).simplified();
        if (value.size() > 120) value = value.left(119) + QChar(0x2026);
        lines.append(tr("%1: %2", "a label and its value").arg(tr(items[i].label.c_str()), value));
    }
    if (items.size() > k_most_lines) lines.append(tr("and %n more", nullptr, static_cast<int>(items.size() - k_most_lines)));
    if (lines.isEmpty()) lines.append(tr("Nothing about how it was made."));
    told_->setText(lines.join(QLatin1Char('\n')));
}

bool SuiteSection::sign() const
{
    return sign_->isChecked();
}

}  // namespace kinora::ui
