#pragma once

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/app/program.h"
#include "tests/goldens_path.h"
#include "tests/scratch_folder.h"

namespace kinora::tests {

/// A model small enough to run in a moment; its clips show nothing.
inline std::filesystem::path tiny_model()
{
    return goldens_dir() / "pipelines" / "wan22_ti2v" / "model";
}

/// An empty home of one test, and the program run in it.
class CliFixture {
public:
    CliFixture()
    {
        std::filesystem::create_directory(home());
        spawn_.home = home();
        spawn_.working_folder = scratch_.path();
    }

    [[nodiscard]] std::filesystem::path home() const { return scratch_ / "home"; }
    [[nodiscard]] std::filesystem::path path(const std::string& name) const { return scratch_ / name; }
    [[nodiscard]] Spawn& spawn() { return spawn_; }

    [[nodiscard]] Finished run(const std::vector<std::string>& arguments) const { return kinora_cli(arguments, spawn_); }

    /// `generate` with the tiny model, 64x64, 5 frames, 3 steps, and what else is given; later options win.
    [[nodiscard]] Finished generate(const std::vector<std::string>& more) const { return run(generate_arguments(more)); }

    [[nodiscard]] static std::vector<std::string> generate_arguments(const std::vector<std::string>& more)
    {
        std::vector<std::string> arguments{"generate"};
        const std::vector<std::pair<std::string, std::string>> usual{{"--model", tiny_model().string()},
                                                                     {"--prompt", "a red balloon over green hills"},
                                                                     {"--size", "64x64"},
                                                                     {"--frames", "5"},
                                                                     {"--fps", "12"},
                                                                     {"--steps", "3"},
                                                                     {"--seed", "7"},
                                                                     {"--threads", "1"}};
        for (const auto& [name, value] : usual) {
            if (std::find(more.begin(), more.end(), name) != more.end()) continue;
            arguments.push_back(name);
            arguments.push_back(value);
        }
        arguments.insert(arguments.end(), more.begin(), more.end());
        return arguments;
    }

    /// Names in the working folder but for the home, sorted: what a run has left.
    [[nodiscard]] std::vector<std::string> left() const
    {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(scratch_.path()))
            if (entry.path() != home()) names.push_back(entry.path().filename().string());
        std::sort(names.begin(), names.end());
        return names;
    }

    /// MD5 of every decoded frame, by another program than Kinora.
    [[nodiscard]] std::string frame_hashes(const std::string& clip) const
    {
        const Finished hashes =
            run_program("ffmpeg", {"-v", "error", "-i", path(clip).string(), "-f", "framemd5", "-"}, spawn_);
        return hashes.exit_code == 0 ? hashes.out : "ffmpeg failed: " + hashes.err;
    }

    /// The first video stream as ffprobe describes it, its frames counted.
    [[nodiscard]] nlohmann::json stream(const std::string& clip) const
    {
        const Finished probed = run_program("ffprobe",
                                            {"-v", "error", "-count_frames", "-select_streams", "v:0", "-show_streams",
                                             "-show_format", "-of", "json", path(clip).string()},
                                            spawn_);
        const auto all = nlohmann::json::parse(probed.out, nullptr, false);
        return all.is_object() && all.contains("streams") && !all["streams"].empty() ? all["streams"][0] : nlohmann::json();
    }

private:
    ScratchFolder scratch_;
    Spawn spawn_;
};

}  // namespace kinora::tests
