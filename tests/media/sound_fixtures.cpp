#include "tests/media/sound_fixtures.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>

#include "core/media/sound_reader.h"
#include "tests/media/media_fixtures.h"

namespace kinora::tests {
namespace {

template <typename T>
void put(std::string& bytes, T value)
{
    char raw[sizeof(T)];
    std::memcpy(raw, &value, sizeof(T));
    bytes.append(raw, sizeof(T));
}

}  // namespace

std::vector<float> clicks(std::int64_t samples, const std::vector<std::int64_t>& at, float level)
{
    std::vector<float> sound(static_cast<std::size_t>(samples) * 2);
    for (const std::int64_t sample : at)
        sound[static_cast<std::size_t>(sample) * 2] = sound[static_cast<std::size_t>(sample) * 2 + 1] = level;
    return sound;
}

std::vector<float> sine(std::int64_t samples, double hertz, int rate, float level)
{
    std::vector<float> sound;
    sound.reserve(static_cast<std::size_t>(samples) * 2);
    for (std::int64_t i = 0; i < samples; ++i) {
        const auto value =
            static_cast<float>(level * std::sin(2 * 3.14159265358979 * hertz * static_cast<double>(i) / rate));
        sound.insert(sound.end(), {value, value});
    }
    return sound;
}

void write_wav(const std::filesystem::path& file, const std::vector<float>& sound, int rate, int channels)
{
    const auto data = static_cast<std::uint32_t>(sound.size() * sizeof(float));
    std::string bytes = "RIFF";
    put<std::uint32_t>(bytes, 36 + data);
    bytes += "WAVEfmt ";
    put<std::uint32_t>(bytes, 16);
    put<std::uint16_t>(bytes, 3);
    put<std::uint16_t>(bytes, static_cast<std::uint16_t>(channels));
    put<std::uint32_t>(bytes, static_cast<std::uint32_t>(rate));
    put<std::uint32_t>(bytes, static_cast<std::uint32_t>(rate * channels * 4));
    put<std::uint16_t>(bytes, static_cast<std::uint16_t>(channels * 4));
    put<std::uint16_t>(bytes, 32);
    bytes += "data";
    put<std::uint32_t>(bytes, data);
    bytes.append(reinterpret_cast<const char*>(sound.data()), data);
    write_bytes(file, bytes);
}

std::vector<float> whole_sound(const std::filesystem::path& file)
{
    auto reader = media::SoundReader::open(file);
    REQUIRE(problem_of(reader) == "");
    std::vector<float> sound(static_cast<std::size_t>((*reader)->samples()) * 2);
    REQUIRE(problem_of((*reader)->read(0, sound)) == "");
    return sound;
}

std::int64_t loudest_sample(const std::vector<float>& sound)
{
    std::size_t loudest = 0;
    for (std::size_t i = 0; i < sound.size(); i += 2)
        if (std::abs(sound[i]) > std::abs(sound[loudest])) loudest = i;
    return static_cast<std::int64_t>(loudest / 2);
}

}  // namespace kinora::tests
