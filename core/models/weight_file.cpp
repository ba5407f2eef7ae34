#include "core/models/weight_file.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/base/mapped_file.h"
#include "core/models/gguf_header.h"
#include "core/models/gguf_tokenizer.h"
#include "core/models/safetensors_header.h"
#include "core/models/torch_archive.h"

namespace kinora::core {
namespace {

bool begins_with(std::span<const std::byte> bytes, std::string_view beginning)
{
    return bytes.size() >= beginning.size() && std::memcmp(bytes.data(), beginning.data(), beginning.size()) == 0;
}

std::string text_of(const GgufValue& value)
{
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* number = std::get_if<std::uint64_t>(&value)) return std::to_string(*number);
    if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    if (const auto* number = std::get_if<double>(&value)) return std::to_string(*number);
    if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
    return {};
}

WeightFileHeader from(GgufHeader&& header)
{
    WeightFileHeader file{.format = WeightFormat::gguf, .entries = {}, .metadata = {}};
    for (GgufTensor& tensor : header.tensors) {
        file.entries.push_back({.name = std::move(tensor.name),
                                .type = std::string(ggml_block(tensor.type).name),
                                .shape = std::move(tensor.shape),
                                .strides = {},
                                .begin = header.data_offset + tensor.begin,
                                .end = header.data_offset + tensor.end});
    }
    for (const auto& [key, value] : header.metadata)
        if (auto text = text_of(value); !text.empty()) file.metadata.emplace(key, std::move(text));
    return file;
}

WeightFileHeader from(SafetensorsHeader&& header)
{
    WeightFileHeader file{.format = WeightFormat::safetensors, .entries = {}, .metadata = std::move(header.metadata)};
    for (SafetensorsEntry& entry : header.entries) {
        file.entries.push_back({.name = std::move(entry.name),
                                .type = std::string(to_string(entry.type)),
                                .shape = std::move(entry.shape),
                                .strides = {},
                                .begin = header.data_offset + entry.begin,
                                .end = header.data_offset + entry.end});
    }
    return file;
}

WeightFileHeader from(std::vector<TorchTensor>&& tensors)
{
    WeightFileHeader file{.format = WeightFormat::torch_archive, .entries = {}, .metadata = {}};
    for (TorchTensor& tensor : tensors) {
        file.entries.push_back({.name = std::move(tensor.name),
                                .type = std::move(tensor.type),
                                .shape = std::move(tensor.shape),
                                .strides = std::move(tensor.strides),
                                .begin = tensor.begin,
                                .end = tensor.end});
    }
    return file;
}

}  // namespace

std::string_view to_string(WeightFormat format)
{
    switch (format) {
        case WeightFormat::gguf:
            return "GGUF";
        case WeightFormat::torch_archive:
            return "PyTorch";
        case WeightFormat::safetensors:
            break;
    }
    return "safetensors";
}

std::int64_t WeightEntry::elements() const
{
    std::int64_t count = 1;
    for (const std::int64_t side : shape)
        count *= side;
    return count;
}

bool is_weight_file(const std::filesystem::path& file)
{
    constexpr std::array<std::string_view, 4> k_endings{".safetensors", ".gguf", ".pth", ".pt"};
    const std::string ending = file.extension().string();
    return std::find(k_endings.begin(), k_endings.end(), ending) != k_endings.end();
}

Result<WeightFileHeader> parse_weight_file(std::span<const std::byte> bytes, std::string_view file_name)
{
    if (begins_with(bytes, "GGUF")) {
        auto header = parse_gguf_header(bytes, bytes.size(), file_name);
        if (!header) return header.error();
        return from(*std::move(header));
    }
    // An old pickle's first bytes would be an impossible length of a safetensors header, too: its own parser says more.
    const bool pickle = bytes.size() >= 2 && bytes[0] == std::byte{0x80} && bytes[1] <= std::byte{5} &&
                        file_name.find(".safetensors") == std::string_view::npos;
    if (begins_with(bytes, "PK") || pickle) {
        auto tensors = parse_torch_archive(bytes, file_name);
        if (!tensors) return tensors.error();
        return from(*std::move(tensors));
    }
    auto header = parse_safetensors_header(bytes, bytes.size(), file_name);
    if (!header) return header.error();
    return from(*std::move(header));
}

Result<WeightFileHeader> read_weight_file(const std::filesystem::path& file)
{
    const auto map = MappedFile::open(file);
    if (!map) return map.error();
    return parse_weight_file((*map)->bytes(), file.string());
}

std::string embedded_tokenizer(std::span<const std::byte> bytes, const WeightFileHeader& header)
{
    if (header.format == WeightFormat::gguf) {
        const auto parsed = parse_gguf_header(bytes, bytes.size(), "");
        return parsed ? gguf_tokenizer(*parsed, bytes) : std::string();
    }
    const auto found = std::find_if(header.entries.begin(), header.entries.end(), [](const WeightEntry& entry) {
        return entry.name == "spiece_model" && (entry.type == "U8" || entry.type == "I8");
    });
    if (found == header.entries.end() || found->end > bytes.size()) return {};
    return {reinterpret_cast<const char*>(bytes.data() + found->begin), static_cast<std::size_t>(found->end - found->begin)};
}

}  // namespace kinora::core
