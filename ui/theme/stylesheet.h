#pragma once

#include <QString>

namespace kinora::ui {

struct Roles;

/// Pixels between two buttons of the kind "link": they have no ground of their own and stand flush with what is above them.
inline constexpr int k_link_spacing = 14;

/// The application's style sheet. Widgets choose a rule by the dynamic property `kind` (for example
/// `button->setProperty("kind", "quiet")`): primary, quiet, tool, chip, pill, tab, field, editor, section, dim, secondary,
/// small, link, panel, bar-good, bar-warn, bar-bad, bar-info.
[[nodiscard]] QString stylesheet(const Roles& roles);

}  // namespace kinora::ui
