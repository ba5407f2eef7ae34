#include "inference/text/mojibake.h"
#include "inference/text/mojibake_tables.h"
#include "inference/text/unicode_text.h"

namespace kinora::inference {
namespace {

/// Sets that are made of the tables below, by one letter each.
CharacterSet category(char letter)
{
    switch (letter) {
        case 'c':
            return CharacterSet(k_mojibake_common);
        case '1':
            return CharacterSet(k_mojibake_c1);
        case 'b':
            return CharacterSet(k_mojibake_bad);
        case 'w':
            return CharacterSet(k_mojibake_law);
        case '$':
            return CharacterSet(k_mojibake_currency);
        case 's':
            return CharacterSet(k_mojibake_start_punctuation);
        case 'e':
            return CharacterSet(k_mojibake_end_punctuation);
        case 'n':
            return CharacterSet(k_mojibake_numeric);
        case 'k':
            return CharacterSet(k_mojibake_kaomoji);
        case 'U':
            return CharacterSet(k_mojibake_upper_accented);
        case 'L':
            return CharacterSet(k_mojibake_lower_accented);
        case 'C':
            return CharacterSet(k_mojibake_upper_common);
        case 'D':
            return CharacterSet(k_mojibake_lower_common);
        default:
            return CharacterSet(k_mojibake_box);
    }
}

/// The union of categories, named by their letters, and further characters.
CharacterSet any(std::string_view categories, std::u32string_view more = {})
{
    CharacterSet set(more);
    for (char letter : categories)
        set = set.joined_with(category(letter));
    return set;
}

CharacterSet one_of(std::u32string_view characters)
{
    return CharacterSet(characters);
}

/// Every character for which `accepts` holds.
template <typename Predicate>
CharacterSet all_that(Predicate accepts)
{
    std::vector<CharacterRange> ranges;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (!accepts(c)) continue;
        if (!ranges.empty() && ranges.back().last + 1 == c) {
            ranges.back().last = c;
        } else {
            ranges.push_back({c, c});
        }
    }
    return CharacterSet(std::move(ranges));
}

/// Sequences of categories that are unlikely in text that was meant so.
std::vector<CharacterPattern> unlikely_sequences()
{
    const auto letters = one_of(U"a..zA..Z");
    const auto space = all_that(is_python_space);
    return {
        {any("1")},
        {any("bLUxse$nw"), any("b")},
        {letters, any("DC"), any("b")},
        {any("b"), any("LUxse$nw")},
        {any("LDxe$n"), any("U")},
        {any("xe$n"), any("L")},
        {any("Lxe"), any("$")},
        {space, any("U"), any("$")},
        {any("Ux"), any("nw")},
        {any("LUx$e"), any("s"), any("n")},
        {any("LU$nxw"), any("e"), any("s")},
        {any("$nx"), any("s")},
        {one_of(U"a..z"), any("U"), any("s$")},
        {any("x"), any("k")},
        {any("LU$nsew"), any("x")},
        {any("x"), any("e")},
        {any("LU"), any("se"), all_that(is_word_character)},
    };
}

/// Sequences that single mistakes are known by.
std::vector<CharacterPattern> known_sequences()
{
    const auto arabic = any("cb$ns", U"ŸŠ®°µ»");
    const auto cyrillic = any("1bse$", U"°µ");
    const auto greek = any("1bse$", U"°");
    const auto space = all_that(is_python_space);
    const auto a_hat = one_of(U"ÃÂ");
    const auto blank = one_of(U" ");
    return {
        {one_of(U"Œœ"), one_of(U"A..Za..z").inverted()},
        {any("U"), one_of(U"°")},
        {one_of(U"ÂÃÎÐ"), any("se", U"€œŠš¢£Ÿž\u00A0\u00AD®©°·»–—´")},
        {one_of(U"×"), one_of(U"²³")},
        {one_of(U"ØÙ"), arabic, one_of(U"ØÙ"), arabic},
        {one_of(U"à"), one_of(U"²µ¹¼½¾")},
        {one_of(U"√"), one_of(U"±∂†≠®™´≤≥¥µø")},
        {one_of(U"≈"), one_of(U"°¢")},
        {one_of(U"‚"), one_of(U"Ä"), one_of(U"ìîïòôúùû†°¢π")},
        {one_of(U"‚"), one_of(U"âó"), one_of(U"àä°ê")},
        {one_of(U"в"), one_of(U"Ђ")},
        {one_of(U"ВГРС"), cyrillic, one_of(U"ВГРС")},
        {one_of(U"Г"), one_of(U"ў"), one_of(U"В"), one_of(U"Ђ"), one_of(U"В"), one_of(U"\n").inverted(),
         one_of(U"A..Za..z ")},
        {one_of(U"Ã"), one_of(U"\u00A0¡")},
        {one_of(U"a..z"), a_hat, blank},
        {one_of(U"a..z"), space, a_hat, blank},
        {any("e", U"a..z.,?!"), one_of(U"Â"), any("se", U" ")},
        {one_of(U"β"), one_of(U"€"), one_of(U"™\u00A0Ά\u00AD®°")},
        {one_of(U"ΒΓΞΟ"), greek, one_of(U"ΒΓΞΟ")},
        {one_of(U"ā"), one_of(U"€")},
    };
}

}  // namespace

bool looks_like_mojibake(std::u32string_view text)
{
    static const auto unlikely = unlikely_sequences();
    static const auto known = known_sequences();
    if (text.size() > 1 && (text[0] == U'Ã' || text[0] == U'Â') && text[1] == U' ') return true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (first_match(text, i, unlikely) > 0 || first_match(text, i, known) > 0) return true;
    }
    return false;
}

}  // namespace kinora::inference
