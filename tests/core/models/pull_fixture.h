#pragma once

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "core/models/download/pull.h"
#include "tests/hub_server.h"
#include "tests/scratch_folder.h"

namespace kinora::tests {

inline const std::string k_large_file = "transformer/weights.safetensors";
inline constexpr std::uint64_t k_large_size = 300'000;

/// Three requests to a large file, and no patience.
inline core::DownloadOptions quick_options()
{
    core::DownloadOptions options;
    options.parts = 3;
    options.chunk_size = 100'000;
    options.retries.first_pause = std::chrono::milliseconds(1);
    options.retries.longest_pause = std::chrono::milliseconds(5);
    options.free_space = [](const std::filesystem::path&) { return std::uint64_t{1} << 40U; };
    return options;
}

/// The repository that has the habit, as a model folder.
inline core::PublishedModel model_of(const std::string& habit)
{
    core::PublishedModel model;
    model.id = habit;
    model.title = "Model that " + habit;
    model.parts.push_back({"test/" + habit, "main", {"*"}, {"assets/*"}, ""});
    return model;
}

/// A hub, a folder, and pulling from the one into the other.
struct Pulling {
    HubServer server;
    ScratchFolder scratch;
    core::Hub hub{server.endpoint(), ""};
    core::DownloadOptions options = quick_options();

    core::Result<core::PullPlan> plan(const std::string& habit)
    {
        return core::plan_pull(hub, model_of(habit), scratch.path(), options, {});
    }
    core::Result<void> pull(const std::string& habit, const std::function<void(const core::PullProgress&)>& progress = {},
                            const std::stop_token& stop = {})
    {
        auto planned = plan(habit);
        if (!planned) return planned.error();
        return core::run_pull(hub, *planned, options, progress, stop);
    }
    std::filesystem::path file(const std::string& habit, const std::string& path = k_large_file)
    {
        return scratch.path() / habit / path;
    }
    /// Whether the large file is on the disk under its own name, byte for byte, with nothing left beside it.
    bool is_whole(const std::string& habit)
    {
        std::ifstream stream(file(habit), std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
        if (bytes.size() != k_large_size) return false;
        for (std::size_t i = 0; i < bytes.size(); ++i)
            if (static_cast<std::uint8_t>(bytes[i]) != HubServer::byte_at(k_large_file, i)) return false;
        return !std::filesystem::exists(partial(habit)) && !std::filesystem::exists(partial(habit).string() + ".json");
    }
    std::filesystem::path partial(const std::string& habit) { return file(habit).string() + ".partial"; }
    /// What the servers were asked for so far.
    nlohmann::json log()
    {
        core::WebClient client;
        core::WebRequest request;
        request.url = server.endpoint() + "/log";
        request.longest = 1U << 20U;
        return nlohmann::json::parse(client.fetch(request, {}).body);
    }
};

}  // namespace kinora::tests
