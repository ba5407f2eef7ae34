#include "ui/shot/prompt_marks.h"

#include <QTextCursor>
#include <QTextDocument>
#include <algorithm>

#include "ui/shot/prompt_units.h"
#include "ui/theme/theme.h"
#include "ui/widgets/core_words.h"

namespace kinora::ui {
namespace {

QColor colour_of(core::HighlightKind kind)
{
    switch (kind) {
        case core::HighlightKind::weight:
            return roles().prompt_weight;
        case core::HighlightKind::alternative:
        case core::HighlightKind::wildcard:
            return roles().prompt_alternative;
        case core::HighlightKind::variable:
            return roles().prompt_variable;
        case core::HighlightKind::time:
            return roles().prompt_time;
    }
    return roles().text;
}

/// The variable whose name stands in a range, if the project has none of that name.
std::string unknown_variable(std::string_view typed, const core::PromptContext& context)
{
    if (typed.size() < 2 || typed.front() != '$') return {};
    std::string name(typed.substr(1));
    return context.variables.contains(name) ? std::string() : name;
}

}  // namespace

std::vector<PromptProblem> prompt_problems(const QString& text, const core::PromptContext& context)
{
    const PromptUnits units(text);
    std::vector<PromptProblem> problems;
    for (const core::PromptError& error : core::check_prompt(units.bytes(), context)) {
        const auto typed = std::string_view(units.bytes()).substr(error.range.begin, error.range.end - error.range.begin);
        problems.push_back({units.unit(error.range.begin), units.unit(error.range.end), in_words(error.message),
                            error.warning, unknown_variable(typed, context)});
    }
    std::stable_partition(problems.begin(), problems.end(), [](const PromptProblem& problem) { return !problem.warning; });
    return problems;
}

QList<QTextEdit::ExtraSelection> prompt_marks(QTextDocument& document, const std::vector<core::TextRange>& cut,
                                              const std::vector<PromptProblem>& problems)
{
    const PromptUnits units(document.toPlainText());
    QList<QTextEdit::ExtraSelection> selections;
    const auto add = [&](int begin, int end, const QTextCharFormat& format) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(&document);
        selection.cursor.setPosition(begin);
        selection.cursor.setPosition(end, QTextCursor::KeepAnchor);
        selection.format = format;
        selections.append(selection);
    };
    for (const auto& mark : core::parse_prompt(units.bytes()).highlights) {
        QTextCharFormat format;
        format.setForeground(colour_of(mark.kind));
        add(units.unit(mark.range.begin), units.unit(mark.range.end), format);
    }
    for (const core::TextRange range : cut) {
        QTextCharFormat format;
        format.setForeground(roles().faint);
        add(units.unit(range.begin), units.unit(range.end), format);
    }
    const int length = static_cast<int>(document.toPlainText().size());
    for (const PromptProblem& problem : problems) {
        QTextCharFormat format;
        format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        format.setUnderlineColor(problem.warning ? roles().warn : roles().bad);
        add(std::min(problem.begin, length), std::min(problem.end, length), format);
    }
    return selections;
}

}  // namespace kinora::ui
