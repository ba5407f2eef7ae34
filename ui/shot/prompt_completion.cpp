#include "ui/shot/prompt_completion.h"

#include <QCoreApplication>
#include <algorithm>

namespace kinora::ui {
namespace {

constexpr int k_most = 40;
constexpr int k_fewest_letters = 2;

bool is_letter(QChar c)
{
    return c.isLetterOrNumber() || c.isSurrogate() || c.isMark();
}

bool belongs_to_name(QChar c)
{
    return is_letter(c) || c == QLatin1Char('_');
}

bool ends_phrase(QChar c)
{
    return QStringLiteral(",.;:!?()[]{}|\n\"").contains(c);
}

/// Start of the run of characters before `cursor` for which `belongs` holds.
template <typename Belongs>
int run_start(const QString& text, int cursor, Belongs belongs)
{
    int begin = cursor;
    while (begin > 0 && belongs(text[begin - 1]))
        --begin;
    return begin;
}

/// True if an odd number of backslashes stands before `at`.
bool is_escaped(const QString& text, int at)
{
    const int begin = run_start(text, at, [](QChar c) { return c == QLatin1Char('\\'); });
    return (at - begin) % 2 == 1;
}

QString lines_words(std::size_t count)
{
    return QCoreApplication::translate("PromptEditor", "one of %n line(s)", "", static_cast<int>(count));
}

void add_names(const QString& begun, const core::PromptContext& context, Suggestion::Kind kind, Suggestions& result)
{
    const auto add = [&](const std::string& name, const QString& detail) {
        const QString shown = QString::fromStdString(name);
        if (!shown.startsWith(begun, Qt::CaseInsensitive)) return;
        const QString text =
            kind == Suggestion::Kind::variable ? QStringLiteral("$") + shown : QStringLiteral("__%1__").arg(shown);
        result.list.append({kind, text, detail});
    };
    if (kind == Suggestion::Kind::variable)
        for (const auto& [name, text] : context.variables)
            add(name, QString::fromStdString(text).simplified());
    else
        for (const auto& [name, lines] : context.wildcards)
            add(name, lines_words(lines.size()));
}

/// Names begun with "$" or "__" just before the cursor.
bool suggest_names(const QString& text, int cursor, const core::PromptContext& context, Suggestions& result)
{
    const int begin = run_start(text, cursor, belongs_to_name);
    if (begin > 0 && text[begin - 1] == QLatin1Char('$') && !is_escaped(text, begin - 1)) {
        result.begin = begin - 1;
        result.end = cursor;
        while (result.end < text.size() && is_letter(text[result.end]))
            ++result.end;
        add_names(text.mid(begin, cursor - begin), context, Suggestion::Kind::variable, result);
        return result.named = true;
    }
    const QString run = text.mid(begin, cursor - begin);
    const int lines = run.lastIndexOf(QStringLiteral("__"));
    // An even number of "__" before the cursor: the last one closed a name.
    if (lines < 0 || run.count(QStringLiteral("__")) % 2 == 0) return false;
    result.begin = begin + lines;
    result.end = cursor;
    if (QStringView(text).mid(cursor).startsWith(QStringLiteral("__"))) result.end += 2;
    add_names(run.mid(lines + 2), context, Suggestion::Kind::wildcard, result);
    return result.named = true;
}

/// Looks whose words go on where the phrase at the cursor begins, or whose name begins so.
void add_looks(const QString& text, const QString& phrase, const SuggestionSources& sources, Asked asked,
               Suggestions& result)
{
    for (const Look& look : sources.looks) {
        const bool fits =
            look.text.startsWith(phrase, Qt::CaseInsensitive) || look_name(look).startsWith(phrase, Qt::CaseInsensitive);
        const bool whole = look.text.compare(phrase, Qt::CaseInsensitive) == 0;
        if (!fits || whole || (has_look(text, look) && asked == Asked::typing)) continue;
        // A name that only says the words again tells less than what kind of look it is.
        const bool same = look_name(look).compare(look.text, Qt::CaseInsensitive) == 0;
        result.list.append({Suggestion::Kind::look, look.text, same ? look_group(look) : look_name(look)});
    }
}

void suggest_words(const QString& text, int cursor, const SuggestionSources& sources, Asked asked, Suggestions& result)
{
    int phrase = run_start(text, cursor, [](QChar c) { return !ends_phrase(c); });
    while (phrase < cursor && text[phrase].isSpace())
        ++phrase;
    const int word = run_start(text, cursor, [](QChar c) { return is_letter(c) || c == QLatin1Char('-'); });
    const auto enough = [&](int begin) { return cursor - begin >= k_fewest_letters || asked == Asked::key; };
    // In the middle of a word, or behind a space, nothing is suggested while typing.
    const bool inside = cursor < text.size() && is_letter(text[cursor]);
    if (asked == Asked::typing && (inside || word == cursor)) return;
    result.begin = phrase;
    result.end = cursor;
    if (enough(phrase)) add_looks(text, text.mid(phrase, cursor - phrase), sources, asked, result);
    if (!result.list.isEmpty() || !enough(word)) return;
    result.begin = word;
    const QString begun = text.mid(word, cursor - word);
    add_looks(text, begun, sources, asked, result);
    for (const QString& known : sources.words) {
        if (begun.isEmpty() || result.list.size() >= k_most) break;
        if (known.size() > begun.size() && known.startsWith(begun, Qt::CaseInsensitive))
            result.list.append({Suggestion::Kind::word, known, {}});
    }
}

}  // namespace

Suggestions suggest(const QString& text, int cursor, const core::PromptContext& context, const SuggestionSources& sources,
                    Asked asked)
{
    cursor = std::clamp(cursor, 0, static_cast<int>(text.size()));
    Suggestions result{cursor, cursor, false, {}};
    if (suggest_names(text, cursor, context, result)) {
        if (result.list.size() > k_most) result.list.resize(k_most);
        return result;
    }
    suggest_words(text, cursor, sources, asked, result);
    const bool nothing_begun = result.begin == cursor && asked == Asked::key;
    if (nothing_begun) {
        add_names({}, context, Suggestion::Kind::variable, result);
        add_names({}, context, Suggestion::Kind::wildcard, result);
    }
    if (result.list.size() > k_most) result.list.resize(k_most);
    return result;
}

}  // namespace kinora::ui
