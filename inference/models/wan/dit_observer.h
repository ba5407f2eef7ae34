#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <functional>
#include <string>

namespace kinora::inference {

/// Sees intermediate tensors by name while a model runs (parity tests, probes). Empty: nobody looks, nothing is computed for
/// it.
using TensorObserver = std::function<void(const std::string& name, const at::Tensor& tensor)>;

/// Called before each block, with its number: for progress within a step, and to leave a step by an exception.
using BlockHook = std::function<void(std::size_t block)>;

}  // namespace kinora::inference
