#include "core/base/run_program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/base/text.h"

extern char** environ;

namespace kinora::core {
namespace {

constexpr std::size_t k_longest_output = 16U << 20U;

struct Pipe {
    std::array<int, 2> ends{-1, -1};
    Pipe() = default;
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe()
    {
        close_end(0);
        close_end(1);
    }
    bool open() { return ::pipe2(ends.data(), O_CLOEXEC) == 0; }
    void close_end(std::size_t which)
    {
        if (ends[which] >= 0) ::close(ends[which]);
        ends[which] = -1;
    }
};

/// Takes what there is to read; false at the end.
bool take(int from, std::string& into)
{
    std::array<char, 65536> bytes;
    const ssize_t count = ::read(from, bytes.data(), bytes.size());
    if (count < 0) return errno == EINTR || errno == EAGAIN;
    if (into.size() < k_longest_output) into.append(bytes.data(), static_cast<std::size_t>(count));
    return count > 0;
}

std::vector<char*> pointers(const std::vector<std::string>& texts)
{
    std::vector<char*> all;
    for (const std::string& text : texts)
        all.push_back(const_cast<char*>(text.c_str()));
    all.push_back(nullptr);
    return all;
}

/// Whether a variable "NAME=value" is given anew: of two with one name some programs take the first, others the last.
bool names_one_of(const std::vector<std::string>& given, const std::string& variable)
{
    const std::string name = variable.substr(0, variable.find('=') + 1);
    return std::any_of(given.begin(), given.end(), [&](const std::string& one) { return one.rfind(name, 0) == 0; });
}

}  // namespace

Result<ProgramEnd> run_program(const std::vector<std::string>& command, const std::vector<std::string>& environment,
                               const std::stop_token& stop)
{
    Pipe out;
    Pipe err;
    if (command.empty() || !out.open() || !err.open())
        return make_error(ErrorKind::internal, "Another program can't be started: no pipes are left.");
    std::vector<std::string> variables = environment;
    for (char** one = environ; *one != nullptr; ++one)
        if (!names_one_of(environment, *one)) variables.emplace_back(*one);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, out.ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, err.ends[1], STDERR_FILENO);
    pid_t child = -1;
    auto arguments = pointers(command);
    auto surroundings = pointers(variables);
    const int failed = ::posix_spawnp(&child, arguments[0], &files, nullptr, arguments.data(), surroundings.data());
    posix_spawn_file_actions_destroy(&files);
    if (failed != 0) {
        return make_error(failed == ENOENT ? ErrorKind::not_found : ErrorKind::io,
                          in_quotes(command.front()) + " can't be started: " + std::strerror(failed) + ".");
    }
    out.close_end(1);
    err.close_end(1);
    ProgramEnd end;
    bool stopped = false;
    while (out.ends[0] >= 0 || err.ends[0] >= 0) {
        if (stop.stop_requested() && !std::exchange(stopped, true)) ::kill(child, SIGTERM);
        std::array<pollfd, 2> waits{{{out.ends[0], POLLIN, 0}, {err.ends[0], POLLIN, 0}}};
        if (::poll(waits.data(), waits.size(), 100) <= 0) continue;
        if (waits[0].revents != 0 && !take(out.ends[0], end.out)) out.close_end(0);
        if (waits[1].revents != 0 && !take(err.ends[0], end.err)) err.close_end(0);
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (stopped) return make_error(ErrorKind::cancelled, "Stopped.");
    end.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return end;
}

}  // namespace kinora::core
