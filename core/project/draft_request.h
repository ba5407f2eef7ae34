#pragma once

#include "core/project/shot_prompt.h"

namespace kinora::core {

/// Frames that a draft has at most.
inline constexpr int k_draft_frames = 33;

/// What the engine is asked for so that a shot's prompt shows itself moving while it is written: a draft by the model's own
/// few steps, with the shot's seed, references, LoRAs and size, so that a take with this seed looks alike. A shot that is
/// much larger than the model's usual size is drawn smaller, in its shape. Of the prompt's variants the first one is drawn,
/// but with a locked seed the one that a take will have.
///
/// `invalid_argument` for a blank prompt, one of which nothing falls into the draft's frames, and with the first thing that
/// is wrong in a prompt; `unsupported` if the model has no draft.
[[nodiscard]] Result<GenerationRequest> draft_request(const Project& project, const Shot& shot,
                                                      const ModelCapabilities& model, const Wildcards& wildcards);

}  // namespace kinora::core
