#include "ui/widgets/core_words.h"

#include <QCoreApplication>
#include <QStringList>
#include <optional>

namespace kinora::ui {
namespace {

/// Sentences as the core writes them, with %1 … for what differs.
constexpr const char* k_sentences[] = {
    // core/prompt
    QT_TRANSLATE_NOOP("Core", "This } closes nothing; remove it or write \\} for the character."),
    QT_TRANSLATE_NOOP("Core", "A | stands between alternatives: {dawn|dusk}; write \\| for the character."),
    QT_TRANSLATE_NOOP("Core", "A weight is a number from 0 to 4 with a point, like (word:1.3)."),
    QT_TRANSLATE_NOOP("Core", "This { is never closed; add a } or write \\{ for the character."),
    QT_TRANSLATE_NOOP("Core", "A time range reads like [0-2s], [24-48f] or [2s-end]."),
    QT_TRANSLATE_NOOP("Core", "A time range can't stand inside brackets."),
    QT_TRANSLATE_NOOP("Core", "Brackets are nested too deeply here; 32 levels are possible."),
    QT_TRANSLATE_NOOP("Core", "This time range is empty; its end has to lie after its start."),
    QT_TRANSLATE_NOOP("Core", "This time range starts after the clip's end; make the clip longer or the time smaller."),
    QT_TRANSLATE_NOOP("Core", "This time range overlaps an earlier one."),
    QT_TRANSLATE_NOOP("Core", "Weights have no effect here; the words are used without them."),
    QT_TRANSLATE_NOOP("Core", "Time ranges have no effect here; the words hold for the whole clip."),
    QT_TRANSLATE_NOOP("Core", "The prompt grows beyond 64 kB here; shorten its variables or wildcards."),
    QT_TRANSLATE_NOOP("Core", "%1 contains itself."),
    QT_TRANSLATE_NOOP("Core", "%1 leads through too many other names."),
    QT_TRANSLATE_NOOP("Core", "%1 is not among the project's variables; add it there or write \\$."),
    QT_TRANSLATE_NOOP("Core", "%1 is not among your wildcard files."),
    QT_TRANSLATE_NOOP("Core", "%1 holds a time range; those stand in the prompt itself."),
    QT_TRANSLATE_NOOP("Core", "In the negative prompt: %1"),
    QT_TRANSLATE_NOOP("Core", "In %1: %2"),
    QT_TRANSLATE_NOOP("Core", "The project-wide prompt"),
    QT_TRANSLATE_NOOP("Core", "The prompt can't be used: %1"),
    QT_TRANSLATE_NOOP("Core",
                      "The wildcard file %1 can't be named in a prompt; a name is letters, digits and single \"_\" and "
                      "begins with a letter."),
    QT_TRANSLATE_NOOP("Core", "The wildcard file %1 is not UTF-8 text; save it as UTF-8."),
    QT_TRANSLATE_NOOP("Core", "The wildcard file %1 has no lines to choose from."),
    QT_TRANSLATE_NOOP("Core", "The wildcard file %1 is longer than 10,000 lines; the first ones are used."),
    // core/project
    QT_TRANSLATE_NOOP("Core", "A variable's name is letters, digits and single \"_\" and begins with a letter, like $hero."),
    QT_TRANSLATE_NOOP("Core", "There is a variable %1 already."),
    QT_TRANSLATE_NOOP("Core", "There is no variable %1."),
    // ui/session
    QT_TRANSLATE_NOOP("Core", "There is no shot yet: add one first."),
    QT_TRANSLATE_NOOP("Core", "The prompt is empty: describe what the shot shows."),
    QT_TRANSLATE_NOOP("Core", "The shot before has no take yet: generate it first."),
    QT_TRANSLATE_NOOP("Core", "This take was imported and has no settings."),
};

/// The parts of a sentence that stand at the pattern's %1, %2; nothing if it isn't of that pattern.
std::optional<QStringList> match(const QString& sentence, const QString& pattern)
{
    QStringList found;
    qsizetype at = 0;
    qsizetype from = 0;
    for (int number = 1;; ++number) {
        const qsizetype hole = pattern.indexOf(QStringLiteral("%%1").arg(number), from);
        const QString fixed = pattern.mid(from, hole < 0 ? -1 : hole - from);
        if (number == 1) {
            if (!sentence.startsWith(fixed)) return std::nullopt;
            at = fixed.size();
        } else if (hole < 0) {
            if (!sentence.endsWith(fixed) || sentence.size() - fixed.size() <= at) return std::nullopt;
            found.append(sentence.mid(at, sentence.size() - fixed.size() - at));
            return found;
        } else {
            const qsizetype next = sentence.indexOf(fixed, at);
            if (next <= at) return std::nullopt;
            found.append(sentence.mid(at, next - at));
            at = next + fixed.size();
        }
        if (hole < 0) return sentence.size() == at ? std::optional(found) : std::nullopt;
        from = hole + 2;
    }
}

QString translated(const QString& sentence, int depth)
{
    constexpr int k_deepest = 4;
    for (const char* const pattern : k_sentences) {
        const auto parts = match(sentence, QString::fromUtf8(pattern));
        if (!parts) continue;
        QString words = QCoreApplication::translate("Core", pattern);
        for (int i = 0; i < parts->size(); ++i) {
            const QString part = depth < k_deepest ? translated((*parts)[i], depth + 1) : (*parts)[i];
            words.replace(QStringLiteral("%%1").arg(i + 1), part);
        }
        return words;
    }
    return sentence;
}

}  // namespace

QString in_words(std::string_view sentence)
{
    return translated(QString::fromUtf8(sentence.data(), static_cast<qsizetype>(sentence.size())), 0);
}

}  // namespace kinora::ui
