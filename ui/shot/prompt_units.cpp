#include "ui/shot/prompt_units.h"

#include <algorithm>

namespace kinora::ui {

PromptUnits::PromptUnits(const QString& text) : bytes_(text.toStdString()), units_(bytes_.size() + 1)
{
    int unit = 0;
    for (std::size_t i = 0; i < bytes_.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes_[i]);
        units_[i] = unit;
        if (byte < 0x80 || (byte >= 0xC0 && byte < 0xF0))
            unit += 1;
        else if (byte >= 0xF0)
            unit += 2;
    }
    units_[bytes_.size()] = unit;
}

int PromptUnits::unit(std::size_t byte) const
{
    return units_[std::min(byte, bytes_.size())];
}

std::size_t PromptUnits::byte(int unit) const
{
    // Units rise with bytes; within a character's bytes the count has risen at its first one already.
    const auto found = std::lower_bound(units_.begin(), units_.end(), unit);
    if (found == units_.end()) return bytes_.size();
    return static_cast<std::size_t>(found - units_.begin());
}

}  // namespace kinora::ui
