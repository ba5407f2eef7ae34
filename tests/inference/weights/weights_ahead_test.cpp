#include "inference/models/weights_ahead.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/Generator.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/zeros_like.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <new>
#include <set>
#include <utility>
#include <vector>

namespace kinora::inference {
namespace {

/// When a card carries out a copy that was begun: as soon as it may, or as late as it may.
enum class Haste { early, late };

/// A card whose copies are done at one end of the time that they may take. It fails a test that begins a copy into memory
/// that is still being used.
class SlowCopies : public CardCopies {
public:
    struct Log {
        int copies = 0;
        int misuses = 0;
        int awaited = 0;  ///< copies that were begun only when they were needed
        int fails_at = -1;
        int card_memory_fails_at = -1;
        int card_memories = 0;
    };

    SlowCopies(Haste haste, Log& log) : haste_(haste), log_(log) {}

    at::Tensor host_memory(std::int64_t bytes) override { return memory(bytes); }
    at::Tensor card_memory(std::int64_t bytes) override
    {
        if (log_.card_memories++ == log_.card_memory_fails_at) throw std::bad_alloc();
        auto made = memory(bytes);
        waits_for_[made.const_data_ptr()] = {};
        return made;
    }

    void begin(int room, const at::Tensor& to, const at::Tensor& from) override
    {
        if (log_.copies == log_.fails_at) {
            log_.fails_at = -1;
            throw std::bad_alloc();
        }
        ++log_.copies;
        if (in_use_[room] || pending_[room] || !waits_for_[to.const_data_ptr()].contains(room)) ++log_.misuses;
        begun_at_[room] = takes_;
        // Sources may be gone by then: what counts is what lies in the rooms.
        pending_[room] = [to, from]() mutable { std::memcpy(to.mutable_data_ptr(), from.const_data_ptr(), to.nbytes()); };
        if (haste_ == Haste::early) wait_on_host(room);
    }

    void wait_on_host(int room) override
    {
        if (auto copy = std::exchange(pending_[room], nullptr)) copy();
    }

    void wait_on_card(int room) override
    {
        wait_on_host(room);
        in_use_[room] = true;
        if (begun_at_[room] == takes_) ++log_.awaited;
    }

    void used(int room) override
    {
        in_use_[room] = false;
        for (auto& [place, rooms_that_wait] : waits_for_)
            rooms_that_wait.insert(room);
        ++takes_;
    }

private:
    /// Like a card's, it holds what was there before.
    static at::Tensor memory(std::int64_t bytes)
    {
        return at::empty({bytes}, at::TensorOptions().dtype(at::kByte)).fill_(7);
    }

    Haste haste_;
    Log& log_;
    int takes_ = 0;  ///< also counts new memory
    std::array<bool, rooms> in_use_{};
    /// Rooms whose copies wait for what the card did before it handed this memory out.
    std::map<const void*, std::set<int>> waits_for_;
    std::array<int, rooms> begun_at_{-1, -1};
    std::array<std::function<void()>, rooms> pending_;
};

std::vector<CardWeight> layers(int count)
{
    std::vector<CardWeight> made;
    for (int index = 0; index < count; ++index) {
        auto random = at::make_generator<at::CPUGeneratorImpl>(static_cast<std::uint64_t>(index + 1));
        const std::int64_t out = 3 + 5 * (index % 4);
        made.push_back({at::randn({out, 7}, random, at::TensorOptions().dtype(at::kFloat)), nullptr,
                        index % 3 == 1 ? at::kBFloat16 : at::kFloat});
    }
    return made;
}

void check_pass(WeightsAhead& ahead, const std::vector<CardWeight>& order)
{
    for (const CardWeight& layer : order) {
        const auto there = ahead.take(layer);
        CHECK(there.scalar_type() == layer.dtype);
        CHECK(at::equal(there, layer.weight.to(layer.dtype)));
    }
}

}  // namespace

TEST_CASE("weights that pass through a card are there when they are used, whenever their copies are done")
{
    for (const Haste haste : {Haste::early, Haste::late}) {
        SlowCopies::Log log;
        WeightsAhead ahead(std::make_unique<SlowCopies>(haste, log));
        const auto model = layers(9);
        for (int step = 0; step < 4; ++step)
            check_pass(ahead, model);
        CHECK(log.misuses == 0);
        CHECK(log.copies == 4 * 9 + 1);  // the first of a fifth pass is on its way
    }
}

TEST_CASE("from the second pass on, each weight is on its way while the one before it is used")
{
    SlowCopies::Log log;
    WeightsAhead ahead(std::make_unique<SlowCopies>(Haste::late, log));
    const auto model = layers(6);
    check_pass(ahead, model);
    CHECK(log.awaited == 6);
    log.awaited = 0;
    check_pass(ahead, model);
    CHECK(log.awaited == 1);  // what comes after the last one is known only now
    log.awaited = 0;
    check_pass(ahead, model);
    CHECK(log.awaited == 0);
}

TEST_CASE("weights that come in another order than before are right all the same")
{
    for (const Haste haste : {Haste::early, Haste::late}) {
        SlowCopies::Log log;
        WeightsAhead ahead(std::make_unique<SlowCopies>(haste, log));
        const auto model = layers(8);
        check_pass(ahead, model);
        check_pass(ahead, {model.rbegin(), model.rend()});
        check_pass(ahead, {model[3], model[3], model[0], model[3], model[7], model[0], model[0], model[2]});
        check_pass(ahead, model);
        CHECK(log.misuses == 0);
    }
}

TEST_CASE("a weight that was replaced is fetched anew, and none is fetched twice for two types")
{
    SlowCopies::Log log;
    WeightsAhead ahead(std::make_unique<SlowCopies>(Haste::late, log));
    auto model = layers(3);
    check_pass(ahead, model);
    check_pass(ahead, model);
    model[1].weight = at::zeros_like(model[1].weight);
    check_pass(ahead, model);
    auto both = model[2];
    both.dtype = at::kBFloat16;
    check_pass(ahead, {model[2], both, model[2]});
    CHECK(log.misuses == 0);
}

TEST_CASE("where memory ran out on the way, the next attempt brings what is asked for")
{
    for (int fails_at = 0; fails_at < 12; ++fails_at) {
        SlowCopies::Log log;
        log.fails_at = fails_at;
        WeightsAhead ahead(std::make_unique<SlowCopies>(Haste::late, log));
        const auto model = layers(4);
        int failures = 0;
        for (int pass = 0; pass < 3; ++pass)
            for (const CardWeight& layer : model) {
                at::Tensor there;
                try {
                    there = ahead.take(layer);
                } catch (const std::bad_alloc&) {
                    ++failures;
                    ahead.forget();
                    there = ahead.take(layer);
                }
                CHECK(at::equal(there, layer.weight.to(layer.dtype)));
            }
        CHECK(failures == 1);
        CHECK(log.misuses == 0);
    }
}

TEST_CASE("where a card has no room for a weight, what comes next has it, also without giving all back")
{
    // The layers grow, so that each of both rooms has to grow too; after the last failure a smaller one comes.
    for (int fails_at = 0; fails_at < 4; ++fails_at) {
        SlowCopies::Log log;
        log.card_memory_fails_at = fails_at;
        WeightsAhead ahead(std::make_unique<SlowCopies>(Haste::late, log));
        const auto model = layers(4);
        int failures = 0;
        for (int pass = 0; pass < 3; ++pass)
            for (const CardWeight& layer : model) {
                try {
                    const auto there = ahead.take(layer);
                    CHECK(at::equal(there, layer.weight.to(layer.dtype)));
                } catch (const std::bad_alloc&) {
                    ++failures;
                }
            }
        CHECK(failures == 1);
    }
}

}  // namespace kinora::inference
