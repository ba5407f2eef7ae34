#pragma once

#include <QPointer>
#include <QString>
#include <QTimer>
#include <QWidget>
#include <vector>

#include "core/prompt/expand.h"
#include "ui/session/prompt_desk.h"
#include "ui/shot/completion_popup.h"
#include "ui/shot/prompt_completion.h"
#include "ui/shot/prompt_marks.h"

class QFrame;
class QKeyEvent;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace kinora::ui {

class PromptText;

/// What a prompt editor is for, which decides its height and what stands below it.
enum class PromptUse {
    shot,   ///< a shot's prompt: large, with token count and variants
    other,  ///< negative prompts, variables, project-wide prompts: grows from one line
};

/// A prompt: text with its weights, alternatives, variables and times in colour, what the model doesn't see dimmed, slips
/// underlined and explained in a line below, suggestions while typing, and the model's token count in the corner. It has no
/// undo of its own; the document's is used, so that one history tells everything.
///
/// Keys: Ctrl+Enter generates, Ctrl+Up and Ctrl+Down weigh the selection or the word at the cursor, Alt+Down suggests,
/// Alt+Up opens the history.
class PromptEditor : public QWidget {
    Q_OBJECT
public:
    explicit PromptEditor(PromptUse use = PromptUse::shot, QWidget* parent = nullptr);
    ~PromptEditor() override;

    [[nodiscard]] QString text() const;
    /// Shows other text without `text_edited`; the cursor stays where it was as far as that exists.
    void set_text(const QString& text);
    /// For screen readers, and what an empty editor says.
    void set_names(const QString& accessible_name, const QString& hint);
    /// Length, rate, variables and wildcards, for underlining what doesn't fit them and for suggestions.
    void set_context(core::PromptContext context);
    void set_suggestion_sources(SuggestionSources sources);
    /// `limit` 0 hides the count.
    void set_tokens(const TokenReport& tokens);
    /// Something to know about this prompt that isn't in its text; shown where there is no problem.
    void set_remark(const QString& remark);

    [[nodiscard]] QPlainTextEdit* edit() const;
    [[nodiscard]] CompletionPopup* popup() const { return popup_; }
    /// The first thing that is wrong in the text, one sentence; empty if nothing is.
    [[nodiscard]] QString problem() const;
    [[nodiscard]] QString count_text() const;
    /// "6 variants", or empty where there is one.
    [[nodiscard]] QString variants_text() const;
    [[nodiscard]] QPushButton* variants_button() const { return variants_; }
    [[nodiscard]] QPushButton* define_button() const { return define_; }
    [[nodiscard]] const core::PromptContext& context() const { return context_; }

Q_SIGNALS:
    /// The artist changed the text.
    void text_edited(const QString& text);
    /// Nothing was typed for a second: what follows is another undo step.
    void typing_paused();
    void generate_requested();
    void undo_requested();
    void redo_requested();
    void history_requested();
    void variants_requested();
    /// A variable that is used but isn't there shall be made.
    void define_requested(const QString& name);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void build(PromptUse use);
    bool claims(const QKeyEvent& key) const;
    bool handle_key(QKeyEvent* event);
    void text_changed();
    void weigh(double delta);
    void look_again();
    void mark();
    void show_note();
    void show_suggestions(Asked asked);
    void accept(const Suggestion& suggestion);
    [[nodiscard]] bool still_typed(const PromptProblem& problem) const;
    [[nodiscard]] QString tip_at(int position) const;
    void fit_height();

    PromptUse use_;
    QFrame* frame_;
    PromptText* edit_;
    QLabel* count_;
    QPushButton* variants_;
    QLabel* note_;
    QPushButton* define_;
    QPointer<CompletionPopup> popup_;  ///< lies in the window, over its other parts
    core::PromptContext context_;
    SuggestionSources sources_;
    TokenReport tokens_;
    std::vector<PromptProblem> problems_;
    QString remark_;
    QString last_;  ///< text as it was last looked at
    QTimer pause_;
    bool setting_ = false;
};

}  // namespace kinora::ui
