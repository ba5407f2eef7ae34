#pragma once

#include <ATen/core/Tensor.h>
#include <c10/core/Device.h>

#include <cstdint>
#include <memory>

namespace kinora::inference {

/// Copies from the processor to a card that go on beside the card's work. There are two rooms of memory on either side;
/// what is copied into one can be used while the other is filled. To be called by one thread.
class CardCopies {
public:
    static constexpr int rooms = 2;

    CardCopies() = default;
    CardCopies(const CardCopies&) = delete;
    CardCopies& operator=(const CardCopies&) = delete;
    virtual ~CardCopies() = default;

    /// New memory, bytes: page-locked on the processor, from which a card reads by itself; and the card's, which work that
    /// was given to the card earlier may still be using.
    [[nodiscard]] virtual at::Tensor host_memory(std::int64_t bytes) = 0;
    [[nodiscard]] virtual at::Tensor card_memory(std::int64_t bytes) = 0;

    /// Begins to copy `from` (of the processor's memory of this room) to `to` (of the card's): at any time after the work
    /// that `used` has marked, and until one of the waits below. Both have to stay until `wait_on_host`.
    virtual void begin(int room, const at::Tensor& to, const at::Tensor& from) = 0;

    /// Returns when the room's last copy is done.
    virtual void wait_on_host(int room) = 0;
    /// What is given to the card from now on begins when the room's last copy is done; returns at once.
    virtual void wait_on_card(int room) = 0;
    /// What was given to the card so far may read the room.
    virtual void used(int room) = 0;
};

/// Copies on a stream of their own, ordered by events, on any device that libtorch runs.
[[nodiscard]] std::unique_ptr<CardCopies> make_card_copies(const c10::Device& card);

}  // namespace kinora::inference
