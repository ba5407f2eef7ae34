#pragma once

#include <QKeySequence>
#include <QString>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;

namespace kinora::ui {

class CommandBook;
class ShortcutModel;
class Shortcuts;

/// Shows and changes the keys of every action: a layout to begin with, a search, and below the list the chosen action, whose
/// next key press is taken when asked for. A key that another action hears at the same place is shown with that action's
/// name, and moves only when the artist says so.
class ShortcutEditor : public QWidget {
    Q_OBJECT
public:
    ShortcutEditor(CommandBook& book, Shortcuts& shortcuts, QWidget* parent = nullptr);

    void choose(const QString& action);
    [[nodiscard]] bool recording() const { return recording_; }
    [[nodiscard]] QLineEdit* search() const { return search_; }
    [[nodiscard]] QListView* list() const { return list_; }
    [[nodiscard]] QComboBox* layouts() const { return layouts_; }
    [[nodiscard]] QLabel* told() const { return told_; }

Q_SIGNALS:
    /// The artist changed keys or layout; to be written to the preferences.
    void edited();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Recorded { in_place, added };
    void build();
    QWidget* build_detail();
    void show_chosen();
    void record(Recorded how);
    void stop_recording();
    void take(const QKeySequence& key);
    void assign(const QKeySequence& key);
    [[nodiscard]] QString chosen() const;

    CommandBook& book_;
    Shortcuts& shortcuts_;
    ShortcutModel* model_;
    QComboBox* layouts_;
    QLineEdit* search_;
    QListView* list_;
    QLabel* name_;
    QLabel* told_;
    QPushButton* change_;
    QPushButton* add_;
    QPushButton* clear_;
    QPushButton* reset_;
    QPushButton* take_;
    QPushButton* reset_all_;
    bool recording_ = false;
    Recorded how_ = Recorded::in_place;
    QKeySequence wanted_;  ///< recorded, and another action has it
};

/// The key of an event as a shortcut, as Qt's own shortcuts would compare it; empty for a modifier alone.
[[nodiscard]] QKeySequence pressed_keys(int key, Qt::KeyboardModifiers modifiers);

}  // namespace kinora::ui
