#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace kinora::tests {

/// How a program is run.
struct Spawn {
    std::filesystem::path home;                      ///< empty and private: HOME, and nothing of the caller's XDG folders
    std::map<std::string, std::string> environment;  ///< further variables
    std::filesystem::path working_folder;            ///< empty: the home
    std::function<bool()> before_exec;               ///< in the child, just before exec; false: exit code 77
    std::string interrupt_at;                        ///< SIGINT is sent when the standard error holds this text
    std::function<bool()> kill_when;                 ///< asked each millisecond; SIGKILL is sent when it says so
};

/// What a program left.
struct Finished {
    int exit_code = -1;  ///< 128 + signal if it was killed
    std::string out;
    std::string err;
};

/// Runs a program to its end and collects both streams. `program` is looked for in PATH if it has no slash.
[[nodiscard]] Finished run_program(const std::string& program, const std::vector<std::string>& arguments,
                                   const Spawn& spawn);

/// The `kinora-cli` of this build.
[[nodiscard]] Finished kinora_cli(const std::vector<std::string>& arguments, const Spawn& spawn);

/// True if a program of that name is in PATH.
[[nodiscard]] bool has_program(const std::string& name);

}  // namespace kinora::tests
