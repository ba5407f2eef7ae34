#include <unistd.h>

#include <cstring>

// Compiled into every executable, before everything else in it. Threads of OpenMP (libtorch's) wait for each other at the
// end of every operation; GNU's runtime lets them burn three milliseconds before they sleep. Where other programs want the
// cores as well, the one that is waited for gets none meanwhile: on two cores, beside four busy programs, a clip of the
// starter took 9 to 26 seconds of sampling; with this short wait it takes 4, and no longer than before on a free machine.
// The runtime reads its settings when it is loaded, so the program begins again with the setting made, which takes some 50
// ms. Who sets one of these variables is left alone.
namespace {

constexpr const char* k_short = "GOMP_SPINCOUNT=1000";
constexpr std::size_t k_most = 4096;

/// The value of a variable "NAME=value" if it has that name, else null.
const char* value_of(const char* variable, const char* name)
{
    const std::size_t length = std::strlen(name);
    return std::strncmp(variable, name, length) == 0 && variable[length] == '=' ? variable + length + 1 : nullptr;
}

/// Nothing is set up yet, not even the C library's environment: system calls and memory only.
void begin_again(int /*count*/, char** arguments, char** environment)
{
    const char* with[k_most + 2];
    std::size_t count = 0;
    for (char** variable = environment; *variable != nullptr; ++variable) {
        const char* value = value_of(*variable, "GOMP_SPINCOUNT");
        const bool ours = value != nullptr;
        if (!ours) value = value_of(*variable, "OMP_WAIT_POLICY");
        if ((value != nullptr && *value != '\0') || count == k_most) return;
        if (!ours) with[count++] = *variable;
    }
    with[count++] = k_short;
    with[count] = nullptr;
    char program[4096];
    const ssize_t length = ::readlink("/proc/self/exe", program, sizeof(program) - 1);
    if (length <= 0) return;
    program[length] = '\0';
    const char* const name = std::strrchr(program, '/');
    // Under a loader or an emulator that file is another program.
    if (name == nullptr || std::strncmp(name, "/kinora", 7) != 0) return;
    ::execve(program, arguments, const_cast<char* const*>(with));
}

}  // namespace

extern "C" {
extern void (*const kinora_begin_again)(int, char**, char**);
__attribute__((section(".preinit_array"), used)) void (*const kinora_begin_again)(int, char**, char**) = begin_again;
}
