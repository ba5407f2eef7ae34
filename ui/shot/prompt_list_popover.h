#pragma once

#include <QFrame>
#include <QString>
#include <QStringList>

class QLabel;
class QLineEdit;
class QListWidget;

namespace kinora::ui {

/// A list of prompts to choose from, below a button: the history, or what a prompt can become. With a search field where
/// `search` is set; typing goes there, arrow keys to the list, Enter chooses.
class PromptListPopover : public QFrame {
    Q_OBJECT
public:
    /// One prompt of the list.
    struct Entry {
        QString text;
        QString detail;  ///< dim, below
        int key = 0;     ///< handed back when it is chosen
    };

    enum class Search { none, field };
    PromptListPopover(const QString& name, Search search, QWidget* parent = nullptr);

    void set_heading(const QString& heading);
    /// What is said where the list is empty.
    void set_entries(const QVector<Entry>& entries, const QString& empty);
    void open_below(QWidget* anchor, int width);

    [[nodiscard]] QLineEdit* search_field() const { return search_; }
    [[nodiscard]] QListWidget* list() const { return list_; }
    [[nodiscard]] QString heading() const;

Q_SIGNALS:
    void search_changed(const QString& words);
    void chosen(int key);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void choose_current();

    QLabel* heading_;
    QLineEdit* search_ = nullptr;
    QListWidget* list_;
    QLabel* empty_;
};

}  // namespace kinora::ui
