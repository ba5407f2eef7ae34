#include "inference/models/weights_ahead.h"

#include <c10/util/Exception.h>

#include <cstdint>
#include <utility>

namespace kinora::inference {
namespace {

at::IntArrayRef shape_of(const CardWeight& weight)
{
    return weight.packed ? at::IntArrayRef(weight.packed->shape()) : weight.weight.sizes();
}

std::int64_t bytes_of(const CardWeight& weight)
{
    return c10::multiply_integers(shape_of(weight)) * static_cast<std::int64_t>(c10::elementSize(weight.dtype));
}

at::Tensor as_matrix(const at::Tensor& bytes, const CardWeight& weight)
{
    return bytes.narrow(0, 0, bytes_of(weight)).view(weight.dtype).view(shape_of(weight));
}

struct OfThread {
    std::optional<c10::Device> card;
    std::unique_ptr<WeightsAhead> weights;
};

OfThread& of_this_thread()
{
    thread_local OfThread own;
    return own;
}

}  // namespace

WeightsAhead::~WeightsAhead()
{
    // A card that went away has nothing more to wait for.
    try {
        forget();
    } catch (const c10::Error&) {
    }
}

WeightsAhead::Key WeightsAhead::key_of(const CardWeight& weight)
{
    const void* place = weight.packed ? static_cast<const void*>(weight.packed.get())
                                      : static_cast<const void*>(weight.weight.unsafeGetTensorImpl());
    return {place, weight.dtype};
}

std::optional<int> WeightsAhead::room_of(const Key& key) const
{
    for (int room = 0; room < CardCopies::rooms; ++room)
        if (rooms_[room].holds && key_of(*rooms_[room].holds) == key) return room;
    return std::nullopt;
}

void WeightsAhead::begin(int index, const CardWeight& weight)
{
    Room& room = rooms_[index];
    room.holds.reset();
    copies_->wait_on_host(index);  // the last copy reads from the room's memory
    const auto bytes = bytes_of(weight);
    if (!room.host.defined() || room.host.numel() < bytes) {
        room.matrix.reset();
        room.host.reset();
        room.card.reset();
        auto host = copies_->host_memory(bytes);
        room.card = copies_->card_memory(bytes);
        copies_->used(index);         // by work given earlier, for which this memory served until now
        room.host = std::move(host);  // last: a room that has it has both
    }
    auto filled = as_matrix(room.host, weight);
    if (weight.packed)
        weight.packed->expand_into(filled);
    else
        filled.copy_(weight.weight);
    room.matrix = as_matrix(room.card, weight);
    copies_->begin(index, room.matrix, filled);
    room.holds = weight;
}

at::Tensor WeightsAhead::take(const CardWeight& wanted)
{
    if (given_) copies_->used(*given_);
    const auto key = key_of(wanted);
    auto room = room_of(key);
    if (!room) {
        room = given_ ? 1 - *given_ : 0;
        begin(*room, wanted);
    }
    copies_->wait_on_card(*room);
    if (last_) follows_.insert_or_assign(*last_, wanted);
    given_ = room;
    last_ = key;
    const auto matrix = rooms_[*room].matrix;
    const auto next = follows_.find(key);
    if (next != follows_.end() && !room_of(key_of(next->second))) begin(1 - *room, next->second);
    return matrix;
}

void WeightsAhead::forget()
{
    if (given_) copies_->used(*given_);
    given_.reset();
    last_.reset();
    follows_.clear();
    for (int room = 0; room < CardCopies::rooms; ++room) {
        copies_->wait_on_host(room);
        rooms_[room] = {};
    }
}

WeightsAhead& weights_ahead_on(const c10::Device& card)
{
    auto& own = of_this_thread();
    if (own.card != card) {
        own.weights = std::make_unique<WeightsAhead>(make_card_copies(card));
        own.card = card;
    }
    return *own.weights;
}

void release_weights_ahead()
{
    of_this_thread() = {};
}

}  // namespace kinora::inference
