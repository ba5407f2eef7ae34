#include <span>
#include <string>
#include <vector>

#include "core/models/lora_keys.h"
#include "core/models/safetensors_header.h"
#include "tests/fuzz/fuzz_target.h"

namespace kinora::fuzz {
namespace {

void sort_names(const std::vector<std::string>& names)
{
    const auto keys = core::parse_lora_keys(names);
    std::size_t placed = keys.unknown.size();
    for (const auto& module : keys.modules) {
        expect(!module.keys.empty(), "modules with tensors");
        placed += module.keys.size();
    }
    expect(placed <= names.size(), "every name in one place at most");
}

}  // namespace

void run_one(std::string_view bytes)
{
    const auto head = std::as_bytes(std::span(bytes.data(), bytes.size()));
    if (const auto header = core::parse_safetensors_header(head, bytes.size(), "fuzzed.safetensors")) {
        std::vector<std::string> names;
        for (const auto& entry : header->entries)
            names.push_back(entry.name);
        sort_names(names);
        (void)core::recognise_few_step("fuzzed.safetensors", header->metadata);
    }
    // The same bytes as one name a line: the names are what matters here.
    std::vector<std::string> lines(1);
    for (const char letter : bytes.substr(0, 4096)) {
        if (letter == '\n' || letter == '"')
            lines.emplace_back();
        else
            lines.back() += letter;
    }
    sort_names(lines);
    (void)core::recognise_few_step(lines.front(), {{"name", lines.back()}});
}

}  // namespace kinora::fuzz
