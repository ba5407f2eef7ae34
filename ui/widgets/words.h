#pragma once

#include <QString>
#include <cstdint>

namespace kinora::ui {

/// "14 s", "1 min 20 s", "2 h 5 min".
[[nodiscard]] QString duration_words(double seconds);

/// "7.4 GB", "680 MB", "12 kB".
[[nodiscard]] QString size_words(std::int64_t bytes);

/// The first words of a prompt without its syntax, for titles.
[[nodiscard]] QString prompt_title(const QString& prompt, int characters = 48);

}  // namespace kinora::ui
