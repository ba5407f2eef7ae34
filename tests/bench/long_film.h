#pragma once

#include "core/project/project.h"

namespace kinora::tests {

/// Fills a project with shots of four takes each, every fifth with a dissolve, and a sound clip for each shot. Ends the
/// program if that breaks a rule of the document.
void fill(core::Project& project, int shots);

}  // namespace kinora::tests
