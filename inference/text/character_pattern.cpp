#include "inference/text/character_pattern.h"

#include <algorithm>

namespace kinora::inference {

CharacterSet::CharacterSet(std::vector<CharacterRange> ranges) : ranges_(std::move(ranges))
{
    sort();
}

CharacterSet::CharacterSet(std::u32string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i + 3 < text.size() && text[i + 1] == U'.' && text[i + 2] == U'.') {
            ranges_.push_back({text[i], text[i + 3]});
            i += 3;
        } else {
            ranges_.push_back({text[i], text[i]});
        }
    }
    sort();
}

void CharacterSet::sort()
{
    std::sort(ranges_.begin(), ranges_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<CharacterRange> merged;
    for (const CharacterRange& range : ranges_) {
        if (!merged.empty() && range.first <= merged.back().last + 1) {
            merged.back().last = std::max(merged.back().last, range.last);
        } else {
            merged.push_back(range);
        }
    }
    ranges_ = std::move(merged);
}

bool CharacterSet::contains(char32_t character) const
{
    const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), character,
                                        [](char32_t value, const CharacterRange& range) { return value < range.first; });
    return after != ranges_.begin() && character <= std::prev(after)->last;
}

CharacterSet CharacterSet::joined_with(const CharacterSet& other) const
{
    auto ranges = ranges_;
    ranges.insert(ranges.end(), other.ranges_.begin(), other.ranges_.end());
    return CharacterSet(std::move(ranges));
}

CharacterSet CharacterSet::inverted() const
{
    std::vector<CharacterRange> gaps;
    char32_t next = 0;
    for (const CharacterRange& range : ranges_) {
        if (range.first > next) gaps.push_back({next, range.first - 1});
        next = range.last + 1;
    }
    if (next <= 0x10FFFF) gaps.push_back({next, 0x10FFFF});
    return CharacterSet(std::move(gaps));
}

bool matches_at(std::u32string_view text, std::size_t position, const CharacterPattern& pattern)
{
    if (position > text.size() || pattern.size() > text.size() - position) return false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (!pattern[i].contains(text[position + i])) return false;
    }
    return true;
}

std::size_t first_match(std::u32string_view text, std::size_t position, const std::vector<CharacterPattern>& patterns)
{
    for (const CharacterPattern& pattern : patterns) {
        if (matches_at(text, position, pattern)) return pattern.size();
    }
    return 0;
}

}  // namespace kinora::inference
