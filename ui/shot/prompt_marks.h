#pragma once

#include <QString>
#include <QTextEdit>
#include <vector>

#include "core/prompt/expand.h"

class QTextDocument;

namespace kinora::ui {

/// Something to underline in a prompt, in units of its text, and what is said about it.
struct PromptProblem {
    int begin = 0;
    int end = 0;
    QString text;          ///< in the language in force
    bool warning = false;  ///< the prompt can be used all the same
    std::string unknown;   ///< the variable that is missing, if that is the problem
    friend bool operator==(const PromptProblem&, const PromptProblem&) = default;
};

/// What is wrong in a prompt, errors before warnings.
[[nodiscard]] std::vector<PromptProblem> prompt_problems(const QString& text, const core::PromptContext& context);

/// The grammar in the theme's colours, what falls off dimmed, problems underlined; in the order they lie over each other.
[[nodiscard]] QList<QTextEdit::ExtraSelection> prompt_marks(QTextDocument& document, const std::vector<core::TextRange>& cut,
                                                            const std::vector<PromptProblem>& problems);

}  // namespace kinora::ui
