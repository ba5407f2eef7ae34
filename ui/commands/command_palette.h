#pragma once

#include <QPointer>
#include <QStringList>
#include <QWidget>

class QAction;
class QFrame;
class QLabel;
class QLineEdit;
class QListView;

namespace kinora::ui {

class CommandBook;
class PaletteModel;

/// Finds any action by its name and runs it: type, arrows, Enter. Lies over the window's upper part; Esc or a click beside
/// it closes it and gives the focus back.
class CommandPalette : public QWidget {
    Q_OBJECT
public:
    CommandPalette(CommandBook& book, QWidget* window);

    /// With the names of the actions that were run last, the last one first.
    void open(const QStringList& recent);
    void dismiss();
    [[nodiscard]] QLineEdit* field() const { return field_; }
    [[nodiscard]] QListView* list() const { return list_; }

Q_SIGNALS:
    /// An action was run from here.
    void ran(const QString& name);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void search();
    void place();
    void choose(int row);
    void run(int row);

    CommandBook& book_;
    PaletteModel* model_;
    QFrame* card_;
    QLineEdit* field_;
    QListView* list_;
    QLabel* none_;
    QStringList recent_;
    QPointer<QWidget> before_;  ///< had the focus
};

}  // namespace kinora::ui
