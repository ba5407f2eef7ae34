#include "ui/history/history_panel.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/history/history_row.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {
namespace {

/// Steps that the session names in the document, where they stay in English so that a history reads the same in every
/// language's files.
[[maybe_unused]] const char* const k_session_steps[] = {
    QT_TRANSLATE_NOOP("kinora::ui::HistoryPanel", "Rename project"),
    QT_TRANSLATE_NOOP("kinora::ui::HistoryPanel", "Change prompt"),
    QT_TRANSLATE_NOOP("kinora::ui::HistoryPanel", "Change negative prompt"),
    QT_TRANSLATE_NOOP("kinora::ui::HistoryPanel", "Change settings"),
    QT_TRANSLATE_NOOP("kinora::ui::HistoryPanel", "Add shot"),
    QT_TRANSLATE_NOOP("kinora::ui::HistoryPanel", "Trim shot"),
    QT_TRANSLATE_NOOP("kinora::ui::HistoryPanel", "Select take"),
    QT_TRANSLATE_NOOP("kinora::ui::HistoryPanel", "Star take"),
    QT_TRANSLATE_NOOP("kinora::ui::HistoryPanel", "Unstar take"),
    QT_TRANSLATE_NOOP("kinora::ui::HistoryPanel", "Remove take"),
    QT_TRANSLATE_NOOP("kinora::ui::HistoryPanel", "Use a take's settings"),
    QT_TRANSLATE_NOOP("kinora::ui::HistoryPanel", "Set reference"),
    QT_TRANSLATE_NOOP("kinora::ui::HistoryPanel", "Set export range"),
    QT_TRANSLATE_NOOP("kinora::ui::HistoryPanel", "Clear export range"),
};

QString time_text(core::History::Time time)
{
    const auto moment = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count());
    return moment.time().toString(QStringLiteral("HH:mm:ss"));
}

}  // namespace

void HistoryModel::follow(const core::History& history)
{
    const auto row_at = [&](std::size_t position) {
        const QString name =
            position == 0 ? HistoryPanel::tr("As opened")
                          : QCoreApplication::translate("kinora::ui::HistoryPanel", history.name(position - 1).c_str());
        return Row{name, history.time(position)};
    };
    const std::size_t size = history.size() + 1;
    std::size_t same = 0;
    while (same < rows_.size() && same < size && rows_[same].time == history.time(same) && rows_[same] == row_at(same))
        ++same;
    if (same < rows_.size()) {
        beginRemoveRows({}, static_cast<int>(same), static_cast<int>(rows_.size()) - 1);
        rows_.resize(same);
        endRemoveRows();
    }
    if (same < size) {
        beginInsertRows({}, static_cast<int>(same), static_cast<int>(size) - 1);
        for (std::size_t position = same; position < size; ++position)
            rows_.push_back(row_at(position));
        endInsertRows();
    }
    position_ = static_cast<int>(history.position());
    Q_EMIT dataChanged(index(0), index(rowCount() - 1), {k_current, k_undone});
}

int HistoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Row& row = rows_[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
            return row.name;
        case Qt::ToolTipRole:
            return QLocale().toString(QDateTime::fromMSecsSinceEpoch(row.time.time_since_epoch().count()),
                                      QLocale::LongFormat);
        case Qt::AccessibleTextRole:
            return HistoryPanel::tr("%1, %2%3")
                .arg(row.name, time_text(row.time), index.row() == position_ ? HistoryPanel::tr(", now") : QString());
        case k_time:
            return time_text(row.time);
        case k_current:
            return index.row() == position_;
        case k_undone:
            return index.row() > position_;
        default:
            return {};
    }
}

HistoryPanel::HistoryPanel(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(16, 4, 8, 4);
    head->setSpacing(8);
    count_ = make_label({}, "small", this);
    auto* close = make_icon_button(QStringLiteral("close"), tr("Close the history"), {}, this);
    head->addWidget(make_label(tr("History"), "strong", this));
    head->addWidget(count_);
    head->addStretch(1);
    head->addWidget(close);
    column->addLayout(head);
    auto* line = new QFrame(this);
    line->setFixedHeight(1);
    line->setObjectName(QStringLiteral("Line"));
    column->addWidget(line);
    model_ = new HistoryModel(this);
    list_ = new QListView(this);
    list_->setModel(model_);
    list_->setItemDelegate(new HistoryRow(list_));
    list_->setAccessibleName(tr("Steps"));
    list_->setMouseTracking(true);
    list_->setUniformItemSizes(true);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(list_, 1);
    const auto choose = [this](const QModelIndex& index) {
        if (index.isValid()) Q_EMIT step_chosen(static_cast<std::size_t>(index.row()));
    };
    connect(list_, &QListView::clicked, this, choose);
    connect(list_, &QListView::activated, this, choose);
    connect(close, &QToolButton::clicked, this, &HistoryPanel::close_requested);
}

void HistoryPanel::show_history(const core::History& history)
{
    const bool moved = model_->current() != static_cast<int>(history.position()) || model_->rowCount() == 0;
    model_->follow(history);
    count_->setText(history.size() == 1 ? tr("1 step") : tr("%1 steps").arg(history.size()));
    const QModelIndex now = model_->index(model_->current());
    if (moved) list_->scrollTo(now);
    list_->setCurrentIndex(now);
}

}  // namespace kinora::ui
