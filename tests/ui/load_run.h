#pragma once

#include <filesystem>
#include <string>

#include "tests/ui/studio_fixture.h"
#include "ui/meter/stall_log.h"

namespace kinora::tests {

/// What the window did while the stall meter listened.
struct LoadFigures {
    ui::StallReport log;
    int generated = 0;  ///< takes that were made
    int imported = 0;   ///< files that were brought in
    int scrubbed = 0;   ///< places that the playhead was dragged to
    int saved = 0;      ///< times that the project was written
    /// The longest that this thread computed without answering; what others had the core for doesn't count.
    [[nodiscard]] double worst_computed() const;
    /// Stalls of which more than 16 ms were computed.
    [[nodiscard]] int computed_stalls() const;
};

/// Generates, imports, scrubs, edits and saves at once, in the real window, for so many seconds; what the stall meter heard
/// goes into `log` and is read from there.
[[nodiscard]] LoadFigures run_load(Studio& studio, double seconds, const std::filesystem::path& log);

/// The figures and the stalls in a few lines.
[[nodiscard]] std::string told(const LoadFigures& figures);

/// Runs the load for `KINORA_LOAD_SECONDS` (8 unless told otherwise), prints what it came to, and checks that all of it
/// happened.
[[nodiscard]] LoadFigures checked_load(Studio& studio);

}  // namespace kinora::tests
