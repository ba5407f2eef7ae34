#pragma once

#include <QFont>

#include "ui/theme/roles.h"

namespace kinora::ui {

/// What a piece of text is, which decides its size and weight (Inter with tabular figures, pixel sizes).
enum class TextRole {
    body,       ///< 13 px
    strong,     ///< 13 px, 600
    prompt,     ///< 14 px
    secondary,  ///< 12 px
    section,    ///< 11 px, 600, slightly spaced
    small,      ///< 11 px
    ruler,      ///< 10 px
    action,     ///< 14 px, 600
};

/// Loads the fonts, sets palette, style and style sheet of the running QApplication. Called once before the first widget
/// is shown, and again to change the theme; widgets that paint themselves follow through `QEvent::PaletteChange`.
void apply_theme(ThemeKind kind);

/// The theme in force, and its colours.
[[nodiscard]] ThemeKind current_theme();
[[nodiscard]] const Roles& roles();

[[nodiscard]] QFont font(TextRole role);

}  // namespace kinora::ui
