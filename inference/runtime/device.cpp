#include "inference/runtime/device.h"

#include <ATen/detail/CUDAHooksInterface.h>

#include <charconv>
#include <optional>
#include <string_view>

#include "core/base/text.h"
#include "inference/runtime/cpu.h"

namespace kinora::inference {
namespace {

/// CUDA cards that this build of libtorch and the installed driver can use.
int cuda_cards()
{
    const auto& hooks = at::detail::getCUDAHooks();
    return hooks.hasCUDA() ? static_cast<int>(hooks.deviceCount()) : 0;
}

std::string available()
{
    std::string text = "cpu";
    for (const std::string& card : cards())
        text += ", " + card;
    return text;
}

/// The N of "cuda:N"; 0 for "cuda".
std::optional<int> cuda_index(std::string_view name)
{
    if (name == "cuda") return 0;
    if (name.rfind("cuda:", 0) != 0) return std::nullopt;
    const std::string_view digits = name.substr(5);
    int index = -1;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), index);
    const bool whole = read.ec == std::errc{} && read.ptr == digits.data() + digits.size();
    return whole && index >= 0 ? std::optional(index) : std::nullopt;
}

}  // namespace

std::vector<std::string> cards()
{
    std::vector<std::string> names;
    const int count = cuda_cards();
    for (int index = 0; index < count; ++index)
        names.push_back("cuda:" + std::to_string(index));
    return names;
}

core::Result<c10::Device> choose_device(const std::string& name)
{
    if (name == "auto") return cuda_cards() > 0 ? c10::Device(c10::kCUDA, 0) : c10::Device(c10::kCPU);
    if (name == "cpu") return c10::Device(c10::kCPU);
    const auto index = cuda_index(name);
    if (!index)
        return core::make_error(core::ErrorKind::device,
                                "There is no device " + core::in_quotes(name) + "; this machine has: " + available() + ".");
    if (*index >= cuda_cards())
        return core::make_error(core::ErrorKind::device,
                                "The device " + core::in_quotes(name) +
                                    " isn't there or its driver doesn't fit; this machine has: " + available() + ".");
    return c10::Device(c10::kCUDA, static_cast<c10::DeviceIndex>(*index));
}

core::Result<c10::ScalarType> choose_dtype(const std::string& name, const c10::Device& device)
{
    if (name == "float32") return c10::kFloat;
    if (name == "bfloat16") return c10::kBFloat16;
    if (name == "auto") return device.is_cuda() || cpu_has_bfloat16() ? c10::kBFloat16 : c10::kFloat;
    return core::make_error(core::ErrorKind::invalid_argument,
                            "There is no data type " + core::in_quotes(name) + "; choose auto, float32 or bfloat16.");
}

std::string Precision::name() const
{
    return int8 ? "int8" : dtype_name(dtype);
}

core::Result<Precision> choose_precision(const std::string& name, const c10::Device& device)
{
    const bool int8 = name == "int8";
    const auto dtype = choose_dtype(int8 ? "auto" : name, device);
    if (!dtype)
        return core::make_error(dtype.error().kind, "There is no precision " + core::in_quotes(name) +
                                                        "; choose auto, float32, bfloat16 or int8.");
    if (int8 && !has_int8(device))
        return core::make_error(
            core::ErrorKind::device,
            "This processor has no fast 8-bit products (AVX-512 VNNI); choose auto, float32 or bfloat16.");
    return Precision{*dtype, int8};
}

bool has_int8(const c10::Device& device)
{
    return device.is_cuda() || (device.is_cpu() && cpu_has_int8());
}

std::string dtype_name(c10::ScalarType dtype)
{
    return dtype == c10::kBFloat16 ? "bfloat16" : "float32";
}

std::string device_name(const c10::Device& device)
{
    return device.str();
}

}  // namespace kinora::inference
