#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <variant>
#include <vector>

#include "core/models/ggml_type.h"

namespace kinora::inference {

/// 8-bit floats with a scale for all or one a row: value = code · scale.
enum class Float8 { e4m3fn, e5m2 };

/// A weight that stays as its file stores it (blocks of a GGUF file, 8-bit floats) and is expanded when it is used. The
/// bytes are usually mapped: a model of packed weights takes the memory of its file, and no more. Immutable.
class PackedWeight {
public:
    /// `bytes` holds the elements of `shape` in order, rows being whole blocks; it may be mapped and is kept.
    PackedWeight(core::GgmlType type, at::Tensor bytes, std::vector<std::int64_t> shape);
    /// `scales` holds one number, or as many as the first dimension of `shape` has.
    PackedWeight(Float8 type, at::Tensor bytes, std::vector<std::int64_t> shape, std::vector<float> scales);

    [[nodiscard]] const std::vector<std::int64_t>& shape() const { return shape_; }
    [[nodiscard]] std::int64_t elements() const;

    /// The whole weight in new memory, on the CPU; float32, float16 or bfloat16.
    [[nodiscard]] at::Tensor expanded(at::ScalarType dtype) const;

    /// The whole weight in memory that the next call on this thread uses again: for one operation at a time.
    [[nodiscard]] at::Tensor borrowed(at::ScalarType dtype) const;

    /// The whole weight into `out`, contiguous on the CPU; float32, float16 or bfloat16.
    void expand_into(at::Tensor& out) const;

    /// Some rows of a two-dimensional weight, in the order asked for: [rows, columns].
    [[nodiscard]] at::Tensor rows(const at::Tensor& indices, at::ScalarType dtype) const;

private:
    /// Expands elements [first, first + count), whole blocks, to float32.
    void expand(std::int64_t first, std::int64_t count, float* out) const;

    std::variant<core::GgmlType, Float8> type_;
    at::Tensor bytes_;
    std::vector<std::int64_t> shape_;
    std::vector<float> scales_;  ///< of 8-bit floats
};

}  // namespace kinora::inference
