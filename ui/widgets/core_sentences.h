#pragma once

#include <span>

namespace kinora::ui {

/// Sentences as the core writes them, with %1 … for what differs, marked for translation in the context "Core". The more
/// special come first.
[[nodiscard]] std::span<const char* const> core_sentences();

}  // namespace kinora::ui
