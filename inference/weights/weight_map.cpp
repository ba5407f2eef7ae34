#include "inference/weights/weight_map.h"

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

}  // namespace

void WeightMap::add(std::string name, at::Tensor tensor)
{
    tensors_.insert_or_assign(std::move(name), std::move(tensor));
}

bool WeightMap::contains(std::string_view name) const
{
    return tensors_.find(std::string(name)) != tensors_.end();
}

core::Result<at::Tensor> WeightMap::take(const std::string& name, at::IntArrayRef shape)
{
    const auto found = tensors_.find(name);
    if (found == tensors_.end())
        return core::make_error(core::ErrorKind::corrupt, "The weights have no tensor \"" + name + "\".");
    if (found->second.sizes() != shape) {
        return core::make_error(core::ErrorKind::corrupt, "The tensor \"" + name + "\" has the shape " +
                                                              describe(found->second.sizes()) +
                                                              ", but the configuration asks for " + describe(shape) + ".");
    }
    used_.insert(name);
    return found->second;
}

std::vector<std::string> WeightMap::unused() const
{
    std::vector<std::string> names;
    for (const auto& [name, tensor] : tensors_) {
        if (!used_.contains(name)) names.push_back(name);
    }
    return names;
}

}  // namespace kinora::inference
