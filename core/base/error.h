#pragma once

#include <string>
#include <utility>

namespace kinora::core {

/// What went wrong, for code that has to choose what to do next. People read `Error::message`.
enum class ErrorKind {
    invalid_argument,  ///< the caller asked for something impossible (size, length, empty prompt …)
    not_found,         ///< a file, model or project isn't there
    corrupt,           ///< a file from outside doesn't parse; `message` names file and reason
    unsupported,       ///< well-formed, but Kinora can't do it
    io,                ///< reading or writing failed for another reason than a full disk
    disk_full,
    already_exists,
    out_of_memory,
    device,     ///< an accelerator is missing or failed
    cancelled,  ///< the stop token fired; nothing is wrong
    internal,   ///< a bug in Kinora
};

/// An error is one sentence for people, naming the file and the way out where there is one, and a kind for code.
struct Error {
    ErrorKind kind = ErrorKind::internal;
    std::string message;
};

inline Error make_error(ErrorKind kind, std::string message)
{
    return Error{kind, std::move(message)};
}

}  // namespace kinora::core
