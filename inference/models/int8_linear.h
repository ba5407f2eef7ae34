#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <mutex>

/// Linears in 8-bit integers: a scale for each output of the weight, which is found once, and a scale for each row of the
/// activations, found at every use. Sums are exact, so the same bits come out for any number of threads.
namespace kinora::inference {

struct Linear;

/// A matrix [out, in] in 8 bits, laid out as its device multiplies fastest. Immutable once made.
class Int8Weight {
public:
    /// From float32, float16 or bfloat16. On a processor in `memory`, where it is large enough for it.
    [[nodiscard]] static Int8Weight quantised(const at::Tensor& weight, const at::Device& device, at::Tensor memory = {});

    [[nodiscard]] std::int64_t out() const { return out_; }
    [[nodiscard]] std::int64_t in() const { return in_; }
    [[nodiscard]] at::Device device() const { return values_.device(); }
    /// Bytes that the weight takes on a processor.
    [[nodiscard]] static std::int64_t bytes(std::int64_t out, std::int64_t in);
    /// The weight as numbers again, float32 [out, in].
    [[nodiscard]] at::Tensor expanded() const;

private:
    friend at::Tensor int8_product(const Int8Weight&, const struct Int8Rows&, const at::Tensor&, bool);

    std::int64_t out_ = 0;
    std::int64_t in_ = 0;
    at::Tensor values_;  ///< panels (`int8_tiles.h`), or [out, in] on a card
    at::Tensor scales_;  ///< float32, of each output
    at::Tensor sums_;    ///< int32, 128 · the sum of each output's values: what the activations' offset adds
};

/// Activations in 8 bits, a scale for each row.
struct Int8Rows {
    at::Tensor values;  ///< [rows, width]; on a processor unsigned, 128 added, the width rounded up to whole runs
    at::Tensor scales;  ///< float32 [rows]
    at::Tensor source;  ///< what they were made of, [..., in]
};

/// `x` [..., in], float32 or bfloat16.
[[nodiscard]] Int8Rows quantise_rows(const at::Tensor& x);

/// x·weightᵀ + bias in the source's type, [..., out]; `gelu`: passed through GELU in its tanh form. `bias` may be undefined.
[[nodiscard]] at::Tensor int8_product(const Int8Weight& weight, const Int8Rows& x, const at::Tensor& bias,
                                      bool gelu = false);

/// The 8-bit form of one layer's weight: made when it is first used, and made again after the weight was replaced.
class Int8Slot {
public:
    /// `keeps`: made once; else at every use, into memory that the layers of a thread share.
    explicit Int8Slot(bool keeps) : keeps_(keeps) {}

    [[nodiscard]] std::shared_ptr<const Int8Weight> of(const Linear& layer, const at::Device& device);

    /// Gives back the memory that this thread's layers share.
    static void release_shared();

private:
    bool keeps_;
    std::mutex mutex_;
    at::Tensor source_;
    const void* packed_ = nullptr;
    std::shared_ptr<const Int8Weight> weight_;
};

}  // namespace kinora::inference
