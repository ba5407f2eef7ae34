#include "ui/panels/published_row.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/theme/stylesheet.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/words.h"

namespace kinora::ui {
namespace {

using State = PublishedEntry::State;

QString size_of(std::uint64_t bytes)
{
    return size_words(static_cast<std::int64_t>(bytes));
}

QString fetching_words(const core::PullProgress& progress)
{
    if (progress.checking) return PublishedRow::tr("Checking file %1 of %2").arg(progress.number).arg(progress.count);
    QString text = PublishedRow::tr("%1 of %2").arg(size_of(progress.done), size_of(progress.total));
    if (progress.bytes_per_second > 0) {
        const double left = static_cast<double>(progress.total - progress.done) / progress.bytes_per_second;
        text += PublishedRow::tr(" · %1/s · %2 left")
                    .arg(size_of(static_cast<std::uint64_t>(progress.bytes_per_second)), duration_words(left));
    }
    return text;
}

}  // namespace

QString download_words(const PublishedEntry& entry)
{
    switch (entry.state) {
        case State::idle:
            return entry.error;
        case State::begun:
            return entry.error.isEmpty() ? PublishedRow::tr("Begun; what has arrived is kept.") : entry.error;
        case State::asking:
            return PublishedRow::tr("Asking the hub for its size…");
        case State::offered:
            return entry.missing < entry.bytes ? PublishedRow::tr("%1, of which %2 are still to come.")
                                                     .arg(size_of(entry.bytes), size_of(entry.missing))
                                               : PublishedRow::tr("%1 to fetch.").arg(size_of(entry.bytes));
        case State::waiting:
            return PublishedRow::tr("Waiting for its turn");
        case State::fetching:
            return fetching_words(entry.progress);
        case State::whole:
            return PublishedRow::tr("On this machine");
    }
    return {};
}

PublishedRow::PublishedRow(const PublishedEntry& entry, QWidget* parent) : QWidget(parent), id_(entry.model.id)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 10, 10, 6);
    column->setSpacing(3);
    const auto add = [&](const QString& text, const char* kind) {
        auto* label = make_label(text, kind, this);
        label->setWordWrap(true);
        column->addWidget(label);
        return label;
    };
    const auto& model = entry.model;
    add(QString::fromStdString(model.title), "strong");
    add(QString::fromStdString(model.about), "secondary");
    add(tr("%1 · %2").arg(QString::fromStdString(model.format), QString::fromStdString(model.licence)), "small");
    details_ = add(tr("Training data: %1\nSource: %2")
                       .arg(QString::fromStdString(model.training_data), QString::fromStdString(model.source)),
                   "small");
    details_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    status_ = add({}, "value");
    progress_ = new QProgressBar(this);
    progress_->setRange(0, 1000);
    progress_->setTextVisible(false);
    progress_->setAccessibleName(tr("Fetching %1").arg(QString::fromStdString(model.title)));
    column->addWidget(progress_);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(k_link_spacing);
    action_ = new QPushButton(this);
    other_ = new QPushButton(tr("Not now"), this);
    for (auto* button : {action_, other_}) {
        button->setProperty("kind", "link");
        row->addWidget(button);
    }
    row->addStretch(1);
    column->addLayout(row);
    connect(action_, &QPushButton::clicked, this, &PublishedRow::act);
    connect(other_, &QPushButton::clicked, this, &PublishedRow::act_otherwise);
    setAccessibleName(QString::fromStdString(model.title));
    show_entry(entry);
}

void PublishedRow::show_entry(const PublishedEntry& entry)
{
    state_ = entry.state;
    const bool moving = state_ == State::fetching || state_ == State::waiting;
    details_->setVisible(state_ == State::offered);
    const QString words = download_words(entry);
    status_->setVisible(!words.isEmpty());
    status_->setText(words);
    set_style_property(status_, "kind", entry.error.isEmpty() ? "value" : "warn");
    progress_->setVisible(moving);
    const auto total = static_cast<double>(std::max<std::uint64_t>(entry.progress.total, 1));
    progress_->setValue(static_cast<int>(1000 * static_cast<double>(entry.progress.done) / total));
    action_->setVisible(state_ != State::whole);
    action_->setEnabled(state_ != State::asking);
    QString text = tr("Download…");
    if (state_ == State::begun) text = tr("Go on");
    if (state_ == State::offered) text = tr("Download %1").arg(size_of(entry.missing));
    if (moving) text = tr("Stop");
    action_->setText(text);
    action_->setAccessibleName(tr("%1: %2").arg(accessibleName(), text));
    other_->setVisible(state_ == State::offered || state_ == State::asking);
    setAccessibleDescription(words);
}

void PublishedRow::act()
{
    if (state_ == State::fetching || state_ == State::waiting)
        Q_EMIT stop_requested();
    else if (state_ == State::offered || state_ == State::begun)
        Q_EMIT fetch_requested();
    else
        Q_EMIT offer_requested();
}

void PublishedRow::act_otherwise()
{
    if (state_ == State::asking)
        Q_EMIT stop_requested();
    else
        Q_EMIT decline_requested();
}

}  // namespace kinora::ui
