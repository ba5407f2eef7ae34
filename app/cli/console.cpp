#include "app/cli/console.h"

#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/cli/exit_codes.h"
#include "core/base/json_text.h"

namespace kinora::cli {

std::string kind_name(core::ErrorKind kind)
{
    switch (kind) {
        case core::ErrorKind::invalid_argument:
            return "invalid_argument";
        case core::ErrorKind::not_found:
            return "not_found";
        case core::ErrorKind::corrupt:
            return "corrupt";
        case core::ErrorKind::unsupported:
            return "unsupported";
        case core::ErrorKind::io:
            return "io";
        case core::ErrorKind::disk_full:
            return "disk_full";
        case core::ErrorKind::already_exists:
            return "already_exists";
        case core::ErrorKind::out_of_memory:
            return "out_of_memory";
        case core::ErrorKind::device:
            return "device";
        case core::ErrorKind::cancelled:
            return "cancelled";
        case core::ErrorKind::internal:
            break;
    }
    return "internal";
}

int fail(const core::Error& error, Answer answer)
{
    say("kinora-cli: " + error.message);
    if (answer == Answer::json) print_json({{"error", {{"kind", kind_name(error.kind)}, {"message", error.message}}}});
    return exit_code(error);
}

void say(const std::string& line)
{
    fmt::print(stderr, "{}\n", line);
}

void print_json(const nlohmann::json& object)
{
    fmt::print("{}\n", core::json_text(object, 2));
    std::fflush(stdout);
}

}  // namespace kinora::cli
