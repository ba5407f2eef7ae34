#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <vector>

namespace kinora::inference {

/// What a causal network remembers between two chunks of a clip: the last frames that each of its temporal layers saw.
///
/// Layers have no numbers of their own. They ask for their slot in the order in which a pass visits them, which is the same
/// for every chunk, and for every part of a chunk. An undefined slot means that the layer hasn't seen a frame yet. One cache
/// serves one clip and one thread.
class CausalCache {
public:
    /// To be called before each chunk.
    void begin_chunk()
    {
        next_ = 0;
        ++chunks_;
    }

    [[nodiscard]] bool is_first_chunk() const { return chunks_ <= 1; }

    /// The place of the next slot; going back to it lets the layers after it have another part of the chunk.
    [[nodiscard]] std::size_t place() const { return next_; }
    void go_back(std::size_t place) { next_ = place; }

    /// The visited layer's slot. The reference is good until the next call.
    [[nodiscard]] at::Tensor& next_slot()
    {
        if (next_ == slots_.size()) slots_.emplace_back();
        return slots_[next_++];
    }

private:
    std::vector<at::Tensor> slots_;
    std::size_t next_ = 0;
    std::size_t chunks_ = 0;
};

}  // namespace kinora::inference
