#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <string>

namespace kinora::inference {

/// Sees intermediate tensors by name while a model runs (parity tests, probes). Empty: nobody looks, nothing is computed for
/// it.
using TensorObserver = std::function<void(const std::string& name, const at::Tensor& tensor)>;

}  // namespace kinora::inference
