#include "inference/pipeline/wan_experts.h"

#include <utility>

namespace kinora::inference {

WanExperts::WanExperts(WanDit only) : dit_(std::move(only)) {}

WanExperts::WanExperts(Load load, float boundary) : load_(std::move(load)), boundary_(boundary) {}

int WanExperts::index_at(float timestep) const
{
    return load_ && timestep < boundary_ ? 1 : 0;
}

core::Result<const WanDit*> WanExperts::expert(int index)
{
    if (!dit_ || loaded_ != index) {
        dit_.reset();
        auto dit = load_(index);
        if (!dit) return dit.error();
        dit_ = *std::move(dit);
        loaded_ = index;
    }
    return &*dit_;
}

}  // namespace kinora::inference
