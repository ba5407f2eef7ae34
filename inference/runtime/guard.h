#pragma once

#include <string>
#include <type_traits>
#include <utility>

#include "core/base/result.h"

namespace kinora::inference {

/// The exception being handled as an error; call it in a catch clause. Out of memory, on whatever device, becomes
/// `out_of_memory`, trouble with a card `device`, anything else `internal`. `doing` completes "… while ".
[[nodiscard]] core::Error error_of_current_exception(const std::string& doing);

/// Calls `work`, which returns a `Result`, and turns what libtorch, OpenCV or the standard library throw into an error.
/// This is where the exceptions of the engine end.
template <typename Work>
[[nodiscard]] auto guarded(const std::string& doing, Work&& work) -> std::invoke_result_t<Work>
{
    try {
        return std::forward<Work>(work)();
    } catch (...) {
        return error_of_current_exception(doing);
    }
}

}  // namespace kinora::inference
