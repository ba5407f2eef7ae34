#include "ui/widgets/core_words.h"

#include <QCoreApplication>
#include <QStringList>
#include <optional>

#include "ui/widgets/core_sentences.h"

namespace kinora::ui {
namespace {

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
    for (const char* const pattern : core_sentences()) {
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
