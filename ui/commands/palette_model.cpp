#include "ui/commands/palette_model.h"

#include <QAction>
#include <algorithm>

#include "ui/commands/command_book.h"
#include "ui/commands/fuzzy.h"
#include "ui/commands/key_layouts.h"

namespace kinora::ui {
namespace {

/// Letters met in the title count for the title's painting; words may also be met in the room's name and the tool tip.
std::optional<FuzzyMatch> match_command(const QString& typed, const QString& title, const QString& room, const QString& tip)
{
    if (auto match = fuzzy_match(typed, title)) {
        match->score += 20;
        return match;
    }
    if (auto match = fuzzy_match(typed, title + QLatin1Char(' ') + room)) {
        match->places.removeIf([&](int place) { return place >= title.size(); });
        match->score += 10;
        return match;
    }
    // In a whole sentence any letters are met somewhere; only whole words count there.
    for (const QString& word : typed.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        if (word.size() < 3 || !(QLatin1Char(' ') + tip).contains(QLatin1Char(' ') + word, Qt::CaseInsensitive))
            return std::nullopt;
    return FuzzyMatch{0, {}};
}

}  // namespace

PaletteModel::PaletteModel(CommandBook& book, QObject* parent) : QAbstractListModel(parent), book_(book) {}

void PaletteModel::find(const QString& typed, const QStringList& recent)
{
    beginResetModel();
    rows_.clear();
    for (const Command& command : book_.commands()) {
        if (!command.action->isVisible()) continue;
        Row row{command.action,
                command.name,
                CommandBook::title(command),
                CommandBook::room_title(command.room),
                disabled_reason(command),
                {},
                0,
                0};
        const auto match = match_command(typed, row.title, row.room, command.action->toolTip());
        if (!match) continue;
        row.places = match->places;
        row.score = match->score;
        const auto place = recent.indexOf(command.name);
        row.age = place < 0 ? static_cast<int>(recent.size()) : static_cast<int>(place);
        // What was run lately wins among about equals.
        if (place >= 0 && !typed.trimmed().isEmpty()) row.score += std::max(1, 6 - row.age);
        rows_.push_back(std::move(row));
    }
    std::stable_sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
        if (a.score != b.score) return a.score > b.score;
        return a.age < b.age;
    });
    endResetModel();
}

QAction* PaletteModel::action(int row) const
{
    return row >= 0 && row < rowCount() ? rows_[static_cast<std::size_t>(row)].action.data() : nullptr;
}

int PaletteModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Row& row = rows_[static_cast<std::size_t>(index.row())];
    if (!row.action) return {};
    const QString keys = keys_for_people(row.action->shortcuts());
    switch (role) {
        case Qt::DisplayRole:
            return row.title;
        case Qt::ToolTipRole:
            return row.action->toolTip();
        case Qt::AccessibleTextRole:
            return QStringList{row.title, row.room, keys, row.reason}.join(QStringLiteral(", "));
        case k_room:
            return row.room;
        case k_keys:
            return keys;
        case k_reason:
            return row.reason;
        case k_places:
            return QVariant::fromValue(row.places);
        case k_icon:
            return row.action->property("iconName");
        case k_checked:
            return row.action->isCheckable() ? QVariant(row.action->isChecked()) : QVariant();
        case k_name:
            return row.name;
        default:
            return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex&) const
{
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

}  // namespace kinora::ui
