#include "inference/pipeline/wan_experts.h"

#include <utility>

#include "inference/models/layers.h"

namespace kinora::inference {

WanExperts::WanExperts(WanDit only) : dit_(std::move(only)) {}

WanExperts::WanExperts(Load load, float boundary) : load_(std::move(load)), boundary_(boundary) {}

int WanExperts::index_at(float timestep) const
{
    return timestep < boundary_ ? 1 : 0;
}

core::Result<const WanDit*> WanExperts::expert(int index)
{
    if (!dit_ || loaded_ != index) {
        dit_.reset();
        release_shared_weights();
        auto dit = load_(index);
        if (!dit) return dit.error();
        dit_ = *std::move(dit);
        loaded_ = index;
        stack_ = {};
        applied_ = loras_ == nullptr;
    }
    if (auto applied = apply_loras(); !applied) return applied.error();
    return &*dit_;
}

void WanExperts::release()
{
    if (load_) dit_.reset();
}

void WanExperts::set_loras(std::shared_ptr<const LoraSet> loras)
{
    const bool same = loras_ && loras ? loras_->choices() == loras->choices() : loras_ == loras;
    loras_ = std::move(loras);
    applied_ = applied_ && same;
    unmatched_.clear();
}

core::Result<void> WanExperts::apply_loras()
{
    if (applied_) return {};
    const auto uses = loras_ ? loras_->for_expert(loaded_, count()) : std::vector<LoraUse>();
    const auto unmatched = stack_.set([&](const ParameterVisitor& visitor) { dit_->for_each_parameter(visitor); }, uses);
    if (!unmatched) return unmatched.error();
    unmatched_.insert(unmatched_.end(), unmatched->begin(), unmatched->end());
    applied_ = true;
    return {};
}

}  // namespace kinora::inference
