#include "inference/weights/packed_weight.h"

#include <ATen/ops/embedding.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

#include "inference/models/widest.h"
#include "inference/weights/dequantize.h"

namespace kinora::inference {
namespace {

/// Numbers that are expanded at a time: a multiple of all block sizes, small enough for the processor's nearest memory.
constexpr std::int64_t k_chunk = 4096;

template <typename T>
void convert(const float* from, std::int64_t count, T* to)
{
    for (std::int64_t i = 0; i < count; ++i)
        to[i] = static_cast<T>(from[i]);
}

}  // namespace

PackedWeight::PackedWeight(core::GgmlType type, at::Tensor bytes, std::vector<std::int64_t> shape)
    : type_(type), bytes_(std::move(bytes)), shape_(std::move(shape))
{
}

PackedWeight::PackedWeight(Float8 type, at::Tensor bytes, std::vector<std::int64_t> shape, std::vector<float> scales)
    : type_(type), bytes_(std::move(bytes)), shape_(std::move(shape)), scales_(std::move(scales))
{
}

std::int64_t PackedWeight::elements() const
{
    return std::accumulate(shape_.begin(), shape_.end(), std::int64_t{1}, std::multiplies<>());
}

void PackedWeight::expand(std::int64_t first, std::int64_t count, float* out) const
{
    const auto* bytes = static_cast<const std::byte*>(bytes_.const_data_ptr());
    if (const auto* type = std::get_if<core::GgmlType>(&type_)) {
        const auto form = core::ggml_block(*type);
        const auto block = first / static_cast<std::int64_t>(form.elements);
        dequantize(*type, bytes + block * static_cast<std::int64_t>(form.bytes), count, out);
        return;
    }
    const float* values = std::get<Float8>(type_) == Float8::e4m3fn ? float8_e4m3fn_values() : float8_e5m2_values();
    const std::int64_t per_scale = elements() / static_cast<std::int64_t>(scales_.size());
    for (std::int64_t i = 0; i < count;) {
        const std::int64_t row = (first + i) / per_scale;
        const std::int64_t end = std::min(count, (row + 1) * per_scale - first);
        const float scale = scales_[static_cast<std::size_t>(row)];
        for (; i < end; ++i)
            out[i] = values[static_cast<std::uint8_t>(bytes[first + i])] * scale;
    }
}

void PackedWeight::expand_into(at::Tensor& out) const
{
    const std::int64_t count = elements();
    const auto chunks = (count + k_chunk - 1) / k_chunk;
    void* data = out.mutable_data_ptr();
    const auto dtype = out.scalar_type();
    in_parallel(chunks, 4, [&](std::int64_t begin, std::int64_t end) {
        float buffer[k_chunk];
        for (std::int64_t chunk = begin; chunk < end; ++chunk) {
            const std::int64_t first = chunk * k_chunk;
            const std::int64_t length = std::min(k_chunk, count - first);
            if (dtype == at::kFloat) {
                expand(first, length, static_cast<float*>(data) + first);
                continue;
            }
            expand(first, length, buffer);
            if (dtype == at::kBFloat16)
                convert(buffer, length, static_cast<at::BFloat16*>(data) + first);
            else
                convert(buffer, length, static_cast<at::Half*>(data) + first);
        }
    });
}

at::Tensor PackedWeight::expanded(at::ScalarType dtype) const
{
    at::Tensor out = at::empty(shape_, at::TensorOptions().dtype(dtype));
    expand_into(out);
    return out;
}

at::Tensor PackedWeight::borrowed(at::ScalarType dtype) const
{
    thread_local at::Tensor memory;
    const auto bytes = elements() * static_cast<std::int64_t>(c10::elementSize(dtype));
    if (!memory.defined() || memory.numel() < bytes) memory = at::empty({bytes}, at::TensorOptions().dtype(at::kByte));
    at::Tensor out = at::from_blob(
        memory.mutable_data_ptr(), shape_, [kept = memory](void*) {}, at::TensorOptions().dtype(dtype));
    expand_into(out);
    return out;
}

at::Tensor PackedWeight::rows(const at::Tensor& indices, at::ScalarType dtype) const
{
    const auto wanted = indices.to(at::kCPU, at::kLong).contiguous();
    const std::int64_t width = shape_.back();
    const auto* type = std::get_if<core::GgmlType>(&type_);
    // Rows of a weight that was flattened for its quantisation begin within blocks.
    if (type != nullptr && width % static_cast<std::int64_t>(core::ggml_block(*type).elements) != 0)
        return at::embedding(expanded(dtype), wanted);
    at::Tensor out = at::empty({wanted.numel(), width}, at::TensorOptions().dtype(at::kFloat));
    const auto* index = wanted.const_data_ptr<std::int64_t>();
    for (std::int64_t row = 0; row < wanted.numel(); ++row)
        expand(index[row] * width, width, out.mutable_data_ptr<float>() + row * width);
    return out.to(dtype);
}

}  // namespace kinora::inference
