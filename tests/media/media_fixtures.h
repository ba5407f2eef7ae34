#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/generation/frames.h"

namespace kinora::tests {

/// A folder of its own for one test, removed with everything in it.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
    /// Names of everything in it, hidden files included, sorted.
    [[nodiscard]] std::vector<std::string> names() const;

private:
    std::filesystem::path path_;
};

struct Colour {
    float r = 0;
    float g = 0;
    float b = 0;
};

/// A clip of one colour.
[[nodiscard]] core::FrameSequence plain_clip(Colour colour, int width = 64, int height = 48, int frames = 3);

/// A clip whose every picture shows its own number as eight large black or white squares over a moving gradient.
[[nodiscard]] core::FrameSequence numbered_clip(int frames, int width = 128, int height = 64, core::FrameRate rate = {12});

/// The number that a picture of `numbered_clip` shows.
[[nodiscard]] int number_in(const core::Picture8& picture);
[[nodiscard]] int number_in(const core::FrameSequence& clip, int frame);

/// Deterministic noise, which no encoder makes small.
[[nodiscard]] core::FrameSequence noise_clip(int frames, int width, int height);

/// What a program printed and how it ended.
struct Ran {
    int status = -1;
    std::string output;
};
[[nodiscard]] Ran run_command(const std::string& command);

/// A path as one word for the shell.
[[nodiscard]] std::string shell_word(const std::filesystem::path& path);

/// What ffprobe says of the first video stream, by its names ("r_frame_rate"), counted packets included ("nb_read_packets").
[[nodiscard]] std::map<std::string, std::string> ffprobe(const std::filesystem::path& file);

/// Raw planes as the ffmpeg program decodes them, all frames.
[[nodiscard]] std::vector<unsigned short> raw_planes(const std::filesystem::path& file, const std::string& pixel_format);

/// The message of an error, empty for success: `CHECK(problem_of(x) == "")` shows what went wrong.
template <typename T>
[[nodiscard]] std::string problem_of(const core::Result<T>& result)
{
    return result ? std::string() : result.error().message;
}

[[nodiscard]] std::string bytes_of(const std::filesystem::path& file);
void write_bytes(const std::filesystem::path& file, const std::string& bytes);

}  // namespace kinora::tests
