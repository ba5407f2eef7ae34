#pragma once

#ifdef KINORA_HAS_MEDIA

#include "core/export/conform.h"

namespace kinora::cli {

/// Frames between frames by Kinora's own network, loaded at the first of them; an error then names its file if it is
/// missing.
[[nodiscard]] media::InBetween in_between();

}  // namespace kinora::cli

#endif
