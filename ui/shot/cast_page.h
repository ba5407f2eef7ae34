#pragma once

#include <QStringList>
#include <QVector>
#include <QWidget>
#include <map>
#include <string>

#include "core/prompt/expand.h"
#include "core/prompt/wildcards.h"
#include "ui/shot/prompt_completion.h"

class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace kinora::ui {

class CastRow;
class PromptEditor;

/// What the page shows of the project.
struct CastView {
    std::map<std::string, std::string> variables;
    std::map<std::string, int> uses;  ///< shots that use a variable
    std::string common_prompt;
    std::string common_negative_prompt;
};

/// Where the cursor goes in a variable's row.
enum class CastField { name, text };

/// The cast-and-style page: variables that all shots share, the prompts that are added to every shot, and the artist's
/// wildcards.
class CastPage : public QWidget {
    Q_OBJECT
public:
    explicit CastPage(QWidget* parent = nullptr);

    void show_cast(const CastView& view);
    void show_wildcards(const core::Wildcards& wildcards);
    /// For the colours, problems and suggestions of every field.
    void set_context(const core::PromptContext& context, const SuggestionSources& sources);
    /// Puts the cursor into a variable's row, once that is shown.
    void focus_variable(const QString& name, CastField field);
    void focus_first();

    [[nodiscard]] const QVector<CastRow*>& rows() const { return rows_; }
    [[nodiscard]] PromptEditor* common() const { return common_; }
    [[nodiscard]] PromptEditor* common_negative() const { return negative_; }
    [[nodiscard]] QPushButton* add_button() const { return add_; }
    [[nodiscard]] QToolButton* back_button() const { return back_; }
    [[nodiscard]] QString wildcards_text() const;

Q_SIGNALS:
    void back_requested();
    void variable_edited(const QString& name, const QString& text);
    void add_requested();
    void renamed(const QString& from, const QString& to);
    void remove_requested(const QString& name);
    void common_edited(const QString& text);
    void common_negative_edited(const QString& text);
    void typing_paused();
    void wildcard_folder_requested();
    void undo_requested();
    void redo_requested();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void build_header(QVBoxLayout* column);
    void build_common(QVBoxLayout* column);
    void connect_editor(PromptEditor* editor);
    void match_rows(const std::map<std::string, std::string>& variables);
    CastRow* make_row(const QString& name);

    QVBoxLayout* list_;
    QToolButton* back_;
    QPushButton* add_;
    QLabel* empty_;
    QLabel* wildcards_;
    PromptEditor* common_;
    PromptEditor* negative_;
    QVector<CastRow*> rows_;
    core::PromptContext context_;
    SuggestionSources sources_;
    QString wanted_;  ///< variable that gets the focus when it is there
    CastField wanted_field_ = CastField::text;
};

}  // namespace kinora::ui
