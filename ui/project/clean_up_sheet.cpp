#include "ui/project/clean_up_sheet.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/project/disk_bar.h"
#include "ui/project/disk_cleaner.h"
#include "ui/project/file_list.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/words.h"

namespace kinora::ui {
namespace {

using core::CleanUpItem;
using core::CleanUpKind;

std::uint64_t bytes_of(const std::vector<CleanUpItem>& items)
{
    std::uint64_t bytes = 0;
    for (const CleanUpItem& item : items)
        bytes += item.bytes;
    return bytes;
}

QString size_of(std::uint64_t bytes)
{
    return size_words(static_cast<std::int64_t>(bytes));
}

QString what_it_is(CleanUpKind kind)
{
    switch (kind) {
        case CleanUpKind::take:
            return CleanUpSheet::tr("Takes that are neither starred nor chosen");
        case CleanUpKind::latents:
            return CleanUpSheet::tr("Only the latents of such takes; they stay, but can't be decoded again");
        case CleanUpKind::unlisted:
            return CleanUpSheet::tr("Takes that no shot lists any more");
        case CleanUpKind::media:
            return CleanUpSheet::tr("Imported files that nothing uses");
        case CleanUpKind::partial:
            return CleanUpSheet::tr("What interrupted saves and imports left behind");
    }
    return {};
}

QString short_name(CleanUpKind kind)
{
    switch (kind) {
        case CleanUpKind::take:
            return CleanUpSheet::tr("take");
        case CleanUpKind::latents:
            return CleanUpSheet::tr("latents");
        case CleanUpKind::unlisted:
            return CleanUpSheet::tr("unlisted");
        case CleanUpKind::media:
            return CleanUpSheet::tr("imported");
        case CleanUpKind::partial:
            return CleanUpSheet::tr("left over");
    }
    return {};
}

}  // namespace

CleanUpSheet::CleanUpSheet(DiskCleaner& cleaner, QWidget* window)
    : Sheet(window, tr("Disk use and clean-up"), {680, 640}), cleaner_(cleaner)
{
    total_ = make_label({}, "secondary", card());
    bar_ = new DiskBar(card());
    body()->addWidget(total_);
    body()->addWidget(bar_);
    body()->addWidget(make_label(tr("What could go"), "section", card()));
    for (const CleanUpKind kind :
         {CleanUpKind::unlisted, CleanUpKind::partial, CleanUpKind::media, CleanUpKind::take, CleanUpKind::latents}) {
        auto* box = new QCheckBox(card());
        box->setChecked(kind == CleanUpKind::unlisted || kind == CleanUpKind::partial);
        boxes_[kind] = box;
        body()->addWidget(box);
        connect(box, &QCheckBox::toggled, this, &CleanUpSheet::show_state);
    }
    auto* well = new QFrame(card());
    well->setProperty("kind", "well");
    auto* inside = new QVBoxLayout(well);
    inside->setContentsMargins(1, 4, 1, 4);
    list_ = new FileList(tr("What goes"), well);
    list_->setSelectionMode(QAbstractItemView::NoSelection);
    inside->addWidget(list_);
    body()->addWidget(well, 1);
    auto* foot = new QHBoxLayout;
    told_ = make_label({}, "secondary", card());
    told_->setWordWrap(true);
    remove_ = new QPushButton(card());
    remove_->setProperty("kind", "primary");
    foot->addWidget(told_, 1);
    foot->addWidget(remove_);
    body()->addLayout(foot);
    set_first(boxes_[CleanUpKind::unlisted]);
    connect(remove_, &QPushButton::clicked, this, [this] { cleaner_.clean(kinds()); });
    connect(&cleaner_, &DiskCleaner::changed, this, &CleanUpSheet::show_state);
    connect(this, &Sheet::opened, &cleaner_, &DiskCleaner::measure);
    show_state();
}

std::set<CleanUpKind> CleanUpSheet::kinds() const
{
    std::set<CleanUpKind> chosen;
    for (const auto& [kind, box] : boxes_)
        if (box->isChecked()) chosen.insert(kind);
    return chosen;
}

void CleanUpSheet::set_read_only(const QString& reason)
{
    read_only_ = reason;
    show_state();
}

void CleanUpSheet::show_state()
{
    bar_->show_use(cleaner_.use());
    total_->setText(cleaner_.busy() ? tr("Measuring…") : tr("This project takes %1.").arg(size_of(cleaner_.use().total())));
    for (const auto& [kind, box] : boxes_) {
        const auto& items = cleaner_.items(kind);
        const QString size = size_of(bytes_of(items));
        box->setText(items.empty()       ? tr("%1 – none").arg(what_it_is(kind))
                     : items.size() == 1 ? tr("%1 – 1 item, %2").arg(what_it_is(kind), size)
                                         : tr("%1 – %2 items, %3").arg(what_it_is(kind)).arg(items.size()).arg(size));
        box->setEnabled(!items.empty());
    }
    if (boxes_[CleanUpKind::take]->isChecked()) boxes_[CleanUpKind::latents]->setEnabled(false);
    auto plan = cleaner_.chosen(kinds());
    std::stable_sort(plan.begin(), plan.end(), [](const CleanUpItem& a, const CleanUpItem& b) { return a.bytes > b.bytes; });
    std::vector<FileRow> rows;
    for (const CleanUpItem& item : plan)
        rows.push_back({cleaner_.title(item),
                        QStringLiteral("%1 · %2").arg(short_name(item.kind), QString::fromStdString(item.path)),
                        size_of(item.bytes), FileRow::Mark::none});
    list_->show_rows(std::move(rows));
    const bool can = !plan.empty() && !cleaner_.busy() && read_only_.isEmpty();
    remove_->setEnabled(can);
    remove_->setText(plan.empty()       ? tr("Remove")
                     : plan.size() == 1 ? tr("Remove 1 item, free %1").arg(size_of(bytes_of(plan)))
                                        : tr("Remove %1 items, free %2").arg(plan.size()).arg(size_of(bytes_of(plan))));
    told_->setText(!read_only_.isEmpty()
                       ? read_only_
                       : tr("Starred and chosen takes are never touched. What is removed can't be brought back."));
}

}  // namespace kinora::ui
