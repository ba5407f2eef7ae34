#pragma once

#include "core/export/take_source.h"
#include "ui/session/engine.h"

namespace kinora::ui {

/// Decodes latents with the job's engine, which outlives the result; empty where there is none.
[[nodiscard]] media::DecodeLatents decoder_of(JobEngine& engine);

}  // namespace kinora::ui
