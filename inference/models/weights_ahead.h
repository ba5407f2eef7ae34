#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "inference/runtime/card_copies.h"
#include "inference/weights/packed_weight.h"

namespace kinora::inference {

/// A matrix that lies in the processor's memory or in a file's pages, in the type in which a card is to have it.
struct CardWeight {
    at::Tensor weight;                           ///< undefined where it is packed
    std::shared_ptr<const PackedWeight> packed;  ///< expanded on the way
    at::ScalarType dtype = at::kFloat;
};

/// Matrices that pass through a card one after the other, of which it holds two: while it works with one, the next is on
/// its way. Which one that is, is known from the last time: a model's layers follow each other in the same order at every
/// step. So a model that doesn't fit on the card runs as fast as the slower of its work and the way there.
class WeightsAhead {
public:
    explicit WeightsAhead(std::unique_ptr<CardCopies> copies) : copies_(std::move(copies)) {}
    ~WeightsAhead();
    WeightsAhead(const WeightsAhead&) = delete;
    WeightsAhead& operator=(const WeightsAhead&) = delete;

    /// The matrix on the card, for what is given to the card until the next call.
    [[nodiscard]] at::Tensor take(const CardWeight& wanted);

    /// Gives back all memory, and what was learnt of the order.
    void forget();

private:
    using Key = std::pair<const void*, at::ScalarType>;
    struct Room {
        at::Tensor host;
        at::Tensor card;
        std::optional<CardWeight> holds;
        at::Tensor matrix;  ///< of `card`
    };

    [[nodiscard]] static Key key_of(const CardWeight& weight);
    [[nodiscard]] std::optional<int> room_of(const Key& key) const;
    void begin(int room, const CardWeight& weight);

    std::unique_ptr<CardCopies> copies_;
    std::array<Room, CardCopies::rooms> rooms_;
    std::optional<int> given_;           ///< the room that was handed out last
    std::optional<Key> last_;            ///< what is in it
    std::map<Key, CardWeight> follows_;  ///< what came after each matrix
};

/// This thread's own for a card.
[[nodiscard]] WeightsAhead& weights_ahead_on(const c10::Device& card);
/// Frees it.
void release_weights_ahead();

}  // namespace kinora::inference
