#include "ui/runtime/runtime_row.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <utility>

#include "ui/runtime/runtime_desk.h"
#include "ui/widgets/core_words.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/words.h"

namespace kinora::ui {
namespace {

QString size_of(std::uint64_t bytes)
{
    return size_words(static_cast<std::int64_t>(bytes));
}

QString progress_words(const core::RuntimeProgress& now)
{
    if (now.count == 0) return RuntimeRow::tr("Asking pip what it is made of…");
    if (now.part.empty()) return RuntimeRow::tr("Asking how large its parts are, %1 of %2").arg(now.number).arg(now.count);
    const QString part = QString::fromStdString(now.part);
    const QString all = RuntimeRow::tr("%1 of %2").arg(size_of(now.all_done), size_of(now.all_total));
    return now.unpacking ? RuntimeRow::tr("%1 · unpacking %2").arg(all, part)
                         : RuntimeRow::tr("%1 · fetching %2").arg(all, part);
}

}  // namespace

RuntimeRow::RuntimeRow(RuntimeDesk& desk, core::GpuBuild build, QWidget* parent)
    : QWidget(parent), desk_(desk), build_(std::move(build))
{
    const QString title = QString::fromStdString(build_.title);
    setAccessibleName(title);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 6, 0, 6);
    row->setSpacing(16);
    auto* words = new QVBoxLayout;
    words->setSpacing(3);
    words->addWidget(make_label(title, "strong", this));
    words->addWidget(
        make_label(tr("About %1 GB to download, %2 GB on disk · driver %3 or newer")
                       .arg(QLocale().toString(build_.about_gb, 'f', 1), QLocale().toString(build_.about_gb * 1.5, 'f', 1))
                       .arg(build_.least_driver),
                   "secondary", this));
    status_ = make_label({}, "value", this);
    status_->setWordWrap(true);
    words->addWidget(status_);
    bar_ = new QProgressBar(this);
    bar_->setRange(0, 1000);
    bar_->setTextVisible(false);
    auto policy = bar_->sizePolicy();
    policy.setRetainSizeWhenHidden(true);  // nothing below it jumps
    bar_->setSizePolicy(policy);
    bar_->setAccessibleName(tr("Installing %1").arg(title));
    words->addWidget(bar_);
    row->addLayout(words, 1);
    action_ = new QPushButton(this);
    remove_ = new QPushButton(tr("Remove"), this);
    remove_->setAccessibleName(tr("Remove %1").arg(title));
    row->addWidget(action_, 0, Qt::AlignVCenter);
    row->addWidget(remove_, 0, Qt::AlignVCenter);
    connect(action_, &QPushButton::clicked, this, &RuntimeRow::act);
    connect(remove_, &QPushButton::clicked, this, [this] { desk_.remove(build_.id); });
    show_state();
}

void RuntimeRow::show_state()
{
    const auto& state = desk_.state();
    const auto* installed = state.find(build_.id);
    const bool busy = desk_.installing() == build_.id;
    const bool begun = state.begun.contains(build_.id);
    const std::string obstacle = core::gpu_build_obstacle(state.cards, build_);
    bar_->setVisible(busy);
    remove_->setVisible(!busy && (installed != nullptr || begun));
    const bool fits = state.advice.build && state.advice.build->id == build_.id;
    const bool starts = started_runtime().id.toStdString() == build_.id;
    QString text;
    QString button;
    next_ = Next::none;
    if (busy) {
        next_ = Next::stop;
        button = tr("Stop");
    } else if (installed != nullptr) {
        const QString size = size_of(installed->bytes);
        if (installed->used)
            text = starts ? tr("Installed, %1. Kinora runs on it.").arg(size)
                          : tr("Installed, %1. Used from the next start on, if a card is there then.").arg(size);
        else
            text = tr("Installed, %1. Not used.").arg(size);
        next_ = installed->used ? Next::rest : Next::use;
        button = installed->used ? tr("Don't use") : tr("Use");
    } else if (desk_.is_known()) {
        if (begun)
            text = tr("Begun; what has arrived is kept.");
        else if (obstacle.empty())
            text = fits ? tr("Fits this computer.") : tr("Fits this computer as well.");
        if (obstacle.empty() || begun) {
            next_ = Next::install;
            button = begun ? tr("Go on") : tr("Install");
        }
        if (!obstacle.empty()) text += (begun ? QStringLiteral(" ") : QString()) + in_words(obstacle + ".");
    }
    status_->setText(text);
    set_style_property(status_, "kind", busy || installed != nullptr || fits || begun ? "value" : "secondary");
    action_->setVisible(next_ != Next::none);
    action_->setEnabled(busy || desk_.installing().empty());
    action_->setText(button);
    action_->setAccessibleName(tr("%1: %2").arg(accessibleName(), button));
    set_style_property(action_, "kind", next_ == Next::install && fits ? "primary" : "");
    if (busy) show_progress();
}

void RuntimeRow::show_progress()
{
    if (desk_.installing() != build_.id) return;
    const auto& now = desk_.progress();
    status_->setText(progress_words(now));
    if (now.all_total == 0) {
        bar_->setValue(0);
        return;
    }
    bar_->setValue(static_cast<int>(1000 * static_cast<double>(now.all_done) / static_cast<double>(now.all_total)));
}

void RuntimeRow::act()
{
    switch (next_) {
        case Next::install:
            return desk_.install(build_.id);
        case Next::stop:
            return desk_.stop();
        case Next::use:
            return desk_.use(build_.id);
        case Next::rest:
            return desk_.use({});
        case Next::none:
            return;
    }
}

}  // namespace kinora::ui
