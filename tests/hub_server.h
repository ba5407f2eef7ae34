#pragma once

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdio>
#include <string>

#include "tests/paths.h"

namespace kinora::tests {

/// `hub_server.py` (or another script that prints two ports) in a process of its own, which ends with the object.
class HubServer {
public:
    explicit HubServer(const char* name = "hub_server.py")
    {
        int input[2];
        int output[2];
        REQUIRE(::pipe2(input, O_CLOEXEC) == 0);
        REQUIRE(::pipe2(output, O_CLOEXEC) == 0);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, input[0], 0);
        posix_spawn_file_actions_adddup2(&actions, output[1], 1);
        std::string script = (source_dir() / "tests" / name).string();
        std::string python = "python3";
        char* arguments[] = {python.data(), script.data(), nullptr};
        REQUIRE(::posix_spawnp(&process_, "python3", &actions, nullptr, arguments, environ) == 0);
        posix_spawn_file_actions_destroy(&actions);
        ::close(input[0]);
        ::close(output[1]);
        input_ = input[1];
        FILE* ports = ::fdopen(output[0], "r");
        REQUIRE(std::fscanf(ports, "%d %d", &hub_port_, &cdn_port_) == 2);
        std::fclose(ports);
    }
    HubServer(const HubServer&) = delete;
    HubServer& operator=(const HubServer&) = delete;
    ~HubServer()
    {
        ::close(input_);
        ::kill(process_, SIGTERM);
        ::waitpid(process_, nullptr, 0);
    }

    [[nodiscard]] std::string endpoint() const { return "http://127.0.0.1:" + std::to_string(hub_port_); }

    /// The byte that stands at a place of one of its large files.
    [[nodiscard]] static std::uint8_t byte_at(const std::string& path, std::uint64_t place)
    {
        std::uint64_t seed = 0;
        for (const unsigned char letter : path)
            seed += letter;
        return static_cast<std::uint8_t>((place * 31 + (place >> 8U) * 17 + seed) % 251);
    }

private:
    pid_t process_ = 0;
    int input_ = -1;
    int hub_port_ = 0;
    int cdn_port_ = 0;
};

}  // namespace kinora::tests
