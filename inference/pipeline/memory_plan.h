#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/generation/generator.h"
#include "inference/models/layers.h"
#include "inference/pipeline/decode.h"
#include "inference/pipeline/machine_speed.h"
#include "inference/pipeline/model_info.h"
#include "inference/pipeline/wan_model.h"
#include "inference/weights/weight_cost.h"

namespace kinora::inference {

/// What one stage of a run takes at its peak.
struct StagePlan {
    std::string name;        ///< "text encoder", "sampling", "decoding"
    std::int64_t bytes = 0;  ///< anonymous memory, or the card's; of the whole process
    double seconds = 0;
    std::string how;  ///< how it goes about it, for people
};

/// How a run fits into memory: what is kept, what is converted when it is used, what is done in pieces. Pages of mapped
/// files don't count, since the system can drop them.
struct MemoryPlan {
    std::int64_t limit = 0;  ///< what the process may take in all
    bool keep_parts = true;  ///< parts stay loaded from stage to stage, and for the next run
    WeightForms forms;
    bool passes_apart = false;  ///< the prompt's pass and the negative prompt's one after the other
    DecodeRoute route = DecodeRoute::whole_clip;
    std::vector<StagePlan> stages;

    [[nodiscard]] std::int64_t peak() const;
    [[nodiscard]] double seconds() const;
    [[nodiscard]] bool fits() const { return peak() <= limit; }
    /// One sentence a stage, and one about the limit.
    [[nodiscard]] std::vector<std::string> sentences() const;
};

/// Plans runs of one model. Reads the headers of its files once.
class MemoryPlanner {
public:
    /// Errors are those of the files' headers.
    [[nodiscard]] static core::Result<MemoryPlanner> create(const WanModelInfo& info, const core::Recipe& recipe);

    /// The fastest way to make the recipe's clip within `limit` bytes, of which the process has `base` already. If none
    /// fits, the one that takes least. `passes_apart` and the way of decoding are taken from the recipe where it fixes them.
    [[nodiscard]] MemoryPlan plan(const MachineSpeed& speed, std::int64_t limit, std::int64_t base,
                                  bool decoding_fixed) const;

    /// What a plan takes, computed again after one of its fields was changed.
    void measure(MemoryPlan& plan, const MachineSpeed& speed, std::int64_t base) const;

    /// The next smaller way to load weights and sample, with a sentence that says what changed and why; nothing if there is
    /// none.
    [[nodiscard]] std::optional<std::string> tighten(MemoryPlan& plan) const;

private:
    MemoryPlanner(const WanModelInfo& info, const core::Recipe& recipe) : info_(info), recipe_(recipe) {}
    [[nodiscard]] std::int64_t step_bytes(bool passes_apart) const;
    [[nodiscard]] std::int64_t decode_bytes(DecodeRoute route) const;
    [[nodiscard]] bool two_passes() const;
    /// Bytes of a block's matrices once they are converted; 0 where there is nothing to convert.
    [[nodiscard]] std::int64_t block_bytes() const { return transformer_.converted / info_.dit.num_layers; }
    void keep_blocks(MemoryPlan& plan, const MachineSpeed& speed, std::int64_t base) const;

    WanModelInfo info_;
    core::Recipe recipe_;
    WeightCost text_;
    WeightCost transformer_;  ///< the larger of two experts
    WeightCost image_;
    std::int64_t vae_bytes_ = 0;     ///< of the VAE's weights that are laid out once
    std::int64_t vae_laid_out_ = 0;  ///< of the largest one where each is laid out for its use
};

/// The route that a recipe names: how the clip is decoded, and whether the passes are apart, which also decides bits.
[[nodiscard]] std::string run_route(DecodeRoute route, bool passes_apart);
[[nodiscard]] bool passes_are_apart(const std::string& route);

}  // namespace kinora::inference
