#pragma once

#include <string>
#include <string_view>

namespace kinora::core {

/// The text in double quotes, for names of files and tensors in messages.
[[nodiscard]] inline std::string in_quotes(std::string_view text)
{
    std::string result;
    result.reserve(text.size() + 2);
    result += '"';
    result += text;
    result += '"';
    return result;
}

}  // namespace kinora::core
