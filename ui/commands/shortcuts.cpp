#include "ui/commands/shortcuts.h"

#include <QAction>

#include "ui/commands/command_book.h"

namespace kinora::ui {

Shortcuts::Shortcuts(CommandBook& book) : QObject(&book), book_(book)
{
    connect(&book, &CommandBook::collected, this, &Shortcuts::apply);
    apply();
}

void Shortcuts::set_layout(KeyLayout layout)
{
    layout_ = layout;
    apply();
}

void Shortcuts::restore(KeyLayout layout, const QMap<QString, ChangedKeys>& changed)
{
    layout_ = layout;
    changed_ = changed;
    apply();
}

QList<QKeySequence> Shortcuts::layout_default(const QString& action) const
{
    if (const auto keys = layout_keys(layout_, action)) return *keys;
    return own_.value(action);
}

QList<QKeySequence> Shortcuts::keys(const QString& action) const
{
    const auto changed = changed_.constFind(layout_id(layout_));
    if (changed != changed_.constEnd())
        if (const auto own = changed->constFind(action); own != changed->constEnd()) return *own;
    return layout_default(action);
}

bool Shortcuts::is_changed(const QString& action) const
{
    return changed_.value(layout_id(layout_)).contains(action);
}

void Shortcuts::set_keys(const QString& action, const QList<QKeySequence>& keys)
{
    ChangedKeys& changed = changed_[layout_id(layout_)];
    if (keys == layout_default(action))
        changed.remove(action);
    else
        changed[action] = keys;
    apply();
}

void Shortcuts::reset(const QString& action)
{
    changed_[layout_id(layout_)].remove(action);
    apply();
}

void Shortcuts::reset_all()
{
    changed_.remove(layout_id(layout_));
    apply();
}

const Command* Shortcuts::holder(const QString& action, const QKeySequence& key) const
{
    const Command* asking = book_.find(action);
    if (asking == nullptr) return nullptr;
    for (const Command& other : book_.commands())
        if (other.name != action && CommandBook::overlap(other.context, asking->context) && keys(other.name).contains(key))
            return &other;
    return nullptr;
}

void Shortcuts::take_from_others(const QString& action, const QKeySequence& key)
{
    while (const Command* other = holder(action, key)) {
        QList<QKeySequence> left = keys(other->name);
        left.removeAll(key);
        set_keys(other->name, left);
    }
}

std::vector<KeyConflict> Shortcuts::conflicts() const
{
    std::vector<KeyConflict> found;
    const auto& commands = book_.commands();
    for (std::size_t first = 0; first < commands.size(); ++first) {
        const auto mine = keys(commands[first].name);
        if (mine.isEmpty()) continue;
        for (std::size_t second = first + 1; second < commands.size(); ++second) {
            if (!CommandBook::overlap(commands[first].context, commands[second].context)) continue;
            for (const QKeySequence& key : keys(commands[second].name))
                if (mine.contains(key)) found.push_back({commands[first].name, commands[second].name, key});
        }
    }
    return found;
}

void Shortcuts::apply()
{
    for (const Command& command : book_.commands()) {
        if (!own_.contains(command.name)) own_.insert(command.name, command.action->shortcuts());
        const auto wanted = keys(command.name);
        if (command.action->shortcuts() != wanted) command.action->setShortcuts(wanted);
    }
    Q_EMIT changed();
}

}  // namespace kinora::ui
