#pragma once

#include <filesystem>

#include "tests/ui/studio_fixture.h"

namespace kinora::tests {

/// Types a path into the file dialog that is open, and Enter.
void answer_dialog(const std::filesystem::path& path);

/// Writes a PNG of one colour.
void write_picture(const std::filesystem::path& file, const QColor& colour);

/// Puts a file from outside into the project as a shot, without copying it.
void link_picture(Studio& studio, const std::filesystem::path& file);

/// Makes everything below a folder look as old as two hours, as if nobody worked on it.
void age(const std::filesystem::path& folder);

/// Waits until the project is on disk as it is.
void wait_until_saved(Studio& studio);

}  // namespace kinora::tests
