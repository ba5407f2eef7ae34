#pragma once

#include "ui/session/engine.h"

namespace kinora::studio {

/// The engine as the studio gets it: libtorch's generator on the queue's worker, a second one that only reads
/// configurations for estimates, and the models' own tokenizers. Cheap: nothing is loaded before it is asked for.
[[nodiscard]] ui::Engine make_engine();

}  // namespace kinora::studio
