#pragma once

#include <QString>
#include <string_view>

namespace kinora::ui {

/// A sentence of the core (an error's, a prompt problem's) in the language in force. The core writes English; sentences that
/// aren't in the table, and parts of them such as file names, stay as they are.
[[nodiscard]] QString in_words(std::string_view sentence);

}  // namespace kinora::ui
