#pragma once

#include <string>
#include <string_view>

namespace kinora::inference {

/// Decodes character references as HTML 5 says and as Python's `html.unescape` does: with or without semicolon, the longest
/// known beginning of a name, numbers by the standard's table.
[[nodiscard]] std::u32string unescape_html(std::u32string_view text);

/// The careful form of ftfy: only references with a semicolon, but also names that were put into capitals as a whole.
[[nodiscard]] std::u32string unescape_html_carefully(std::u32string_view text);

}  // namespace kinora::inference
