#include "tests/app/program.h"

#include "tests/paths.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <sstream>

namespace kinora::tests {
namespace {

/// Ends of a pipe, closed at the end of their scope.
struct Pipe {
    int ends[2] = {-1, -1};
    Pipe()
    {
        if (::pipe2(ends, O_CLOEXEC) != 0) std::abort();
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe()
    {
        close_end(0);
        close_end(1);
    }
    void close_end(int end)
    {
        if (ends[end] >= 0) ::close(ends[end]);
        ends[end] = -1;
    }
};

[[noreturn]] void become(const std::string& program, const std::vector<std::string>& arguments, const Spawn& spawn,
                         const Pipe& out, const Pipe& err)
{
    ::dup2(out.ends[1], STDOUT_FILENO);
    ::dup2(err.ends[1], STDERR_FILENO);
    const int nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, STDIN_FILENO);
    for (const char* name : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"})
        ::unsetenv(name);
    ::setenv("HOME", spawn.home.c_str(), 1);
    for (const auto& [name, value] : spawn.environment)
        ::setenv(name.c_str(), value.c_str(), 1);
    const auto& folder = spawn.working_folder.empty() ? spawn.home : spawn.working_folder;
    if (::chdir(folder.c_str()) != 0) ::_exit(126);
    if (spawn.before_exec && !spawn.before_exec()) ::_exit(77);
    std::vector<char*> words{const_cast<char*>(program.c_str())};
    for (const std::string& argument : arguments)
        words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    ::execvp(program.c_str(), words.data());
    ::_exit(127);
}

/// Reads what is there; false at the end of the stream.
bool take(int descriptor, std::string& text)
{
    char buffer[65536];
    const ssize_t count = ::read(descriptor, buffer, sizeof buffer);
    if (count > 0) text.append(buffer, static_cast<std::size_t>(count));
    return count > 0 || (count < 0 && errno == EINTR);
}

}  // namespace

Finished run_program(const std::string& program, const std::vector<std::string>& arguments, const Spawn& spawn)
{
    Pipe out;
    Pipe err;
    const pid_t child = ::fork();
    if (child == 0) become(program, arguments, spawn, out, err);
    out.close_end(1);
    err.close_end(1);
    Finished finished;
    bool interrupted = false;
    bool killed = false;
    pollfd waiting[2] = {{out.ends[0], POLLIN, 0}, {err.ends[0], POLLIN, 0}};
    while (waiting[0].fd >= 0 || waiting[1].fd >= 0) {
        if (::poll(waiting, 2, spawn.kill_when ? 1 : -1) < 0 && errno != EINTR) break;
        if (!killed && spawn.kill_when && spawn.kill_when()) {
            ::kill(child, SIGKILL);
            killed = true;
        }
        if (waiting[0].revents != 0 && !take(out.ends[0], finished.out)) waiting[0].fd = -1;
        if (waiting[1].revents != 0 && !take(err.ends[0], finished.err)) waiting[1].fd = -1;
        if (!interrupted && !spawn.interrupt_at.empty() && finished.err.find(spawn.interrupt_at) != std::string::npos) {
            ::kill(child, SIGINT);
            interrupted = true;
        }
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    finished.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return finished;
}

Finished kinora_cli(const std::vector<std::string>& arguments, const Spawn& spawn)
{
    return run_program((binary_dir() / "app/kinora-cli").string(), arguments, spawn);
}

bool has_program(const std::string& name)
{
    const char* const path = std::getenv("PATH");
    std::istringstream folders(path == nullptr ? "" : path);
    for (std::string folder; std::getline(folders, folder, ':');)
        if (::access((folder + "/" + name).c_str(), X_OK) == 0) return true;
    return false;
}

}  // namespace kinora::tests
