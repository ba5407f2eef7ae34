#include "core/base/memory_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <string_view>
#include <utility>

#include "core/base/text.h"

namespace kinora::core {
namespace {

constexpr double k_gigabyte = 1e9;

}  // namespace

Result<std::int64_t> parse_memory(const std::string& text)
{
    const auto wrong = [&] {
        return make_error(ErrorKind::invalid_argument,
                          in_quotes(text) + " is no amount of memory; write it as 6GB, 512MB or 5.5GiB.");
    };
    double number = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || !std::isfinite(number) || number <= 0) return wrong();
    std::string unit;
    for (const char* place = rest; place != text.data() + text.size(); ++place)
        if (*place != ' ') unit.push_back(static_cast<char>(*place >= 'a' && *place <= 'z' ? *place - 'a' + 'A' : *place));
    constexpr std::array<std::pair<std::string_view, double>, 12> units{{{"", 1.0},
                                                                         {"B", 1.0},
                                                                         {"K", 1e3},
                                                                         {"KB", 1e3},
                                                                         {"M", 1e6},
                                                                         {"MB", 1e6},
                                                                         {"G", 1e9},
                                                                         {"GB", 1e9},
                                                                         {"TB", 1e12},
                                                                         {"KIB", 1024.0},
                                                                         {"MIB", 1048576.0},
                                                                         {"GIB", 1073741824.0}}};
    for (const auto& [name, factor] : units)
        if (unit == name && number * factor >= 1 && number * factor < 1e15)
            return static_cast<std::int64_t>(number * factor);
    return wrong();
}

std::string memory_text(std::int64_t bytes)
{
    std::array<char, 32> text{};
    const double value = static_cast<double>(bytes);
    if (value < k_gigabyte)
        std::snprintf(text.data(), text.size(), "%.0f MB", value / 1e6);
    else
        std::snprintf(text.data(), text.size(), "%.1f GB", value / k_gigabyte);
    return text.data();
}

}  // namespace kinora::core
