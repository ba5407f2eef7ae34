#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace kinora::inference {

/// Named tensors of one model part (transformer, VAE, text encoder), as its files store them.
///
/// The tensors may be memory-mapped and read-only: never write to one in place. Every tensor that a model takes is marked,
/// so that the loader can say which of a file's tensors nobody asked for. Not thread-safe.
class WeightMap {
public:
    /// Adds a tensor; one of the same name is replaced.
    void add(std::string name, at::Tensor tensor);

    [[nodiscard]] bool contains(std::string_view name) const;

    /// The tensor `name`, which has to have exactly `shape`; marks it as used.
    /// Errors name the tensor and, for another shape, both shapes.
    [[nodiscard]] core::Result<at::Tensor> take(const std::string& name, at::IntArrayRef shape);

    /// Names of the tensors that nobody took, in alphabetical order.
    [[nodiscard]] std::vector<std::string> unused() const;

    [[nodiscard]] const std::map<std::string, at::Tensor>& tensors() const { return tensors_; }

private:
    std::map<std::string, at::Tensor> tensors_;
    std::set<std::string, std::less<>> used_;
};

}  // namespace kinora::inference
