#include "inference/runtime/guard.h"

#include <c10/util/Exception.h>

#include <exception>
#include <new>
#include <string>
#include <string_view>

namespace kinora::inference {
namespace {

/// The first line of a libtorch message, without the C++ backtrace.
std::string first_line(std::string_view text)
{
    return std::string(text.substr(0, text.find('\n')));
}

bool holds(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

core::Error out_of_memory(const std::string& doing)
{
    return core::make_error(core::ErrorKind::out_of_memory,
                            "Memory ran out while " + doing + "; choose a smaller size or fewer frames.");
}

core::Error from_torch(const c10::Error& error, const std::string& doing)
{
    const std::string message = first_line(error.what_without_backtrace());
    // The CPU allocator throws a plain c10::Error, which only its text tells from others.
    const bool cpu_memory = holds(message, "DefaultCPUAllocator") || holds(message, "not enough memory");
    if (cpu_memory || holds(message, "out of memory")) return out_of_memory(doing);
    const auto kind = holds(message, "CUDA") ? core::ErrorKind::device : core::ErrorKind::internal;
    return core::make_error(kind, "libtorch failed while " + doing + ": " + message);
}

}  // namespace

core::Error error_of_current_exception(const std::string& doing)
{
    try {
        throw;
    } catch (const c10::OutOfMemoryError&) {
        return out_of_memory(doing);
    } catch (const c10::Error& error) {
        return from_torch(error, doing);
    } catch (const std::bad_alloc&) {
        return out_of_memory(doing);
    } catch (const std::exception& error) {
        // oneDNN's own exceptions: what it has described it can create, unless memory for the code or buffers is lacking.
        const std::string_view said = error.what();
        if (holds(said, "could not create a primitive") || holds(said, "could not create a memory object"))
            return out_of_memory(doing);
        return core::make_error(core::ErrorKind::internal, "Kinora failed while " + doing + ": " + first_line(error.what()));
    } catch (...) {
        return core::make_error(core::ErrorKind::internal, "Kinora failed while " + doing + ".");
    }
}

}  // namespace kinora::inference
