#include "ui/runtime/runtime_page.h"

#include <QFrame>
#include <QLabel>
#include <QLocale>
#include <QStringList>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/runtime/runtime_desk.h"
#include "ui/runtime/runtime_row.h"
#include "ui/widgets/core_words.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {
namespace {

QString card_words(const core::GraphicsCard& card)
{
    QStringList facts{QString::fromStdString(card.name)};
    // As cards are sold: a "24 GB" card has 24 times 2³⁰ bytes.
    if (card.memory_gb > 0)
        facts << RuntimePage::tr("%1 GB").arg(QLocale().toString(card.memory_gb * 1e9 / (1 << 30), 'f', 0));
    facts << (card.driver.empty() ? RuntimePage::tr("no driver answers")
                                  : RuntimePage::tr("driver %1").arg(QString::fromStdString(card.driver)));
    return facts.join(QStringLiteral(" · "));
}

QString build_title(const QString& id)
{
    const auto* build = core::gpu_build(id.toStdString());
    return build == nullptr ? id : QString::fromStdString(build->title);
}

}  // namespace

RuntimePage::RuntimePage(QWidget* parent) : QWidget(parent), desk_(new RuntimeDesk(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    const auto add = [&](const QString& text, const char* kind) {
        auto* label = make_label(text, kind, this);
        label->setWordWrap(true);
        column->addWidget(label);
        return label;
    };
    add(tr("This computer"), "section");
    cards_ = add(tr("Looking for graphics cards…"), "plain");
    now_ = add({}, "secondary");
    advice_ = add({}, "secondary");
    column->addSpacing(14);
    add(tr("Builds for graphics cards"), "section");
    for (const auto& build : core::gpu_builds()) {
        auto* row = new RuntimeRow(*desk_, build, this);
        rows_.push_back(row);
        column->addWidget(row);
        auto* line = new QFrame(this);
        line->setFixedHeight(1);
        line->setObjectName(QStringLiteral("Line"));
        column->addWidget(line);
    }
    error_ = add({}, "bad");
    error_->hide();
    column->addSpacing(6);
    add(tr("pip's own client finds the packages, from the index and through the proxy it is set up for; every file is "
           "checked. "
           "They go into Kinora's data folder and no Python environment is touched. A download that was stopped goes on "
           "where it ended."),
        "small");
    column->addStretch(1);
    connect(desk_, &RuntimeDesk::changed, this, &RuntimePage::show_state);
    connect(desk_, &RuntimeDesk::moved, this, [this] {
        for (auto* row : rows_)
            row->show_progress();
    });
    show_state();
}

RuntimeRow* RuntimePage::row(const std::string& id) const
{
    const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const RuntimeRow* row) { return row->id() == id; });
    return found == rows_.end() ? nullptr : *found;
}

void RuntimePage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    desk_->refresh();
}

void RuntimePage::show_state()
{
    const auto& started = started_runtime();
    QString now = started.id.isEmpty() ? tr("Kinora works on the processor now.")
                                       : tr("Kinora works with %1 now.").arg(build_title(started.id));
    if (!started.obstacle.isEmpty()) now = in_words(started.obstacle.toStdString());
    now_->setText(now);
    set_style_property(now_, "kind", started.obstacle.isEmpty() ? "secondary" : "warn");
    if (desk_->is_known()) {
        QStringList lines;
        for (const auto& card : desk_->state().cards)
            lines << card_words(card);
        cards_->setText(lines.isEmpty() ? tr("No graphics card") : lines.join(QLatin1Char('\n')));
        advice_->setText(in_words(desk_->state().advice.reason));
    }
    error_->setText(desk_->error());
    error_->setVisible(!desk_->error().isEmpty());
    for (auto* row : rows_)
        row->show_state();
}

}  // namespace kinora::ui
