#include "inference/weights/safetensors.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/ne.h>

#include <cstdint>
#include <cstring>
#include <exception>
#include <optional>

#include "core/base/mapped_file.h"
#include "core/base/text.h"
#include "core/models/safetensors_header.h"

namespace kinora::inference {
namespace {

using core::SafetensorsType;

std::optional<at::ScalarType> scalar_type_of(SafetensorsType type)
{
    switch (type) {
        case SafetensorsType::boolean:
            return at::kByte;  // read as bytes, any of which may be neither 0 nor 1
        case SafetensorsType::u8:
            return at::kByte;
        case SafetensorsType::i8:
            return at::kChar;
        case SafetensorsType::f8_e5m2:
            return at::kFloat8_e5m2;
        case SafetensorsType::f8_e4m3:
            return at::kFloat8_e4m3fn;
        case SafetensorsType::i16:
            return at::kShort;
        case SafetensorsType::f16:
            return at::kHalf;
        case SafetensorsType::bf16:
            return at::kBFloat16;
        case SafetensorsType::i32:
            return at::kInt;
        case SafetensorsType::f32:
            return at::kFloat;
        case SafetensorsType::f64:
            return at::kDouble;
        case SafetensorsType::i64:
            return at::kLong;
        default:
            return std::nullopt;
    }
}

at::Tensor tensor_of(const core::SafetensorsEntry& entry, at::ScalarType type, std::span<const std::byte> data,
                     const std::shared_ptr<const core::MappedFile>& map)
{
    const auto options = at::TensorOptions().dtype(type);
    if (entry.begin == entry.end) return at::empty(entry.shape, options);
    const std::byte* start = data.data() + entry.begin;
    if (reinterpret_cast<std::uintptr_t>(start) % at::elementSize(type) != 0) {
        at::Tensor copy = at::empty(entry.shape, options);
        std::memcpy(copy.mutable_data_ptr(), start, static_cast<std::size_t>(entry.end - entry.begin));
        return copy;
    }
    // The tensor can't be const, but the map is read-only: a write would be a fault, not a silent change of the file.
    return at::from_blob(
        const_cast<std::byte*>(start), entry.shape, [map](void*) {}, options);
}

}  // namespace

core::Result<SafetensorsFile> open_safetensors(const std::filesystem::path& file)
{
    const auto map = core::MappedFile::open(file);
    if (!map) return map.error();
    const auto bytes = (*map)->bytes();
    const auto header = core::parse_safetensors_header(bytes, bytes.size(), file.string());
    if (!header) return header.error();

    SafetensorsFile result;
    result.metadata = header->metadata;
    const auto data = bytes.subspan(static_cast<std::size_t>(header->data_offset));
    try {
        for (const core::SafetensorsEntry& entry : header->entries) {
            const auto type = scalar_type_of(entry.type);
            if (!type) {
                return core::make_error(core::ErrorKind::unsupported,
                                        core::in_quotes(file.string()) + " stores \"" + entry.name + "\" as " +
                                            std::string(core::to_string(entry.type)) + ", which Kinora can't read.");
            }
            at::Tensor tensor = tensor_of(entry, *type, data, *map);
            result.weights.add(entry.name, entry.type == SafetensorsType::boolean ? at::ne(tensor, 0) : tensor);
        }
    } catch (const std::exception& error) {
        return core::make_error(core::ErrorKind::internal,
                                core::in_quotes(file.string()) + " can't be loaded: " + error.what());
    }
    return result;
}

core::Result<WeightMap> load_safetensors(const std::filesystem::path& file)
{
    auto loaded = open_safetensors(file);
    if (!loaded) return loaded.error();
    return std::move(loaded->weights);
}

}  // namespace kinora::inference
