#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kinora::inference {

/// Characters from `first` to `last`, both included.
struct CharacterRange {
    char32_t first;
    char32_t last;
};

/// One place of a pattern: a set of characters.
class CharacterSet {
public:
    CharacterSet() = default;
    explicit CharacterSet(std::vector<CharacterRange> ranges);
    /// The characters of `text`, and ranges of it where two are joined by "..": U"a..z?" is a to z and the question mark.
    explicit CharacterSet(std::u32string_view text);

    [[nodiscard]] bool contains(char32_t character) const;
    [[nodiscard]] CharacterSet joined_with(const CharacterSet& other) const;
    [[nodiscard]] CharacterSet inverted() const;

private:
    void sort();

    std::vector<CharacterRange> ranges_;
};

/// A sequence of sets, each of which takes one character.
using CharacterPattern = std::vector<CharacterSet>;

/// Whether `pattern` matches at `position`.
[[nodiscard]] bool matches_at(std::u32string_view text, std::size_t position, const CharacterPattern& pattern);

/// Length of the first of the patterns that matches at `position`, or 0.
[[nodiscard]] std::size_t first_match(std::u32string_view text, std::size_t position,
                                      const std::vector<CharacterPattern>& patterns);

}  // namespace kinora::inference
