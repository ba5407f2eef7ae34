#pragma once

#include "tests/ui/studio_fixture.h"

namespace kinora::tests {

/// Writes a WAV file of a few seconds: a tone that swells and falls, so that its outline can be told from a block.
void write_tone(const std::filesystem::path& file, double seconds, double pitch = 220);

/// Fills the studio's project with a film of 40 shots made from a handful of takes: trims, gaps, dissolves and a dip,
/// markers with notes, and two sound tracks that were imported from files.
void make_film(Studio& studio, int shots = 40);

/// Handles events until filmstrips and waveforms, which come from threads of their own, have stopped coming.
void settle(Studio& studio);

}  // namespace kinora::tests
