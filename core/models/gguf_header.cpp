#include "core/models/gguf_header.h"

#include <algorithm>
#include <optional>
#include <unordered_set>

#include "core/base/byte_reader.h"
#include "core/base/mapped_file.h"
#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/models/gguf_metadata.h"

namespace kinora::core {
namespace {

constexpr std::uint32_t k_magic = 0x46554747;  // "GGUF"
constexpr std::uint64_t k_smallest_tensor = 8 + 4 + 4 + 8;
constexpr std::uint64_t k_smallest_pair = 8 + 4 + 1;
constexpr std::uint64_t k_largest_alignment = 1ULL << 20;
// ggml knows four dimensions; video models' patch embeddings are published with five.
constexpr std::uint32_t k_most_dimensions = 6;
constexpr std::string_view k_original_shape = "comfy.gguf.orig_shape.";

Error refused(ErrorKind kind, std::string_view file_name, const std::string& reason)
{
    return make_error(kind, in_quotes(file_name) + " is not a usable GGUF file: " + reason + ".");
}

std::optional<std::uint64_t> product(const std::vector<std::int64_t>& shape)
{
    std::uint64_t elements = 1;
    for (const std::int64_t side : shape) {
        if (side < 0 || __builtin_mul_overflow(elements, static_cast<std::uint64_t>(side), &elements)) return std::nullopt;
    }
    // Sizes are counted in bytes and, by libtorch, in signed numbers.
    return elements > static_cast<std::uint64_t>(INT64_MAX) / 8 ? std::nullopt : std::optional(elements);
}

/// Reads one entry of the tensor table; the reason it can't be, otherwise.
std::string read_tensor(ByteReader& reader, GgufTensor& tensor)
{
    tensor.name = gguf_text(reader);
    const auto dimensions = reader.number<std::uint32_t>();
    if (!reader.ok()) return "its tensor table is cut off";
    if (!is_valid_utf8(tensor.name)) return "the name of a tensor is no UTF-8 text";
    const std::string named = "tensor " + in_quotes(tensor.name) + " ";
    if (dimensions > k_most_dimensions) return named + "has " + std::to_string(dimensions) + " dimensions";
    for (std::uint32_t i = 0; i < dimensions; ++i) {
        const auto side = reader.number<std::uint64_t>();
        if (side > static_cast<std::uint64_t>(INT64_MAX)) return named + "has an impossible shape";
        tensor.shape.insert(tensor.shape.begin(), static_cast<std::int64_t>(side));
    }
    const auto type = reader.number<std::uint32_t>();
    tensor.begin = reader.number<std::uint64_t>();
    if (!reader.ok()) return "its tensor table is cut off";
    const auto block = ggml_block(type);
    if (!block) return named + "has the unknown type " + std::to_string(type);
    tensor.type = static_cast<GgmlType>(type);
    const auto elements = product(tensor.shape);
    if (!elements) return named + "has an impossible shape";
    const std::uint64_t row = tensor.shape.empty() ? 1 : static_cast<std::uint64_t>(tensor.shape.back());
    if (row % block->elements != 0) {
        return named + "has rows of " + std::to_string(row) + " numbers, but " + std::string(block->name) +
               " stores blocks of " + std::to_string(block->elements);
    }
    if (__builtin_add_overflow(tensor.begin, *elements / block->elements * block->bytes, &tensor.end))
        return named + "lies beyond the end of the file";
    return {};
}

std::string read_alignment(GgufHeader& header)
{
    const auto found = header.metadata.find("general.alignment");
    if (found == header.metadata.end()) return {};
    const auto* value = std::get_if<std::uint64_t>(&found->second);
    if (value == nullptr || *value == 0 || *value > k_largest_alignment || (*value & (*value - 1)) != 0)
        return "its alignment is no power of two";
    header.alignment = *value;
    return {};
}

/// The shape that a tensor had before it was flattened for its quantisation.
std::string restore_shape(const GgufHeader& header, std::span<const std::byte> head, GgufTensor& tensor)
{
    const auto found = header.metadata.find(std::string(k_original_shape) + tensor.name);
    if (found == header.metadata.end()) return {};
    const std::string lie = "the original shape of tensor " + in_quotes(tensor.name) + " doesn't fit its data";
    const auto* array = std::get_if<GgufArray>(&found->second);
    if (array == nullptr || array->count > k_most_dimensions) return lie;
    auto shape = gguf_integers(*array, head);
    if (shape.size() != array->count || product(shape) != product(tensor.shape)) return lie;
    tensor.shape = std::move(shape);
    return {};
}

/// Where the tensors lie: aligned, inside the file, none over another.
std::string check_places(GgufHeader& header, std::uint64_t file_size)
{
    std::stable_sort(header.tensors.begin(), header.tensors.end(),
                     [](const auto& a, const auto& b) { return a.begin != b.begin ? a.begin < b.begin : a.end < b.end; });
    std::uint64_t reached = 0;
    for (const GgufTensor& tensor : header.tensors) {
        const std::string named = "tensor " + in_quotes(tensor.name) + " ";
        if (tensor.begin % header.alignment != 0) return named + "isn't aligned";
        if (header.data_offset > file_size || tensor.end > file_size - header.data_offset)
            return named + "reaches past the end of the file; the download may be incomplete";
        if (tensor.begin < reached) return named + "overlaps another one";
        reached = tensor.end;
    }
    return {};
}

std::string parse_body(ByteReader& reader, std::span<const std::byte> head, std::uint64_t file_size, GgufHeader& header)
{
    const auto tensors = reader.number<std::uint64_t>();
    const auto pairs = reader.number<std::uint64_t>();
    if (!reader.ok()) return "it ends inside its header";
    if (pairs > reader.left() / k_smallest_pair) return "it announces more metadata than it can hold";
    if (auto reason = parse_gguf_metadata(reader, pairs, header.metadata); !reason.empty()) return reason;
    if (auto reason = read_alignment(header); !reason.empty()) return reason;
    if (tensors > reader.left() / k_smallest_tensor) return "it announces more tensors than it can hold";
    std::unordered_set<std::string> names;
    for (std::uint64_t i = 0; i < tensors; ++i) {
        GgufTensor tensor;
        if (auto reason = read_tensor(reader, tensor); !reason.empty()) return reason;
        if (!names.insert(tensor.name).second) return "the name " + in_quotes(tensor.name) + " stands there twice";
        if (auto reason = restore_shape(header, head, tensor); !reason.empty()) return reason;
        header.tensors.push_back(std::move(tensor));
    }
    header.data_offset = (reader.position() + header.alignment - 1) / header.alignment * header.alignment;
    return check_places(header, file_size);
}

}  // namespace

Result<GgufHeader> parse_gguf_header(std::span<const std::byte> head, std::uint64_t file_size, std::string_view file_name)
{
    ByteReader reader(head);
    const auto magic = reader.number<std::uint32_t>();
    GgufHeader header;
    header.version = reader.number<std::uint32_t>();
    if (!reader.ok()) return refused(ErrorKind::corrupt, file_name, "it is shorter than a header");
    if (magic != k_magic) return refused(ErrorKind::corrupt, file_name, "it doesn't begin with \"GGUF\"");
    if ((header.version & 0xFFFFU) == 0 && header.version != 0)
        return refused(ErrorKind::unsupported, file_name, "it is big-endian");
    if (header.version != 2 && header.version != 3)
        return refused(ErrorKind::unsupported, file_name,
                       "it has version " + std::to_string(header.version) + ", and Kinora reads versions 2 and 3");
    if (auto reason = parse_body(reader, head, file_size, header); !reason.empty())
        return refused(ErrorKind::corrupt, file_name, reason);
    return header;
}

Result<GgufHeader> read_gguf_header(const std::filesystem::path& file)
{
    const auto map = MappedFile::open(file);
    if (!map) return map.error();
    return parse_gguf_header((*map)->bytes(), (*map)->bytes().size(), file.string());
}

}  // namespace kinora::core
