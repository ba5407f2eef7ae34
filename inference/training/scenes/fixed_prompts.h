#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "inference/training/scenes/scene_spec.h"

namespace kinora::training {

/// One of the prompts by which a trained starter is graded, each with place, time, subject and colour.
struct FixedPrompt {
    SceneSpec spec;          ///< what the text says; its drawing is the answer to compare with
    std::string_view text;   ///< the prompt as it is given to the model
    std::uint64_t seed = 0;  ///< seed of the generation: the prompt's number
};

constexpr std::size_t k_fixed_prompts = 24;

/// The prompts, fixed before they are tried so that nobody can choose the flattering ones afterwards. Twenty have all eight
/// outdoor places of the first world, all times of day, all colours and ten subjects; four show the places indoors.
[[nodiscard]] const std::array<FixedPrompt, k_fixed_prompts>& fixed_prompts();

}  // namespace kinora::training
