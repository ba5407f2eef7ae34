#include "ui/commands/fuzzy.h"

#include <algorithm>
#include <limits>

namespace kinora::ui {
namespace {

/// Lower case without accents, one character for each of the text's.
QString plain(const QString& text)
{
    QString result;
    result.reserve(text.size());
    for (const QChar letter : text) {
        const QString parts = letter.decompositionTag() == QChar::NoDecomposition ? QString(letter) : letter.decomposition();
        result += (parts.isEmpty() ? letter : parts.front()).toLower();
    }
    return result;
}

int worth(const QString& text, int place, int previous)
{
    const bool start = place == 0 || !text[place - 1].isLetterOrNumber();
    int score = start ? 8 : 1;
    if (place == 0) score += 4;
    if (previous >= 0 && place == previous + 1) score += 6;
    return score;
}

/// The best way to meet one word, by trying each place for each letter: the table holds the best score that ends there.
std::optional<FuzzyMatch> match_word(const QString& word, const QString& text)
{
    constexpr int k_none = std::numeric_limits<int>::min() / 2;
    const int letters = static_cast<int>(word.size());
    const int places = static_cast<int>(text.size());
    if (letters > places) return std::nullopt;
    QVector<QVector<int>> best(letters, QVector<int>(places, k_none));
    QVector<QVector<int>> from(letters, QVector<int>(places, -1));
    for (int letter = 0; letter < letters; ++letter)
        for (int place = letter; place < places; ++place) {
            if (text[place] != word[letter]) continue;
            if (letter == 0) {
                best[0][place] = worth(text, place, -1);
                continue;
            }
            for (int before = letter - 1; before < place; ++before) {
                if (best[letter - 1][before] == k_none) continue;
                const int gap = std::min(place - before - 1, 6);
                const int score = best[letter - 1][before] + worth(text, place, before) - gap;
                if (score > best[letter][place]) {
                    best[letter][place] = score;
                    from[letter][place] = before;
                }
            }
        }
    const auto& last = best[letters - 1];
    const auto end = std::max_element(last.begin(), last.end());
    if (*end == k_none) return std::nullopt;
    FuzzyMatch match{*end, {}};
    int place = static_cast<int>(end - last.begin());
    for (int letter = letters - 1; letter >= 0; --letter) {
        match.places.prepend(place);
        place = from[letter][place];
    }
    return match;
}

}  // namespace

std::optional<FuzzyMatch> fuzzy_match(const QString& typed, const QString& text)
{
    FuzzyMatch whole;
    const QString ground = plain(text);
    for (const QString& word : plain(typed).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const auto match = match_word(word, ground);
        if (!match) return std::nullopt;
        whole.score += match->score;
        whole.places += match->places;
    }
    if (whole.places.isEmpty()) return whole;
    std::sort(whole.places.begin(), whole.places.end());
    whole.places.erase(std::unique(whole.places.begin(), whole.places.end()), whole.places.end());
    whole.score -= static_cast<int>(ground.size()) / 8;
    return whole;
}

}  // namespace kinora::ui
