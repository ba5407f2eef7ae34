#pragma once

#include <QString>
#include <QStringList>
#include <QVector>

#include "core/prompt/expand.h"
#include "ui/shot/looks.h"

namespace kinora::ui {

/// One suggestion of the completion popup.
struct Suggestion {
    enum class Kind { variable, wildcard, look, word };
    Kind kind = Kind::word;
    QString text;    ///< what is put in
    QString detail;  ///< what it stands for
    friend bool operator==(const Suggestion&, const Suggestion&) = default;
};

/// What can be suggested.
struct SuggestionSources {
    QVector<Look> looks;  ///< looks and camera moves
    QStringList words;    ///< used before, the frequent ones first
};

/// Suggestions at a cursor, and what of the text they take the place of (units, `[begin, end)`).
struct Suggestions {
    int begin = 0;
    int end = 0;
    bool named = false;  ///< names after "$" or "__": the first one is meant until another is chosen
    QVector<Suggestion> list;
};

/// When suggestions come: while typing, from two letters of a word on; or because the artist asked, then all there are.
enum class Asked { typing, key };

/// Suggestions for the word at the cursor: variables after "$", wildcards after "__", looks and camera moves by the words
/// since the last comma or by their name, then words used before. At most 40.
[[nodiscard]] Suggestions suggest(const QString& text, int cursor, const core::PromptContext& context,
                                  const SuggestionSources& sources, Asked asked);

}  // namespace kinora::ui
