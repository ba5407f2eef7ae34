#pragma once

#include <vector>

#include "inference/text/character_pattern.h"

namespace kinora::inference {

extern const std::vector<CharacterRange> k_mojibake_common;
extern const std::vector<CharacterRange> k_mojibake_c1;
extern const std::vector<CharacterRange> k_mojibake_bad;
extern const std::vector<CharacterRange> k_mojibake_law;
extern const std::vector<CharacterRange> k_mojibake_currency;
extern const std::vector<CharacterRange> k_mojibake_start_punctuation;
extern const std::vector<CharacterRange> k_mojibake_end_punctuation;
extern const std::vector<CharacterRange> k_mojibake_numeric;
extern const std::vector<CharacterRange> k_mojibake_kaomoji;
extern const std::vector<CharacterRange> k_mojibake_upper_accented;
extern const std::vector<CharacterRange> k_mojibake_lower_accented;
extern const std::vector<CharacterRange> k_mojibake_upper_common;
extern const std::vector<CharacterRange> k_mojibake_lower_common;
extern const std::vector<CharacterRange> k_mojibake_box;

extern const std::vector<CharacterRange> k_utf8_first_of_2;
extern const std::vector<CharacterRange> k_utf8_first_of_3;
extern const std::vector<CharacterRange> k_utf8_first_of_4;
extern const std::vector<CharacterRange> k_utf8_continuation;
extern const std::vector<CharacterRange> k_utf8_continuation_strict;

}  // namespace kinora::inference
