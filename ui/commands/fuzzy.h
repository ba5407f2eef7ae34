#pragma once

#include <QString>
#include <QVector>
#include <optional>

namespace kinora::ui {

/// How well a text answers what was typed. Letters have to occur in their order; beginnings of words, runs and the start of
/// the text count more, and so does a short text.
struct FuzzyMatch {
    int score = 0;
    QVector<int> places;  ///< the letters of the text that were met, ascending
};

/// Nothing if a letter isn't met. Case and accents don't matter; spaces in what was typed separate words that may be met in
/// any order. What is empty meets everything with 0.
[[nodiscard]] std::optional<FuzzyMatch> fuzzy_match(const QString& typed, const QString& text);

}  // namespace kinora::ui
