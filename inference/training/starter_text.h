#pragma once

#include "inference/text/umt5_config.h"

namespace kinora::training {

/// UMT5 encoder of 3 layers, width 256.
[[nodiscard]] inference::Umt5Config starter_text_config();

}  // namespace kinora::training
