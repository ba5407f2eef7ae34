#include "app/runtime_start.h"

#include <fmt/format.h>
#include <stdlib.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <vector>

#include "core/base/file.h"
#include "core/base/paths.h"
#include "core/base/run_program.h"
#include "core/runtime/gpu_runtime.h"
#include "inference/runtime/device.h"

namespace kinora::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* k_active = "KINORA_RUNTIME_ACTIVE";
constexpr const char* k_before = "KINORA_RUNTIME_PATH_BEFORE";
constexpr const char* k_check = "KINORA_RUNTIME_CHECK";
constexpr const char* k_program = "/proc/self/exe";
/// Exit codes of a check: the libraries were loaded and see a card, or see none. Others: they weren't loaded.
enum Check : int { sees_card = 0, sees_none = 43 };

std::string g_active;
std::string g_obstacle;

std::string variable(const char* name)
{
    const char* value = ::getenv(name);
    return value ? value : std::string();
}

std::string library_path(const core::InstalledRuntime& runtime)
{
    const std::string before = variable("LD_LIBRARY_PATH");
    return runtime.libraries.string() + (before.empty() ? "" : ":" + before);
}

/// What a check's result depends on: this program, the runtime and the driver.
std::string stamp_of(const core::InstalledRuntime& runtime)
{
    std::error_code failed;
    std::string stamp = runtime.id;
    for (const fs::path& path : {fs::read_symlink(k_program, failed), runtime.libraries / "libtorch_cpu.so",
                                 fs::path("/sys/module/nvidia/version")}) {
        const auto time = fs::last_write_time(path, failed).time_since_epoch().count();
        stamp += " " + path.string() + " " + std::to_string(failed ? 0 : time);
    }
    // A card that wasn't seen may be there after the next start of the machine.
    for (const char* file : {"/sys/module/nvidia/version", "/proc/sys/kernel/random/boot_id"})
        if (const auto text = core::read_file(file, 4096)) stamp += " " + *text;
    return stamp + "\n";
}

/// Whether the runtime's libraries load into this program and see a card. What was found isn't tried again before program,
/// runtime or driver change or the machine is started anew, since trying takes seconds.
bool works(const core::InstalledRuntime& runtime)
{
    const fs::path memory = core::state_dir() / "runtime-checked";
    const std::string stamp = stamp_of(runtime);
    if (const auto known = core::read_file(memory, 65536); known && known->rfind(stamp, 0) == 0) {
        g_obstacle = known->substr(stamp.size());
        return g_obstacle.empty();
    }
    const auto remember = [&](const std::string& obstacle) {
        std::error_code failed;
        fs::create_directories(memory.parent_path(), failed);
        static_cast<void>(core::write_file(memory, stamp + obstacle));  // it is only checked again next time
    };
    const auto tried = core::run_program({fs::read_symlink(k_program).string()},
                                         {"LD_LIBRARY_PATH=" + library_path(runtime), std::string(k_check) + "=1"});
    if (tried && tried->exit_code == sees_card) {
        remember({});
        return true;
    }
    if (tried && tried->exit_code == sees_none) {
        const std::string reason = core::advise_gpu_build(core::find_graphics_cards()).reason;
        const bool explained = reason.find("works on the processor") != std::string::npos;
        g_obstacle = fmt::format("The GPU runtime {} loads, but sees no card: {}{}", runtime.id, reason,
                                 explained ? "" : " Kinora works on the processor.");
        remember(g_obstacle);
        return false;
    }
    const std::string why = tried ? tried->err.substr(0, tried->err.find('\n')) : tried.error().message;
    g_obstacle = fmt::format(
        "The GPU runtime {0} can't be loaded{1}; Kinora works on the processor. \"kinora-cli runtime install {0}\" installs "
        "it "
        "again.",
        runtime.id, why.empty() ? std::string() : fmt::format(" ({})", why));
    return false;
}

void restore(const char* name, const std::string& value)
{
    if (value.empty())
        ::unsetenv(name);
    else
        ::setenv(name, value.c_str(), 1);
}

}  // namespace

void start_on_installed_runtime(char** arguments)
{
    if (!variable(k_check).empty()) ::_exit(inference::choose_device("cuda") ? sees_card : sees_none);
    if (g_active = variable(k_active); !g_active.empty()) {
        // What this program starts in turn has nothing to do with it.
        restore("LD_LIBRARY_PATH", variable(k_before));
        ::unsetenv(k_before);
        ::unsetenv(k_active);
        return;
    }
    if (variable("KINORA_RUNTIME") == "cpu") return;
    const auto runtime = core::used_runtime(core::RuntimePlaces::standard());
    if (!runtime || !works(*runtime)) return;
    ::setenv(k_before, variable("LD_LIBRARY_PATH").c_str(), 1);
    ::setenv("LD_LIBRARY_PATH", library_path(*runtime).c_str(), 1);
    ::setenv(k_active, runtime->id.c_str(), 1);
    ::execv(fs::read_symlink(k_program).c_str(), arguments);
    restore("LD_LIBRARY_PATH", variable(k_before));
    ::unsetenv(k_before);
    ::unsetenv(k_active);
    g_obstacle = fmt::format("Kinora can't start itself on the GPU runtime {}; it works on the processor.", runtime->id);
}

const std::string& active_runtime()
{
    return g_active;
}

const std::string& runtime_obstacle()
{
    return g_obstacle;
}

}  // namespace kinora::app
