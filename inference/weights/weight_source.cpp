#include "inference/weights/weight_source.h"

#include <ATen/ops/as_strided.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/ne.h>

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <exception>
#include <optional>
#include <utility>

#include "core/base/mapped_file.h"
#include "core/base/text.h"
#include "core/models/ggml_type.h"
#include "core/models/model_files.h"
#include "core/models/part_names.h"
#include "core/models/weight_file.h"
#include "inference/weights/dequantize.h"
#include "inference/weights/safetensors.h"

namespace kinora::inference {
namespace {

using Map = std::shared_ptr<const core::MappedFile>;

std::optional<at::ScalarType> plain_type(const std::string& name)
{
    static const std::map<std::string, at::ScalarType> types{
        {"F32", at::kFloat}, {"F16", at::kHalf},  {"BF16", at::kBFloat16}, {"F64", at::kDouble}, {"I64", at::kLong},
        {"I32", at::kInt},   {"I16", at::kShort}, {"I8", at::kChar},       {"U8", at::kByte},    {"BOOL", at::kByte}};
    const auto found = types.find(name);
    return found == types.end() ? std::nullopt : std::optional(found->second);
}

std::optional<core::GgmlType> packed_type(const std::string& name)
{
    for (std::uint32_t number = 0; number < 64; ++number) {
        const auto form = core::ggml_block(number);
        if (form && form->name == name && form->elements > 1) return static_cast<core::GgmlType>(number);
    }
    return std::nullopt;
}

/// A tensor over a stretch of the file, which is copied only where it isn't aligned.
at::Tensor mapped(const Map& map, std::uint64_t begin, std::uint64_t end, at::IntArrayRef shape, at::ScalarType type)
{
    const auto options = at::TensorOptions().dtype(type);
    if (begin == end) return at::empty(shape, options);
    const std::byte* start = map->bytes().data() + begin;
    if (reinterpret_cast<std::uintptr_t>(start) % at::elementSize(type) != 0) {
        at::Tensor copy = at::empty(shape, options);
        std::memcpy(copy.mutable_data_ptr(), start, static_cast<std::size_t>(end - begin));
        return copy;
    }
    // The tensor can't be const, but the map is read-only: a write would be a fault, not a silent change of the file.
    return at::from_blob(
        const_cast<std::byte*>(start), shape, [map](void*) {}, options);
}

at::Tensor plain_tensor(const Map& map, const core::WeightEntry& entry, at::ScalarType type)
{
    if (entry.strides.empty() || entry.begin == entry.end) return mapped(map, entry.begin, entry.end, entry.shape, type);
    const auto reach = static_cast<std::int64_t>((entry.end - entry.begin) / at::elementSize(type));
    return at::as_strided(mapped(map, entry.begin, entry.end, {reach}, type), entry.shape, entry.strides).contiguous();
}

core::Error unreadable(const std::filesystem::path& file, const core::WeightEntry& entry)
{
    return core::make_error(core::ErrorKind::unsupported, core::in_quotes(file.string()) + " stores \"" + entry.name +
                                                              "\" as " + entry.type + ", which Kinora can't read.");
}

core::Result<WeightMap> load_file(const std::filesystem::path& file, const Map& map, const core::WeightFileHeader& header)
{
    WeightMap weights;
    for (const core::WeightEntry& entry : header.entries) {
        if (const auto plain = plain_type(entry.type)) {
            at::Tensor tensor = plain_tensor(map, entry, *plain);
            weights.add(entry.name, entry.type == "BOOL" ? at::ne(tensor, 0) : tensor);
            continue;
        }
        const auto packed = packed_type(entry.type);
        if (!packed || !can_dequantize(*packed)) return unreadable(file, entry);
        const auto length = static_cast<std::int64_t>(entry.end - entry.begin);
        weights.add(entry.name, std::make_shared<const PackedWeight>(
                                    *packed, mapped(map, entry.begin, entry.end, {length}, at::kByte), entry.shape));
    }
    return weights;
}

/// The names of a map's tensors as a header would tell them.
std::vector<core::WeightEntry> entries_of(const WeightMap& weights)
{
    std::vector<core::WeightEntry> entries;
    const auto add = [&](const std::string& name, at::IntArrayRef shape) {
        core::WeightEntry entry;
        entry.name = name;
        entry.shape = shape.vec();
        entries.push_back(std::move(entry));
    };
    for (const auto& [name, tensor] : weights.tensors())
        add(name, tensor.sizes());
    for (const auto& [name, packed] : weights.packed())
        add(name, packed->shape());
    return entries;
}

bool is_float8(const at::Tensor& tensor)
{
    return tensor.scalar_type() == at::kFloat8_e4m3fn || tensor.scalar_type() == at::kFloat8_e5m2;
}

std::shared_ptr<const PackedWeight> pack_float8(const at::Tensor& tensor, std::vector<float> scales)
{
    const Float8 type = tensor.scalar_type() == at::kFloat8_e4m3fn ? Float8::e4m3fn : Float8::e5m2;
    return std::make_shared<const PackedWeight>(type, tensor.view(at::kByte).flatten(), tensor.sizes().vec(),
                                                std::move(scales));
}

constexpr const char* k_scale = ".scale_weight";

/// The scales of a weight in 8-bit floats: 1 where the file has none, else one number or one a row, which is said by a
/// scale of as many elements, however it is shaped.
core::Result<std::vector<float>> scales_of(const std::map<std::string, at::Tensor>& scales, const std::string& weight,
                                           const at::Tensor& values)
{
    const std::string module = weight.substr(0, weight.rfind('.'));
    const auto found = scales.find(module + k_scale);
    if (found == scales.end()) return std::vector<float>{1.0F};
    const at::Tensor numbers = found->second.to(at::kFloat).contiguous();
    const std::int64_t rows = values.dim() > 0 ? values.size(0) : 1;
    if (numbers.numel() != 1 && (numbers.numel() != rows || rows == 0)) {
        return core::make_error(
            core::ErrorKind::unsupported,
            fmt::format("The weight {} has {} scales for its {} rows; Kinora reads one for all or one a row.",
                        core::in_quotes(weight), numbers.numel(), rows));
    }
    const float* first = numbers.const_data_ptr<float>();
    return std::vector<float>(first, first + numbers.numel());
}

/// "….qkv_proj.…" stands for the three projections of an attention.
void add_split(WeightMap& weights, const std::string& name, const at::Tensor& tensor)
{
    constexpr std::string_view k_joined = "qkv_proj";
    const auto place = name.find(k_joined);
    if (place == std::string::npos || tensor.dim() == 0 || tensor.size(0) % 3 != 0) return weights.add(name, tensor);
    const auto parts = tensor.chunk(3, 0);
    for (std::size_t i = 0; i < 3; ++i) {
        std::string part = name;
        weights.add(part.replace(place, k_joined.size(), std::array<const char*, 3>{"q_proj", "k_proj", "v_proj"}[i]),
                    parts[i]);
    }
}

core::Result<WeightMap> load_folder(const std::filesystem::path& folder)
{
    const auto files = core::find_weight_files(folder);
    if (!files) return files.error();
    WeightMap all;
    std::map<std::string, std::string> found_in;
    for (const auto& file : files->files) {
        const auto shard = load_weight_file(file);
        if (!shard) return shard.error();
        for (const auto& entry : entries_of(*shard)) {
            const auto [first, fresh] = found_in.emplace(entry.name, file.filename().string());
            if (!fresh) {
                return core::make_error(core::ErrorKind::corrupt, core::in_quotes(folder.string()) + " holds the tensor \"" +
                                                                      entry.name + "\" twice, in " + first->second +
                                                                      " and " + file.filename().string() + ".");
            }
        }
        for (const auto& [name, tensor] : shard->tensors())
            all.add(name, tensor);
        for (const auto& [name, packed] : shard->packed())
            all.add(name, packed);
    }
    for (const auto& [name, file] : files->index) {
        const auto found = found_in.find(name);
        if (found == found_in.end() || found->second != file) {
            return core::make_error(core::ErrorKind::corrupt, core::in_quotes((folder / file).string()) +
                                                                  " doesn't hold the tensor \"" + name +
                                                                  "\" that the index of its folder promises.");
        }
    }
    return all;
}

}  // namespace

core::Result<WeightMap> load_weight_file(const std::filesystem::path& file)
{
    const auto map = core::MappedFile::open(file);
    if (!map) return map.error();
    const auto header = core::parse_weight_file((*map)->bytes(), file.string());
    if (!header) return header.error();
    // The safetensors reader knows the 8-bit floats as libtorch's own types, and what it refuses.
    if (header->format == core::WeightFormat::safetensors) return load_safetensors(file);
    try {
        return load_file(file, *map, *header);
    } catch (const std::exception& error) {
        return core::make_error(core::ErrorKind::internal,
                                core::in_quotes(file.string()) + " can't be loaded: " + error.what());
    }
}

core::Result<WeightMap> with_model_names(WeightMap weights)
{
    const auto entries = entries_of(weights);
    const auto part = core::recognise_part(entries);
    WeightMap named;
    std::map<std::string, at::Tensor> scales;
    for (const auto& [name, tensor] : weights.tensors()) {
        const auto found = part.names.find(name);
        if (found != part.names.end() && found->second.size() > std::string_view(k_scale).size() &&
            found->second.rfind(k_scale) == found->second.size() - std::string_view(k_scale).size())
            scales.emplace(found->second, tensor);
    }
    for (const auto& [name, tensor] : weights.tensors()) {
        const auto found = part.names.find(name);
        if (found == part.names.end() || scales.contains(found->second)) continue;
        if (!is_float8(tensor)) {
            add_split(named, found->second, tensor);
            continue;
        }
        auto numbers = scales_of(scales, found->second, tensor);
        if (!numbers) return numbers.error();
        named.add(found->second, pack_float8(tensor.contiguous(), *std::move(numbers)));
    }
    for (const auto& [name, packed] : weights.packed()) {
        const auto found = part.names.find(name);
        if (found == part.names.end()) continue;
        if (found->second.find("qkv_proj") != std::string::npos)
            add_split(named, found->second, packed->expanded(at::kFloat));
        else
            named.add(found->second, packed);
    }
    return named;
}

core::Result<WeightMap> load_part(const std::filesystem::path& folder_or_file)
{
    std::error_code ignored;
    auto weights = std::filesystem::is_regular_file(folder_or_file, ignored) ? load_weight_file(folder_or_file)
                                                                             : load_folder(folder_or_file);
    if (!weights) return weights.error();
    return with_model_names(*std::move(weights));
}

}  // namespace kinora::inference
