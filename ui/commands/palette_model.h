#pragma once

#include <QAbstractListModel>
#include <QPointer>
#include <QStringList>
#include <QVector>
#include <vector>

class QAction;

namespace kinora::ui {

class CommandBook;

/// The actions that answer what was typed, the best first; without a word those that were run last, then all the others in
/// the order of the menus.
class PaletteModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        k_room = Qt::UserRole,  ///< "Storyboard"
        k_keys,                 ///< "Ctrl+K   S"
        k_reason,               ///< why it can't be done now; empty: it can
        k_places,               ///< letters of the text that were met
        k_icon,
        k_checked,  ///< for what is on or off: true or false; else nothing
        k_name,
    };
    explicit PaletteModel(CommandBook& book, QObject* parent = nullptr);
    void find(const QString& typed, const QStringList& recent);
    [[nodiscard]] QAction* action(int row) const;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    /// A row that can't be chosen is still shown.
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Row {
        QPointer<QAction> action;
        QString name;
        QString title;
        QString room;
        QString reason;
        QVector<int> places;
        int score = 0;
        int age = 0;  ///< place among the recent ones
    };
    CommandBook& book_;
    std::vector<Row> rows_;
};

}  // namespace kinora::ui
