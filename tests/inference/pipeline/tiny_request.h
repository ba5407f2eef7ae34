#pragma once

#include "core/generation/request.h"

namespace kinora::tests {

/// A small clip asked of a golden pipeline: 5 frames of 64×64 in 4 steps.
inline core::GenerationRequest tiny_request()
{
    core::GenerationRequest request;
    request.prompt = {{.text = "a red balloon over hills"}};
    request.prompt_text = "a red balloon over hills";
    request.model_id = "tiny";
    request.width = 64;
    request.height = 64;
    request.frames = 5;
    request.steps = 4;
    request.guidance = 3.0F;
    request.seed = 7;
    request.device = "cpu";
    request.dtype = "float32";
    return request;
}

}  // namespace kinora::tests
