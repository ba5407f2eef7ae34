#pragma once

#include <QAbstractListModel>
#include <QString>
#include <vector>

namespace kinora::ui {

class CommandBook;
class Shortcuts;

/// All actions under the headings of their rooms, with their keys; filtered by words or keys.
class ShortcutModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { k_name = Qt::UserRole, k_heading, k_keys, k_changed, k_clashes };
    ShortcutModel(CommandBook& book, Shortcuts& shortcuts, QObject* parent = nullptr);
    void find(const QString& typed);
    /// The row of an action; -1 if it isn't shown.
    [[nodiscard]] int row_of(const QString& action) const;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    void refresh();
    struct Row {
        QString name;  ///< empty: a heading
        QString text;
        bool clashes = false;
    };
    CommandBook& book_;
    Shortcuts& shortcuts_;
    QString typed_;
    std::vector<Row> rows_;
};

}  // namespace kinora::ui
