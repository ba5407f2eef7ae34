#pragma once

#include <QFrame>

#include "ui/shot/prompt_completion.h"

class QListView;
class QPlainTextEdit;
class QStandardItemModel;

namespace kinora::ui {

/// Suggestions below the cursor of an editor. A part of the editor's window that never has the focus: the editor hands it
/// the keys it is interested in.
class CompletionPopup : public QFrame {
    Q_OBJECT
public:
    explicit CompletionPopup(QPlainTextEdit& editor);

    /// Shows suggestions, or hides if there are none. Names have their first suggestion chosen from the start; others are
    /// taken by Tab, or by Enter once an arrow key has chosen one.
    void show_suggestions(const Suggestions& suggestions);
    [[nodiscard]] const Suggestions& suggestions() const { return suggestions_; }
    /// True if the key was meant for the popup.
    bool handle_key(int key);
    [[nodiscard]] int chosen() const;

Q_SIGNALS:
    void accepted(const kinora::ui::Suggestion& suggestion);
    void shown_or_hidden();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void accept_row(int row);
    void choose(int row);
    void place();

    QPlainTextEdit& editor_;
    QStandardItemModel* model_;
    QListView* view_;
    Suggestions suggestions_;
};

}  // namespace kinora::ui
