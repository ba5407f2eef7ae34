#include "inference/weights/weight_map.h"

#include <algorithm>
#include <sstream>
#include <utility>

namespace kinora::inference {
namespace {

std::string describe(at::IntArrayRef shape)
{
    std::ostringstream text;
    text << shape;
    return text.str();
}

core::Error misshapen(const std::string& name, at::IntArrayRef shape, at::IntArrayRef wanted)
{
    return core::make_error(core::ErrorKind::corrupt, "The tensor \"" + name + "\" has the shape " + describe(shape) +
                                                          ", but the configuration asks for " + describe(wanted) + ".");
}

}  // namespace

void WeightMap::add(std::string name, at::Tensor tensor)
{
    packed_.erase(name);
    tensors_.insert_or_assign(std::move(name), std::move(tensor));
}

void WeightMap::add(std::string name, std::shared_ptr<const PackedWeight> packed)
{
    tensors_.erase(name);
    packed_.insert_or_assign(std::move(name), std::move(packed));
}

bool WeightMap::contains(std::string_view name) const
{
    return tensors_.find(std::string(name)) != tensors_.end() || is_packed(name);
}

bool WeightMap::is_packed(std::string_view name) const
{
    return packed_.find(std::string(name)) != packed_.end();
}

core::Result<at::Tensor> WeightMap::take(const std::string& name, at::IntArrayRef shape)
{
    if (is_packed(name)) {
        const auto packed = take_packed(name, shape);
        if (!packed) return packed.error();
        return (*packed)->expanded(at::kFloat);
    }
    const auto found = tensors_.find(name);
    if (found == tensors_.end())
        return core::make_error(core::ErrorKind::corrupt, "The weights have no tensor \"" + name + "\".");
    if (found->second.sizes() != shape) return misshapen(name, found->second.sizes(), shape);
    used_.insert(name);
    return found->second;
}

core::Result<std::shared_ptr<const PackedWeight>> WeightMap::take_packed(const std::string& name, at::IntArrayRef shape)
{
    const auto found = packed_.find(name);
    if (found == packed_.end())
        return core::make_error(core::ErrorKind::corrupt, "The weights have no quantised tensor \"" + name + "\".");
    if (at::IntArrayRef(found->second->shape()) != shape) return misshapen(name, found->second->shape(), shape);
    used_.insert(name);
    return found->second;
}

std::vector<std::string> WeightMap::unused() const
{
    std::vector<std::string> names;
    for (const auto& [name, tensor] : tensors_) {
        if (!used_.contains(name)) names.push_back(name);
    }
    for (const auto& [name, weight] : packed_) {
        if (!used_.contains(name)) names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace kinora::inference
