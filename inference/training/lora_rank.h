#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace kinora::training {

using NamedTensors = std::vector<std::pair<std::string, at::Tensor>>;

/// A LoRA (pairs `….lora_A.weight` [rank, in] and `….lora_B.weight` [out, rank]) whose values take `bytes` at most in 16
/// bits: of all modules' singular values those stay that say most for their size, so that ranks differ from module to
/// module (Eckart and Young, 1936, for each of them). In bfloat16; modules of which nothing stays are left out.
[[nodiscard]] NamedTensors fit_lora(const NamedTensors& lora, std::int64_t bytes);

}  // namespace kinora::training
