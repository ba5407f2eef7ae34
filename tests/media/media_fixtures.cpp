#include "tests/media/media_fixtures.h"

#include <stdlib.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace kinora::tests {
namespace {

constexpr int k_square = 16;

}  // namespace

TemporaryFolder::TemporaryFolder()
{
    std::string pattern = (std::filesystem::temp_directory_path() / "kinora-media-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = pattern;
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::vector<std::string> TemporaryFolder::names() const
{
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(path_))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

core::FrameSequence plain_clip(Colour colour, int width, int height, int frames)
{
    core::FrameSequence clip{frames, height, width, core::FrameRate{12}, {}};
    clip.rgb.reserve(clip.frame_size() * static_cast<std::size_t>(frames));
    for (int i = 0; i < frames * width * height; ++i)
        clip.rgb.insert(clip.rgb.end(), {colour.r, colour.g, colour.b});
    return clip;
}

core::FrameSequence numbered_clip(int frames, int width, int height, core::FrameRate rate)
{
    core::FrameSequence clip{frames, height, width, rate, {}};
    clip.rgb.resize(clip.frame_size() * static_cast<std::size_t>(frames));
    for (int i = 0; i < frames; ++i) {
        auto pixels = clip.frame(i);
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                float* pixel = &pixels[(static_cast<std::size_t>(y) * width + x) * 3];
                pixel[0] = static_cast<float>((x + 3 * i) % width) / static_cast<float>(width);
                pixel[1] = static_cast<float>(y) / static_cast<float>(height);
                pixel[2] = 0.5F;
                if (y < k_square && x < 8 * k_square) {
                    std::fill_n(pixel, 3, ((i >> (x / k_square)) & 1) != 0 ? 1.0F : 0.0F);
                }
            }
        }
    }
    return clip;
}

int number_in(const core::Picture8& picture)
{
    int number = 0;
    for (int bit = 0; bit < 8; ++bit) {
        const std::size_t middle = static_cast<std::size_t>(k_square / 2) * picture.width + bit * k_square + k_square / 2;
        if (picture.rgb[middle * 3 + 1] > 127) number |= 1 << bit;
    }
    return number;
}

int number_in(const core::FrameSequence& clip, int frame)
{
    int number = 0;
    for (int bit = 0; bit < 8; ++bit) {
        const std::size_t middle = static_cast<std::size_t>(k_square / 2) * clip.width + bit * k_square + k_square / 2;
        if (clip.frame(frame)[middle * 3 + 1] > 0.5F) number |= 1 << bit;
    }
    return number;
}

core::FrameSequence noise_clip(int frames, int width, int height)
{
    core::FrameSequence clip{frames, height, width, core::FrameRate{12}, {}};
    clip.rgb.resize(clip.frame_size() * static_cast<std::size_t>(frames));
    std::uint32_t state = 1;
    for (float& value : clip.rgb) {
        state = state * 1664525U + 1013904223U;
        value = static_cast<float>(state >> 8U) / static_cast<float>(1U << 24U);
    }
    return clip;
}

Ran run_command(const std::string& command)
{
    Ran ran;
    std::FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) return ran;
    std::array<char, 65536> block{};
    while (const std::size_t count = std::fread(block.data(), 1, block.size(), pipe))
        ran.output.append(block.data(), count);
    ran.status = pclose(pipe);
    return ran;
}

std::string shell_word(const std::filesystem::path& path)
{
    std::string word = "'";
    for (const char letter : path.string())
        word += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
    return word + "'";
}

std::map<std::string, std::string> ffprobe(const std::filesystem::path& file)
{
    const Ran ran = run_command("ffprobe -v error -count_packets -select_streams v:0 -show_streams -of default=nw=1 file:" +
                                shell_word(file));
    if (ran.status != 0) throw std::runtime_error("ffprobe failed (is it installed?): " + ran.output);
    std::map<std::string, std::string> values;
    std::istringstream lines(ran.output);
    for (std::string line; std::getline(lines, line);) {
        const auto equals = line.find('=');
        if (equals != std::string::npos) values.emplace(line.substr(0, equals), line.substr(equals + 1));
    }
    return values;
}

std::vector<unsigned short> raw_planes(const std::filesystem::path& file, const std::string& pixel_format)
{
    const Ran ran =
        run_command("ffmpeg -v error -nostdin -i file:" + shell_word(file) + " -f rawvideo -pix_fmt " + pixel_format + " -");
    if (ran.status != 0) throw std::runtime_error("ffmpeg failed (is it installed?)");
    std::vector<unsigned short> samples;
    const bool wide = pixel_format.ends_with("le");
    for (std::size_t i = 0; i < ran.output.size(); i += wide ? 2 : 1) {
        const auto low = static_cast<unsigned char>(ran.output[i]);
        const auto high = wide ? static_cast<unsigned char>(ran.output[i + 1]) : 0;
        samples.push_back(static_cast<unsigned short>(low | (high << 8)));
    }
    return samples;
}

std::string bytes_of(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_bytes(const std::filesystem::path& file, const std::string& bytes)
{
    std::ofstream(file, std::ios::binary) << bytes;
}

}  // namespace kinora::tests
