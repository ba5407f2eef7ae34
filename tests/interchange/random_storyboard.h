#pragma once

#include <array>

#include "core/project/project.h"

namespace kinora::tests {

/// The rates that editing suites know.
inline constexpr std::array<core::FrameRate, 8> k_delivery_rates{
    core::FrameRate(24000, 1001), core::FrameRate(24), core::FrameRate(25),          core::FrameRate(30000, 1001),
    core::FrameRate(30),          core::FrameRate(50), core::FrameRate(60000, 1001), core::FrameRate(60)};

/// A storyboard with takes of many rates, stills, gaps, shots without takes, transitions, sounds and markers. The same seed
/// gives the same storyboard; it keeps the rules of a document.
[[nodiscard]] core::Project random_storyboard(unsigned seed, core::FrameRate rate);

/// A recipe with a prompt and a seed.
[[nodiscard]] core::Recipe some_recipe(const std::string& prompt, std::uint64_t seed);

}  // namespace kinora::tests
