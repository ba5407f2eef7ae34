#pragma once

#include <QAbstractListModel>
#include <QWidget>

#include "core/project/history.h"

class QLabel;
class QListView;
class QToolButton;

namespace kinora::ui {

/// The steps of a history as rows, the oldest first; row 0 is the project as it was opened.
class HistoryModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { k_time = Qt::UserRole, k_current, k_undone };
    using QAbstractListModel::QAbstractListModel;
    /// Takes over what changed since the last time; rows that stay are left alone.
    void follow(const core::History& history);
    [[nodiscard]] int current() const { return position_; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Row {
        QString name;
        core::History::Time time;
        friend bool operator==(const Row&, const Row&) = default;
    };
    std::vector<Row> rows_;
    int position_ = 0;
};

/// Every undo step with its name and time, the present one marked, those that were taken back dimmed. A click, or Enter,
/// goes there.
class HistoryPanel : public QWidget {
    Q_OBJECT
public:
    explicit HistoryPanel(QWidget* parent = nullptr);
    void show_history(const core::History& history);
    [[nodiscard]] QListView* list() const { return list_; }

Q_SIGNALS:
    void step_chosen(std::size_t position);
    void close_requested();

private:
    HistoryModel* model_;
    QListView* list_;
    QLabel* count_;
    bool following_ = false;
};

}  // namespace kinora::ui
