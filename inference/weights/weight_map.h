#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "inference/weights/packed_weight.h"

namespace kinora::inference {

/// Named tensors of one model part (transformer, VAE, text encoder), as its files store them.
///
/// The tensors may be memory-mapped and read-only: never write to one in place. Every tensor that a model takes is marked,
/// so that the loader can say which of a file's tensors nobody asked for. Not thread-safe.
class WeightMap {
public:
    /// Adds a tensor; one of the same name is replaced.
    void add(std::string name, at::Tensor tensor);
    /// Adds a quantised weight, which stays as it is stored.
    void add(std::string name, std::shared_ptr<const PackedWeight> packed);

    [[nodiscard]] bool contains(std::string_view name) const;

    /// Whether `name` is there, and quantised.
    [[nodiscard]] bool is_packed(std::string_view name) const;

    /// The tensor `name`, which has to have exactly `shape`; marks it as used. A quantised one is expanded to float32.
    /// Errors name the tensor and, for another shape, both shapes.
    [[nodiscard]] core::Result<at::Tensor> take(const std::string& name, at::IntArrayRef shape);

    /// As `take`, for a quantised weight, without expanding it.
    [[nodiscard]] core::Result<std::shared_ptr<const PackedWeight>> take_packed(const std::string& name,
                                                                                at::IntArrayRef shape);

    /// Names of the tensors that nobody took, in alphabetical order.
    [[nodiscard]] std::vector<std::string> unused() const;

    /// Those that aren't quantised.
    [[nodiscard]] const std::map<std::string, at::Tensor>& tensors() const { return tensors_; }
    [[nodiscard]] const std::map<std::string, std::shared_ptr<const PackedWeight>>& packed() const { return packed_; }

private:
    std::map<std::string, at::Tensor> tensors_;
    std::map<std::string, std::shared_ptr<const PackedWeight>> packed_;
    std::set<std::string, std::less<>> used_;
};

}  // namespace kinora::inference
