#include "core/runtime/graphics_card.h"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/base/run_program.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> fields_of(const std::string& line)
{
    std::vector<std::string> fields;
    std::istringstream in(line);
    for (std::string field; std::getline(in, field, ',');) {
        const auto first = field.find_first_not_of(" \t\r");
        const auto last = field.find_last_not_of(" \t\r");
        fields.push_back(first == std::string::npos ? std::string() : field.substr(first, last - first + 1));
    }
    return fields;
}

/// "8.9" as 89; 0 for anything else.
int capability_of(const std::string& text)
{
    int major = 0;
    int minor = 0;
    const char* end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, major);
    if (first.ec != std::errc() || first.ptr == end || *first.ptr != '.') return 0;
    const auto second = std::from_chars(first.ptr + 1, end, minor);
    return second.ec == std::errc() && second.ptr == end && major > 0 && minor >= 0 && minor < 10 ? major * 10 + minor : 0;
}

std::string line_of(const fs::path& file)
{
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    return line;
}

/// Display controllers on the PCI bus by vendor; class and vendor codes of the PCI ID database.
std::vector<GraphicsCard> cards_on_bus()
{
    std::vector<GraphicsCard> cards;
    std::error_code failed;
    for (const auto& device : fs::directory_iterator("/sys/bus/pci/devices", failed)) {
        if (line_of(device.path() / "class").rfind("0x03", 0) != 0) continue;
        const std::string vendor = line_of(device.path() / "vendor");
        const char* name = vendor == "0x10de"   ? "NVIDIA"
                           : vendor == "0x1002" ? "AMD"
                           : vendor == "0x8086" ? "Intel"
                                                : nullptr;
        if (name) cards.push_back({std::string(name) + " graphics", name, {}, 0, 0});
    }
    return cards;
}

}  // namespace

std::vector<GraphicsCard> parse_nvidia_smi(const std::string& text)
{
    std::vector<GraphicsCard> cards;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const auto fields = fields_of(line);
        if (fields.size() != 4 || fields[0].empty() || fields[1].empty() ||
            fields[1].find_first_not_of("0123456789.") != std::string::npos)
            continue;
        GraphicsCard card{fields[0], "NVIDIA", fields[1], capability_of(fields[2]), 0};
        double mebibytes = 0;
        if (std::from_chars(fields[3].data(), fields[3].data() + fields[3].size(), mebibytes).ec == std::errc())
            card.memory_gb = mebibytes * 1048576 / 1e9;
        cards.push_back(std::move(card));
    }
    return cards;
}

std::vector<GraphicsCard> find_graphics_cards()
{
    auto cards = cards_on_bus();
    const auto asked = run_program(
        {"nvidia-smi", "--query-gpu=name,driver_version,compute_cap,memory.total", "--format=csv,noheader,nounits"});
    if (!asked || asked->exit_code != 0) return cards;
    auto known = parse_nvidia_smi(asked->out);
    if (known.empty()) return cards;
    for (auto& card : cards)
        if (card.vendor != "NVIDIA") known.push_back(std::move(card));
    return known;
}

}  // namespace kinora::core
