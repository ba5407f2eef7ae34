#pragma once

#include <QString>
#include <string>
#include <vector>

#include "core/prompt/syntax.h"

namespace kinora::ui {

/// A prompt in both of its counts: the grammar counts bytes of UTF-8, Qt counts UTF-16 units.
class PromptUnits {
public:
    explicit PromptUnits(const QString& text);

    [[nodiscard]] const std::string& bytes() const { return bytes_; }
    /// The unit at a byte; bytes past the end are the end.
    [[nodiscard]] int unit(std::size_t byte) const;
    /// The byte at a unit; units inside a character are its start.
    [[nodiscard]] std::size_t byte(int unit) const;

private:
    std::string bytes_;
    std::vector<int> units_;
};

}  // namespace kinora::ui
