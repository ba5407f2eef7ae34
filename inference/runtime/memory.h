#pragma once

#include <c10/core/Device.h>

#include <cstdint>

namespace kinora::inference {

/// Anonymous memory of this process that is in RAM, in bytes: what was allocated, without the pages of mapped files, which
/// the system can drop at any time. 0 where the system doesn't say.
[[nodiscard]] std::int64_t anonymous_memory();

/// Memory that this process could take on top of what it has before the system or the container's limit (control groups 1
/// and 2) stops it, in bytes; pages of files that can be dropped count as free.
[[nodiscard]] std::int64_t free_memory();

/// Memory in use for a run on `device`: anonymous memory, and what libtorch has allocated on a card.
[[nodiscard]] std::int64_t memory_in_use(const c10::Device& device);

/// Free memory of `device` in bytes: of the card, or `free_memory()`.
[[nodiscard]] std::int64_t free_memory_of(const c10::Device& device);

/// Gives memory that was freed, but is kept for what may come, back to the system: between stages, whose needs differ.
void give_back_memory(const c10::Device& device);

}  // namespace kinora::inference
