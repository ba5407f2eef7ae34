#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "inference/models/wan/dit.h"
#include "inference/pipeline/lora_set.h"

namespace kinora::inference {

/// The transformers of a model: one for all noise levels, or two experts, of which one is in memory at a time. The seam
/// where memory is planned: whoever asks for an expert gets it loaded, whatever had to go for it. Not thread-safe.
class WanExperts {
public:
    /// Loads expert 0 (the only one, or that for high noise) or 1 (low noise).
    using Load = std::function<core::Result<WanDit>(int expert)>;

    /// One transformer that is in memory already.
    explicit WanExperts(WanDit only);
    /// Loaded when they are asked for: one, or two with a `boundary` above 0, from which time step (0…1000) on the first one
    /// works.
    WanExperts(Load load, float boundary);

    [[nodiscard]] int count() const { return boundary_ > 0 ? 2 : 1; }
    /// Which expert works at a time step.
    [[nodiscard]] int index_at(float timestep) const;
    /// The expert, loaded if it isn't in memory; the other one is freed before. Errors are those of loading. The pointer is
    /// valid until another expert is asked for.
    [[nodiscard]] core::Result<const WanDit*> expert(int index);

    /// Frees what is in memory and can be loaded again.
    void release();

    /// The LoRAs that act from the next `expert` on; null: none. The transformer in memory isn't loaded again for it.
    void set_loras(std::shared_ptr<const LoraSet> loras);
    /// Modules that the LoRAs change and the transformers asked for so far haven't got.
    [[nodiscard]] const std::vector<std::string>& unmatched() const { return unmatched_; }

private:
    [[nodiscard]] core::Result<void> apply_loras();

    Load load_;
    float boundary_ = 0.0F;
    int loaded_ = 0;
    std::optional<WanDit> dit_;
    std::shared_ptr<const LoraSet> loras_;
    bool applied_ = true;  ///< `loras_` act on `dit_`
    LoraStack stack_;      ///< of `dit_`
    std::vector<std::string> unmatched_;
};

}  // namespace kinora::inference
