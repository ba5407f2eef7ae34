#pragma once

#include <string>
#include <string_view>

namespace kinora::inference {

/// Cleans a prompt as the reference Wan pipelines do (`prompt_clean` of diffusers): mojibake undone, curly quotes
/// straightened, ligatures and full-width forms taken apart, terminal escapes and control characters removed, canonical
/// composition – all as ftfy's `fix_text` does by default – then HTML unescaped twice and white space collapsed. Invalid
/// UTF-8 becomes U+FFFD first. The weights were conditioned on text cleaned so; another cleaning gives other tokens.
[[nodiscard]] std::string clean_prompt(std::string_view prompt);

/// The first part alone, ftfy's `fix_text` (version 6.3 with its defaults).
[[nodiscard]] std::u32string fix_text(std::u32string_view text);

}  // namespace kinora::inference
