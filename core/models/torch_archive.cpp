#include "core/models/torch_archive.h"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "core/base/mapped_file.h"
#include "core/base/text.h"
#include "core/models/tensor_pickle.h"
#include "core/models/zip_directory.h"

namespace kinora::core {
namespace {

// Pickles of the largest models' weights have a few hundred kilobytes.
constexpr std::uint64_t k_longest_pickle = 64U << 20U;

Error refused(ErrorKind kind, std::string_view file_name, const std::string& reason)
{
    return make_error(kind, in_quotes(file_name) + " is not a usable file of PyTorch weights: " + reason + ".");
}

std::string_view content(std::span<const std::byte> archive, const ZipEntry& entry)
{
    return {reinterpret_cast<const char*>(archive.data() + entry.begin), static_cast<std::size_t>(entry.end - entry.begin)};
}

/// The folder in the archive that everything lies in, with its slash: that of the only "…/data.pkl".
std::string find_root(const std::map<std::string, ZipEntry>& entries)
{
    constexpr std::string_view k_pickle = "data.pkl";
    for (const auto& [name, entry] : entries) {
        const bool ends = name.size() > k_pickle.size() && name.compare(name.size() - k_pickle.size(), 8, k_pickle) == 0;
        if (ends && std::count(name.begin(), name.end(), '/') == 1) return name.substr(0, name.size() - k_pickle.size());
    }
    return {};
}

/// Checks that a tensor lies in its storage and finds its place in the file; the reason it doesn't, otherwise.
std::string place_tensor(const PickledTensor& pickled, const ZipEntry& storage, TorchTensor& tensor)
{
    const std::string named = "tensor " + in_quotes(pickled.name) + " ";
    const std::uint64_t size = torch_element_size(pickled.type);
    std::uint64_t last = 0;
    std::uint64_t elements = 1;
    bool sound = pickled.offset >= 0;
    for (std::size_t i = 0; sound && i < pickled.shape.size(); ++i) {
        sound = pickled.shape[i] >= 0 && pickled.strides[i] >= 0;
        if (!sound) break;
        const auto side = static_cast<std::uint64_t>(pickled.shape[i]);
        std::uint64_t reach = 0;
        sound = !__builtin_mul_overflow(elements, side, &elements) && elements <= INT64_MAX / 8;
        if (side > 1) {
            sound = sound && !__builtin_mul_overflow(side - 1, static_cast<std::uint64_t>(pickled.strides[i]), &reach) &&
                    !__builtin_add_overflow(last, reach, &last);
        }
    }
    if (!sound || size == 0) return named + "has an impossible shape";
    const std::uint64_t available = (storage.end - storage.begin) / size;
    const auto offset = static_cast<std::uint64_t>(pickled.offset);
    const bool inside = elements == 0 ? offset <= available : last < available && offset < available - last;
    if (!inside) return named + "reaches past the end of its storage";
    // Strides of zero or overlapping ones make tensors larger than their storage: none is saved so, and a few bytes must not
    // claim to be gigabytes.
    if (elements > available) return named + "claims more elements than are stored";
    tensor.name = pickled.name;
    tensor.type = pickled.type;
    tensor.shape = pickled.shape;
    tensor.strides = pickled.strides;
    tensor.begin = storage.begin + offset * size;
    tensor.end = elements == 0 ? tensor.begin : tensor.begin + (last + 1) * size;
    return {};
}

}  // namespace

std::uint64_t torch_element_size(std::string_view type)
{
    if (type == "F64" || type == "I64") return 8;
    if (type == "F32" || type == "I32") return 4;
    if (type == "F16" || type == "BF16" || type == "I16") return 2;
    return type == "I8" || type == "U8" || type == "BOOL" ? 1 : 0;
}

Result<std::vector<TorchTensor>> parse_torch_archive(std::span<const std::byte> archive, std::string_view file_name)
{
    if (archive.size() >= 2 && archive[0] == std::byte{0x80} && archive[1] <= std::byte{5}) {
        return refused(ErrorKind::unsupported, file_name,
                       "it is in the old form of PyTorch before 1.6; save it again with a newer one, as safetensors");
    }
    if (archive.size() < 4 || archive[0] != std::byte{'P'} || archive[1] != std::byte{'K'})
        return refused(ErrorKind::corrupt, file_name, "it is no ZIP archive");
    std::map<std::string, ZipEntry> entries;
    if (auto reason = parse_zip_directory(archive, entries); !reason.empty())
        return refused(ErrorKind::corrupt, file_name, reason);
    const std::string root = find_root(entries);
    if (root.empty()) return refused(ErrorKind::corrupt, file_name, "it has no list of tensors (data.pkl)");
    if (const auto order = entries.find(root + "byteorder"); order != entries.end()) {
        if (content(archive, order->second) != "little")
            return refused(ErrorKind::unsupported, file_name, "its numbers aren't little-endian");
    }
    const ZipEntry& pickle = entries.at(root + "data.pkl");
    if (pickle.end - pickle.begin > k_longest_pickle)
        return refused(ErrorKind::unsupported, file_name, "its list of tensors is larger than 64 MB");
    std::vector<PickledTensor> pickled;
    if (auto reason = parse_tensor_pickle(content(archive, pickle), pickled); !reason.empty())
        return refused(ErrorKind::unsupported, file_name, reason);

    std::vector<TorchTensor> tensors;
    std::unordered_set<std::string> names;
    for (const PickledTensor& one : pickled) {
        const auto storage = entries.find(root + "data/" + one.storage);
        if (storage == entries.end())
            return refused(ErrorKind::corrupt, file_name, "the data of tensor " + in_quotes(one.name) + " is missing");
        TorchTensor tensor;
        if (auto reason = place_tensor(one, storage->second, tensor); !reason.empty())
            return refused(ErrorKind::corrupt, file_name, reason);
        if (!names.insert(tensor.name).second)
            return refused(ErrorKind::corrupt, file_name, "the name " + in_quotes(tensor.name) + " stands there twice");
        tensors.push_back(std::move(tensor));
    }
    std::sort(tensors.begin(), tensors.end(), [](const TorchTensor& a, const TorchTensor& b) { return a.name < b.name; });
    return tensors;
}

Result<std::vector<TorchTensor>> read_torch_archive(const std::filesystem::path& file)
{
    const auto map = MappedFile::open(file);
    if (!map) return map.error();
    return parse_torch_archive((*map)->bytes(), file.string());
}

}  // namespace kinora::core
