#pragma once

#include <QString>

#include "core/generation/verbs.h"

namespace kinora::ui {

/// "Remix", "Loop" …
[[nodiscard]] QString verb_title(core::Verb verb);

/// What made a take, for a take's `verb`: "Remix", "Extended"; empty for takes made from words.
[[nodiscard]] QString made_by(const std::string& verb);

}  // namespace kinora::ui
