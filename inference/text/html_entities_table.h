#pragma once

#include <string_view>

namespace kinora::inference {

/// "name=code[+code]," for every named character reference, codes in hexadecimal, names without their semicolon.
extern const std::string_view k_html_entities;

/// "name," for those that HTML also takes without a semicolon.
extern const std::string_view k_html_entities_without_semicolon;

}  // namespace kinora::inference
