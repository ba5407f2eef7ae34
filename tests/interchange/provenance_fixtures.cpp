#include "tests/interchange/provenance_fixtures.h"

#include <array>
#include <cstdio>
#include <cstdlib>

#include "core/base/file.h"
#include "core/base/paths.h"
#include "core/generation/picture_file.h"
#include "tests/scratch_folder.h"

namespace kinora::tests {
namespace {

std::string number(std::uint32_t value, std::size_t length, bool big)
{
    std::string out;
    for (std::size_t i = 0; i < length; ++i)
        out += static_cast<char>(value >> 8U * static_cast<unsigned>(big ? length - 1 - i : i));
    return out;
}

std::string box(const char* type, const std::string& content)
{
    return number(static_cast<std::uint32_t>(8 + content.size()), 4, true) + type + content;
}

}  // namespace

std::string small_tiff(bool big)
{
    struct Entry {
        std::uint32_t tag, type, count, value;
    };
    const std::uint32_t picture = 8;
    const Entry entries[] = {{256, 3, 1, 1},       {257, 3, 1, 1}, {258, 3, 1, 8}, {259, 3, 1, 1}, {262, 3, 1, 1},
                             {273, 4, 1, picture}, {277, 3, 1, 1}, {278, 3, 1, 1}, {279, 4, 1, 1}, {33432, 2, 2, 0}};
    std::string out = std::string(big ? "MM" : "II") + number(42, 2, big) + number(10, 4, big) + std::string("\x7f\0", 2);
    out += number(std::size(entries), 2, big);
    for (const Entry& entry : entries) {
        out += number(entry.tag, 2, big) + number(entry.type, 2, big) + number(entry.count, 4, big);
        out += entry.type == 3 ? number(entry.value, 2, big) + std::string(2, '\0') : number(entry.value, 4, big);
    }
    return out + number(0, 4, big);
}

std::string small_webp()
{
    static constexpr unsigned char k_bytes[] = {0x52, 0x49, 0x46, 0x46, 0x1a, 0,    0,    0,    0x57, 0x45, 0x42, 0x50,
                                                0x56, 0x50, 0x38, 0x4c, 0x0d, 0,    0,    0,    0x2f, 0,    0,    0,
                                                0x10, 0x07, 0x10, 0x11, 0x11, 0x88, 0x88, 0xfe, 0x07, 0};
    return {reinterpret_cast<const char*>(k_bytes), sizeof k_bytes};
}

std::string small_gif()
{
    static constexpr unsigned char k_bytes[] = {'G', 'I',  'F',  '8',  '9',  'a',  1, 0, 1, 0,    0x80, 0, 0,    0, 0,
                                                0,   0xff, 0xff, 0xff, 0x21, 0xf9, 4, 0, 0, 0,    0,    0, 0x2c, 0, 0,
                                                0,   0,    1,    0,    1,    0,    0, 2, 2, 0x44, 1,    0, 0x3b};
    return {reinterpret_cast<const char*>(k_bytes), sizeof k_bytes};
}

std::string small_boxes(const char* brand)
{
    return box("ftyp", std::string(brand) + number(512, 4, true) + brand) + box("mdat", "pictures") +
           box("moov", box("mvhd", std::string(100, '\0')));
}

std::string small_exr()
{
    const auto attribute = [](const std::string& name, const std::string& type, const std::string& data) {
        return name + '\0' + type + '\0' + number(static_cast<std::uint32_t>(data.size()), 4, false) + data;
    };
    const std::string window = number(0, 4, false) + number(0, 4, false) + number(1, 4, false) + number(0, 4, false);
    const std::string one = number(0x3F800000U, 4, false);
    std::string out = std::string("\x76\x2f\x31\x01", 4) + number(2, 4, false);
    out += attribute("channels", "chlist",
                     std::string("G\0", 2) + number(1, 4, false) + number(0, 4, false) + number(1, 4, false) +
                         number(1, 4, false) + std::string(1, '\0'));
    out += attribute("compression", "compression", std::string(1, '\0'));
    out += attribute("dataWindow", "box2i", window);
    out += attribute("displayWindow", "box2i", window);
    out += attribute("lineOrder", "lineOrder", std::string(1, '\0'));
    out += attribute("pixelAspectRatio", "float", one);
    out += attribute("screenWindowCenter", "v2f", std::string(8, '\0'));
    out += attribute("screenWindowWidth", "float", one);
    out += '\0';
    out += number(static_cast<std::uint32_t>(out.size()) + 8, 4, false) + number(0, 4, false);
    return out + number(0, 4, false) + number(4, 4, false) + number(0x38003C00U, 4, false);
}

std::string small_png()
{
    const ScratchFolder folder;
    core::Picture8 picture;
    picture.width = 16;
    picture.height = 16;
    picture.rgb.assign(16 * 16 * 3, 90);
    if (!core::write_png(folder / "small.png", picture)) return {};
    const auto bytes = core::read_file(folder / "small.png");
    return bytes ? *bytes : std::string();
}

std::string output_of(const std::string& program, const std::vector<std::string>& arguments)
{
    std::string command = program;
    for (const std::string& argument : arguments) {
        command += " '";
        for (const char c : argument)
            command += c == '\'' ? std::string("'\\''") : std::string(1, c);
        command += '\'';
    }
    std::FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
    std::string out;
    std::array<char, 4096> piece{};
    while (pipe != nullptr) {
        const std::size_t got = std::fread(piece.data(), 1, piece.size(), pipe);
        if (got == 0) break;
        out.append(piece.data(), got);
    }
    return pipe != nullptr && pclose(pipe) == 0 ? out : std::string();
}

std::filesystem::path c2pa_library_file()
{
    const char* told = std::getenv("KINORA_READERS");
    const std::filesystem::path readers =
        told != nullptr && *told != '\0' ? std::filesystem::path(told) : core::cache_dir() / "readers";
    const std::filesystem::path library = readers / "c2pa/libs/libc2pa_c.so";
    return std::filesystem::exists(library) ? library : std::filesystem::path();
}

}  // namespace kinora::tests
