#include <ATen/core/Tensor.h>

#include <algorithm>
#include <array>
#include <exception>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "core/base/file.h"
#include "core/base/text.h"
#include "inference/weights/safetensors.h"

namespace kinora::inference {
namespace {

std::optional<std::string_view> name_of(at::ScalarType type)
{
    switch (type) {
        case at::kBool:
            return "BOOL";
        case at::kByte:
            return "U8";
        case at::kChar:
            return "I8";
        case at::kFloat8_e5m2:
            return "F8_E5M2";
        case at::kFloat8_e4m3fn:
            return "F8_E4M3";
        case at::kShort:
            return "I16";
        case at::kHalf:
            return "F16";
        case at::kBFloat16:
            return "BF16";
        case at::kInt:
            return "I32";
        case at::kFloat:
            return "F32";
        case at::kDouble:
            return "F64";
        case at::kLong:
            return "I64";
        default:
            return std::nullopt;
    }
}

using NamedTensor = std::pair<std::string, at::Tensor>;

core::Result<void> write_tensors(core::AtomicFile& writer, const std::string& header,
                                 const std::vector<const NamedTensor*>& order)
{
    std::array<std::byte, 8> length{};
    for (std::size_t i = 0; i < 8; ++i)
        length[i] = static_cast<std::byte>(header.size() >> (8 * i));
    if (auto written = writer.write(length); !written) return written;
    if (auto written = writer.write(std::as_bytes(std::span(header.data(), header.size()))); !written) return written;
    for (const NamedTensor* named : order) {
        const at::Tensor plain = named->second.detach().cpu().contiguous();
        const std::span bytes(static_cast<const std::byte*>(plain.const_data_ptr()), plain.nbytes());
        if (auto written = writer.write(bytes); !written) return written;
    }
    return {};
}

}  // namespace

core::Result<void> save_safetensors(const std::filesystem::path& file,
                                    const std::vector<std::pair<std::string, at::Tensor>>& tensors,
                                    const std::map<std::string, std::string>& metadata)
{
    const auto invalid = [&](const std::string& reason) {
        return core::make_error(core::ErrorKind::invalid_argument,
                                core::in_quotes(file.string()) + " can't be written: " + reason + ".");
    };
    std::vector<const NamedTensor*> order;
    std::set<std::string_view> names;
    for (const NamedTensor& named : tensors) {
        if (!named.second.defined() || !name_of(named.second.scalar_type()))
            return invalid(core::in_quotes(named.first) + " has no type to store");
        if (named.first == "__metadata__" || !names.insert(named.first).second)
            return invalid(core::in_quotes(named.first) + " is taken");
        order.push_back(&named);
    }
    std::stable_sort(order.begin(), order.end(), [](const NamedTensor* a, const NamedTensor* b) {
        return a->second.element_size() > b->second.element_size();
    });
    try {
        auto json = nlohmann::ordered_json::object();
        if (!metadata.empty()) json["__metadata__"] = metadata;
        std::uint64_t offset = 0;
        for (const NamedTensor* named : order) {
            const std::uint64_t end = offset + named->second.nbytes();
            json[named->first] = {{"dtype", *name_of(named->second.scalar_type())},
                                  {"shape", named->second.sizes().vec()},
                                  {"data_offsets", {offset, end}}};
            offset = end;
        }
        std::string header = json.dump();
        header.append((8 - header.size() % 8) % 8, ' ');
        auto writer = core::AtomicFile::create(file);
        if (!writer) return writer.error();
        if (auto written = write_tensors(*writer, header, order); !written) return written;
        return writer->commit();
    } catch (const std::exception& error) {
        return invalid(error.what());
    }
}

}  // namespace kinora::inference
