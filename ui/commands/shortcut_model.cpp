#include "ui/commands/shortcut_model.h"

#include <QSet>
#include <algorithm>

#include "ui/commands/command_book.h"
#include "ui/commands/shortcuts.h"

namespace kinora::ui {

ShortcutModel::ShortcutModel(CommandBook& book, Shortcuts& shortcuts, QObject* parent)
    : QAbstractListModel(parent), book_(book), shortcuts_(shortcuts)
{
    connect(&shortcuts, &Shortcuts::changed, this, &ShortcutModel::refresh);
    refresh();
}

void ShortcutModel::find(const QString& typed)
{
    typed_ = typed.simplified();
    refresh();
}

void ShortcutModel::refresh()
{
    QSet<QString> clashing;
    for (const KeyConflict& conflict : shortcuts_.conflicts()) {
        clashing.insert(conflict.first);
        clashing.insert(conflict.second);
    }
    std::vector<Row> rows;
    QString room;
    for (const Command& command : book_.commands()) {
        const QString title = CommandBook::title(command);
        const QString heading = CommandBook::room_title(command.room);
        const QString keys = keys_for_people(shortcuts_.keys(command.name));
        const QString all = title + QLatin1Char(' ') + heading + QLatin1Char(' ') + keys;
        bool met = true;
        for (const QString& word : typed_.split(QLatin1Char(' '), Qt::SkipEmptyParts))
            met = met && all.contains(word, Qt::CaseInsensitive);
        if (!met) continue;
        if (heading != room) rows.push_back({{}, heading, false});
        room = heading;
        rows.push_back({command.name, title, clashing.contains(command.name)});
    }
    // The same rows keep their place in the list, so that a changed key doesn't scroll it.
    const bool same = std::equal(rows.begin(), rows.end(), rows_.begin(), rows_.end(),
                                 [](const Row& a, const Row& b) { return a.name == b.name && a.text == b.text; });
    if (same) {
        rows_ = std::move(rows);
        if (!rows_.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    rows_ = std::move(rows);
    endResetModel();
}

int ShortcutModel::row_of(const QString& action) const
{
    for (std::size_t row = 0; row < rows_.size(); ++row)
        if (!action.isEmpty() && rows_[row].name == action) return static_cast<int>(row);
    return -1;
}

int ShortcutModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant ShortcutModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Row& row = rows_[static_cast<std::size_t>(index.row())];
    const QString keys = row.name.isEmpty() ? QString() : keys_for_people(shortcuts_.keys(row.name));
    switch (role) {
        case Qt::DisplayRole:
            return row.text;
        case Qt::AccessibleTextRole:
            return keys.isEmpty() ? row.text : row.text + QStringLiteral(", ") + keys;
        case k_name:
            return row.name;
        case k_heading:
            return row.name.isEmpty();
        case k_keys:
            return keys;
        case k_changed:
            return shortcuts_.is_changed(row.name);
        case k_clashes:
            return row.clashes;
        default:
            return {};
    }
}

Qt::ItemFlags ShortcutModel::flags(const QModelIndex& index) const
{
    const bool heading = index.data(k_heading).toBool();
    return heading ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

}  // namespace kinora::ui
