#pragma once

#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>

#include <string>
#include <vector>

#include "core/base/result.h"

namespace kinora::inference {

/// The device that a request names: "auto" (the first CUDA card that works, else the CPU), "cpu", "cuda" or "cuda:N".
/// `device` errors say which devices there are.
[[nodiscard]] core::Result<c10::Device> choose_device(const std::string& name);

/// The CUDA cards that this build of libtorch and the installed driver can use, as requests name them: "cuda:0", "cuda:1" …
[[nodiscard]] std::vector<std::string> cards();

/// The transformer's type that a request names: "float32", "bfloat16", or "auto": bfloat16 where the device is fast in it
/// (CUDA, or a CPU with AVX512-BF16), else float32.
[[nodiscard]] core::Result<c10::ScalarType> choose_dtype(const std::string& name, const c10::Device& device);

/// How precisely a transformer works: the type of what passes through it, and whether its large matrices are multiplied in
/// 8 bits.
struct Precision {
    c10::ScalarType dtype = c10::kFloat;
    bool int8 = false;

    /// "float32", "bfloat16" or "int8", as in recipes.
    [[nodiscard]] std::string name() const;
};

/// The precision that a request names: a type as above, or "int8", whose activations have the type that is fastest on the
/// device. `device` errors where the device has no fast 8-bit products.
[[nodiscard]] core::Result<Precision> choose_precision(const std::string& name, const c10::Device& device);

/// Whether this device has fast 8-bit products: a processor with AVX-512 VNNI, or a card.
[[nodiscard]] bool has_int8(const c10::Device& device);

/// "float32" or "bfloat16", as in recipes.
[[nodiscard]] std::string dtype_name(c10::ScalarType dtype);

/// "cpu" or "cuda:N", as in recipes.
[[nodiscard]] std::string device_name(const c10::Device& device);

}  // namespace kinora::inference
