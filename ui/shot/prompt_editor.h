#pragma once

#include <QFrame>
#include <QString>
#include <QTimer>

#include "core/prompt/expand.h"

class QKeyEvent;
class QLabel;
class QPlainTextEdit;

namespace kinora::ui {

/// The prompt: text with its weights, alternatives, variables and times in colour, slips underlined, and the model's token
/// count in the corner. It has no undo of its own; the document's is used, so that one history tells everything.
class PromptEditor : public QFrame {
    Q_OBJECT
public:
    explicit PromptEditor(QWidget* parent = nullptr);

    [[nodiscard]] QString text() const;
    /// Shows other text without `text_edited`; the cursor stays where it was as far as that exists.
    void set_text(const QString& text);
    /// Length, rate and variables, for underlining what doesn't fit them.
    void set_context(core::PromptContext context);
    /// `limit` 0 hides the count.
    void set_token_count(int used, int limit);
    [[nodiscard]] QPlainTextEdit* edit() const { return edit_; }
    /// The first thing that is wrong in the text, one sentence; empty if nothing is.
    [[nodiscard]] const QString& problem() const { return problem_; }
    [[nodiscard]] QString count_text() const;

Q_SIGNALS:
    /// The artist changed the text.
    void text_edited(const QString& text);
    /// Nothing was typed for a second: what follows is another undo step.
    void typing_paused();
    void generate_requested();
    void undo_requested();
    void redo_requested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    bool handle_key(QKeyEvent* event);
    void weigh(double delta);
    void highlight();
    void place_footer();

    QPlainTextEdit* edit_;
    QLabel* count_;
    core::PromptContext context_;
    QTimer pause_;
    QString problem_;
    bool setting_ = false;
};

}  // namespace kinora::ui
