#pragma once

#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QMap>
#include <QObject>
#include <QString>
#include <vector>

#include "ui/commands/key_layouts.h"

namespace kinora::ui {

class CommandBook;
struct Command;

/// What the artist changed in a layout: keys by the action's name.
using ChangedKeys = QMap<QString, QList<QKeySequence>>;

/// Two actions that hear the same key at the same place.
struct KeyConflict {
    QString first;   ///< name of an action
    QString second;  ///< name of another
    QKeySequence key;
};

/// Gives the actions of a window their keys: those of a layout, with what the artist changed on top. Each layout keeps its
/// own changes.
class Shortcuts : public QObject {
    Q_OBJECT
public:
    explicit Shortcuts(CommandBook& book);

    [[nodiscard]] KeyLayout layout() const { return layout_; }
    void set_layout(KeyLayout layout);
    /// Takes over layout and changes from the preferences at once.
    void restore(KeyLayout layout, const QMap<QString, ChangedKeys>& changed);
    /// Changes of every layout, by its id.
    [[nodiscard]] const QMap<QString, ChangedKeys>& changed_keys() const { return changed_; }

    /// The keys an action has now, and those of the layout.
    [[nodiscard]] QList<QKeySequence> keys(const QString& action) const;
    [[nodiscard]] QList<QKeySequence> layout_default(const QString& action) const;
    [[nodiscard]] bool is_changed(const QString& action) const;
    /// Keys as wanted; those of the layout make the change forgotten.
    void set_keys(const QString& action, const QList<QKeySequence>& keys);
    void reset(const QString& action);
    /// All of this layout.
    void reset_all();

    /// Who else hears this key where the action does; null if nobody. The pointer lives until the book grows.
    [[nodiscard]] const Command* holder(const QString& action, const QKeySequence& key) const;
    /// Takes the key away from all who would hear it beside the action.
    void take_from_others(const QString& action, const QKeySequence& key);
    [[nodiscard]] std::vector<KeyConflict> conflicts() const;

Q_SIGNALS:
    /// Keys were given out anew.
    void changed();

private:
    void apply();
    CommandBook& book_;
    KeyLayout layout_ = KeyLayout::kinora;
    QHash<QString, QList<QKeySequence>> own_;  ///< Kinora's, as the actions were made
    QMap<QString, ChangedKeys> changed_;
};

}  // namespace kinora::ui
