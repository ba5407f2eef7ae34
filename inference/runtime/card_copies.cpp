#include "inference/runtime/card_copies.h"

#include <ATen/ops/empty.h>
#include <c10/core/Event.h>
#include <c10/core/Stream.h>
#include <c10/core/StreamGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <array>

namespace kinora::inference {
namespace {

/// By libtorch's own interfaces to streams and events, which need no headers of a card's maker: the same program runs with
/// a libtorch that knows cards and with one that doesn't.
class StreamCopies : public CardCopies {
public:
    explicit StreamCopies(const c10::Device& card)
        : card_(card),
          device_(card.type()),
          stream_(device_.getStreamFromGlobalPool(card)),
          copied_{c10::Event(card.type()), c10::Event(card.type())},
          used_{c10::Event(card.type()), c10::Event(card.type())}
    {
    }

    at::Tensor host_memory(std::int64_t bytes) override
    {
        return at::empty({bytes}, at::TensorOptions().dtype(at::kByte).pinned_memory(true));
    }

    at::Tensor card_memory(std::int64_t bytes) override
    {
        return at::empty({bytes}, at::TensorOptions().dtype(at::kByte).device(card_));
    }

    void begin(int room, const at::Tensor& to, const at::Tensor& from) override
    {
        used_.at(room).block(stream_);
        {
            const c10::StreamGuard on_own_stream(stream_);
            to.copy_(from, /*non_blocking=*/true);
        }
        copied_.at(room).record(stream_);
    }

    void wait_on_host(int room) override
    {
        if (copied_.at(room).was_marked_for_recording()) copied_.at(room).synchronize();
    }

    void wait_on_card(int room) override { copied_.at(room).block(device_.getStream(card_)); }
    void used(int room) override { used_.at(room).record(device_.getStream(card_)); }

private:
    c10::Device card_;
    c10::impl::VirtualGuardImpl device_;
    c10::Stream stream_;
    std::array<c10::Event, rooms> copied_;
    std::array<c10::Event, rooms> used_;
};

}  // namespace

std::unique_ptr<CardCopies> make_card_copies(const c10::Device& card)
{
    return std::make_unique<StreamCopies>(card);
}

}  // namespace kinora::inference
