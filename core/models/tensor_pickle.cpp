#include "core/models/tensor_pickle.h"

#include <set>
#include <utility>

#include "core/base/text.h"
#include "core/models/pickle_machine.h"

namespace kinora::core {
namespace {

constexpr std::size_t k_most_dimensions = 16;
constexpr std::size_t k_longest_key = 1024;

/// A list of whole numbers, as shapes and strides are written.
bool read_numbers(const PickleMachine& machine, const PickleValue& from, std::vector<std::int64_t>& numbers)
{
    if (from.kind != PickleKind::tuple && from.kind != PickleKind::list) return false;
    if (from.items.size() > k_most_dimensions) return false;
    for (const std::size_t item : from.items) {
        if (machine.value(item).kind != PickleKind::whole) return false;
        numbers.push_back(machine.value(item).number);
    }
    return true;
}

/// A tensor's arguments are its storage, offset, shape and strides.
bool read_tensor(const PickleMachine& machine, const PickleValue& from, PickledTensor& tensor)
{
    const PickleValue& storage = machine.value(from.items[0]);
    tensor.storage = storage.text;
    tensor.type = machine.value(storage.items[0]).text;
    const PickleValue& offset = machine.value(from.items[1]);
    tensor.offset = offset.number;
    return offset.kind == PickleKind::whole && read_numbers(machine, machine.value(from.items[2]), tensor.shape) &&
           read_numbers(machine, machine.value(from.items[3]), tensor.strides) &&
           tensor.shape.size() == tensor.strides.size();
}

std::string joined(const std::string& path, const std::string& key)
{
    return path.empty() ? key : path + "." + key;
}

}  // namespace

std::string parse_tensor_pickle(std::string_view pickle, std::vector<PickledTensor>& tensors)
{
    PickleMachine machine(pickle);
    if (auto reason = machine.run(); !reason.empty()) return reason;
    // Containers are visited once, however often (or in whatever circle) they are referred to; so are their names bounded.
    constexpr std::size_t k_deepest = 8;
    struct Place {
        std::size_t index;
        std::string path;
        std::size_t depth;
    };
    std::vector<Place> waiting{{machine.result(), {}, 0}};
    std::set<std::size_t> visited;
    while (!waiting.empty()) {
        const Place place = std::move(waiting.back());
        waiting.pop_back();
        const PickleValue& value = machine.value(place.index);
        if (value.kind == PickleKind::tensor) {
            PickledTensor tensor;
            if (!read_tensor(machine, value, tensor)) return "it describes the tensor " + in_quotes(place.path) + " wrongly";
            tensor.name = place.path;
            tensors.push_back(std::move(tensor));
            continue;
        }
        const bool dictionary = value.kind == PickleKind::dictionary;
        const bool container = dictionary || value.kind == PickleKind::list || value.kind == PickleKind::tuple;
        if (!container || !visited.insert(place.index).second) continue;
        if (place.depth >= k_deepest) return "its containers are nested too deep";
        for (std::size_t i = 0; i < value.items.size(); i += dictionary ? 2 : 1) {
            const PickleValue& key = machine.value(value.items[i]);
            if (dictionary && key.kind != PickleKind::text) continue;
            if (key.text.size() > k_longest_key && dictionary) return "it names a tensor with more than a thousand letters";
            const std::string name = dictionary ? key.text : std::to_string(i);
            waiting.push_back({value.items[dictionary ? i + 1 : i], joined(place.path, name), place.depth + 1});
        }
    }
    return {};
}

}  // namespace kinora::core
