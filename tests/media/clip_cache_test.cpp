#include "core/media/clip_cache.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <vector>

#include "core/export/clip_export.h"
#include "core/media/cache_store.h"
#include "tests/media/media_fixtures.h"

using namespace kinora;
using namespace kinora::media;
using namespace kinora::tests;
namespace fs = std::filesystem;

namespace {

/// Collects replies and waits for them by a condition, never by sleeping.
class Inbox {
public:
    ClipCache::Reply reply()
    {
        return [this](const fs::path&, int index, const core::Result<std::shared_ptr<const VideoFrame>>& frame) {
            const std::lock_guard lock(mutex_);
            indices_.push_back(index);
            numbers_.push_back(frame ? number_in((*frame)->picture) : -1);
            errors_.push_back(frame ? "" : frame.error().message);
            arrived_.notify_all();
        };
    }
    bool wait_for(std::size_t count)
    {
        std::unique_lock lock(mutex_);
        return arrived_.wait_for(lock, std::chrono::seconds(30), [&] { return indices_.size() >= count; });
    }
    std::vector<int> indices()
    {
        const std::lock_guard lock(mutex_);
        return indices_;
    }
    std::vector<int> numbers()
    {
        const std::lock_guard lock(mutex_);
        return numbers_;
    }
    std::vector<std::string> errors()
    {
        const std::lock_guard lock(mutex_);
        return errors_;
    }

private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::vector<int> indices_;
    std::vector<int> numbers_;
    std::vector<std::string> errors_;
};

fs::path make_clip(const TemporaryFolder& folder, const std::string& name, int frames)
{
    ExportTarget target;
    target.preset = "take";
    target.file = folder / name;
    REQUIRE(problem_of(export_frames(numbered_clip(frames), target)) == "");
    return target.file;
}

template <typename Condition>
bool eventually(Condition condition)
{
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::yield();
    }
    return true;
}

}  // namespace

TEST_CASE("A requested picture arrives, and the whole clip follows into memory")
{
    const TemporaryFolder folder;
    const fs::path file = make_clip(folder, "a.mp4", 40);
    ClipCache cache;
    Inbox inbox;
    CHECK(cache.peek(file, 17) == nullptr);
    CHECK_FALSE(cache.info(file).has_value());
    cache.request(file, 17, inbox.reply());
    REQUIRE(inbox.wait_for(1));
    CHECK(inbox.numbers() == std::vector<int>{17});
    REQUIRE(eventually([&] { return cache.cached_frames(file) == 40; }));
    for (int i = 0; i < 40; ++i) {
        const auto frame = cache.peek(file, i);
        REQUIRE(frame);
        CHECK(number_in(frame->picture) == i);
    }
    CHECK(cache.peek(file, 40) == nullptr);
    CHECK(cache.peek(file, -1) == nullptr);
    CHECK(cache.info(file)->frames == 40);
}

TEST_CASE("The newest request of a channel wins, and channels don't disturb each other")
{
    const TemporaryFolder folder;
    const fs::path file = make_clip(folder, "a.mp4", 60);
    ClipCache cache;
    Inbox first;
    Inbox second;
    for (int i = 0; i < 60; ++i)
        cache.request(file, i, first.reply(), 0);
    cache.request(file, 5, second.reply(), 1);
    REQUIRE(second.wait_for(1));
    REQUIRE(eventually([&] { return !first.indices().empty() && first.indices().back() == 59; }));
    CHECK(second.numbers() == std::vector<int>{5});
    CHECK(first.numbers().back() == 59);
    CHECK(first.indices().size() < 60);
    CHECK(first.indices() == first.numbers());
}

TEST_CASE("Least recently used clips go when the budget is reached, and it is kept")
{
    const TemporaryFolder folder;
    const fs::path a = make_clip(folder, "a.mp4", 20);
    const fs::path b = make_clip(folder, "b.mp4", 20);
    const std::size_t budget = 30 * (128 * 64 * 3 + sizeof(VideoFrame));
    ClipCache cache({budget});
    Inbox inbox;
    cache.request(a, 0, inbox.reply());
    REQUIRE(eventually([&] { return cache.cached_frames(a) == 20; }));
    cache.request(b, 0, inbox.reply());
    REQUIRE(eventually([&] { return cache.cached_frames(b) == 20; }));
    CHECK(cache.used_bytes() <= budget);
    CHECK(cache.peek(b, 19));
}

TEST_CASE("A budget that is made smaller is kept at once, and one that is made larger is used")
{
    const TemporaryFolder folder;
    const fs::path a = make_clip(folder, "a.mp4", 20);
    const fs::path b = make_clip(folder, "b.mp4", 20);
    const std::size_t picture = 128 * 64 * 3 + sizeof(VideoFrame);
    ClipCache cache({40 * picture});
    Inbox inbox;
    for (const auto& file : {a, b}) {
        cache.request(file, 0, inbox.reply());
        REQUIRE(eventually([&] { return cache.cached_frames(file) == 20; }));
    }
    cache.set_budget(12 * picture);
    CHECK(cache.used_bytes() <= 12 * picture);
    CHECK(cache.cached_frames(a) == 0);
    CHECK(cache.cached_frames(b) > 0);
    cache.set_budget(40 * picture);
    cache.request(a, 0, inbox.reply());
    REQUIRE(eventually([&] { return cache.cached_frames(a) == 20; }));
}

TEST_CASE("A store of clips forgets those that nobody asked for in a long time, however many there were")
{
    CacheStore store(1U << 20U);
    for (int file = 0; file < 20'000; ++file)
        static_cast<void>(store.touch("clip " + std::to_string(file)));
    CHECK(store.clips() <= 2 * 4096 + 1);
    CHECK(store.find("clip 19999") != nullptr);
    CHECK(store.find("clip 0") == nullptr);
}

TEST_CASE("A clip larger than the budget keeps a window around the playhead")
{
    const TemporaryFolder folder;
    const fs::path file = make_clip(folder, "a.mp4", 100);
    const std::size_t budget = 20 * (128 * 64 * 3 + sizeof(VideoFrame));
    ClipCache cache({budget});
    Inbox inbox;
    cache.request(file, 50, inbox.reply());
    REQUIRE(eventually([&] { return cache.cached_frames(file) == 20 && cache.peek(file, 50) != nullptr; }));
    REQUIRE(eventually([&] { return cache.peek(file, 50) && cache.cached_frames(file) == 20; }));
    CHECK(cache.used_bytes() <= budget);
    cache.request(file, 10, inbox.reply());
    REQUIRE(inbox.wait_for(2));
    CHECK(inbox.numbers().back() == 10);
    // Played on through hits alone, the window moves along.
    REQUIRE(eventually([&] { return cache.peek(file, 12) != nullptr; }));
    for (int i = 12; i < 60; ++i)
        REQUIRE(eventually([&] { return cache.peek(file, i) != nullptr; }));
    CHECK(cache.used_bytes() <= budget);
}

TEST_CASE("A preload fills free memory but pushes nothing out")
{
    const TemporaryFolder folder;
    const fs::path a = make_clip(folder, "a.mp4", 20);
    const fs::path b = make_clip(folder, "b.mp4", 20);
    ClipCache cache({30 * (128 * 64 * 3 + sizeof(VideoFrame))});
    Inbox inbox;
    cache.request(a, 0, inbox.reply());
    REQUIRE(eventually([&] { return cache.cached_frames(a) == 20; }));
    cache.preload(b);
    REQUIRE(eventually([&] { return cache.cached_frames(b) == 10; }));
    CHECK(cache.cached_frames(a) == 20);
}

TEST_CASE("Missing and damaged clips answer with their reason")
{
    const TemporaryFolder folder;
    write_bytes(folder / "bad.mp4", "no film");
    ClipCache cache;
    Inbox inbox;
    cache.request(folder / "none.mp4", 0, inbox.reply(), 0);
    cache.request(folder / "bad.mp4", 0, inbox.reply(), 1);
    REQUIRE(inbox.wait_for(2));
    CHECK(inbox.errors()[0].find("none.mp4") != std::string::npos);
    CHECK(inbox.errors()[1].find("bad.mp4") != std::string::npos);
    const fs::path file = make_clip(folder, "a.mp4", 4);
    cache.request(file, 99, inbox.reply());
    REQUIRE(inbox.wait_for(3));
    CHECK(inbox.errors()[2].find("no frame 99") != std::string::npos);
}

TEST_CASE("A clip written anew is read anew once it was forgotten")
{
    const TemporaryFolder folder;
    const fs::path file = make_clip(folder, "a.mp4", 4);
    ClipCache cache;
    Inbox inbox;
    cache.request(file, 3, inbox.reply());
    REQUIRE(inbox.wait_for(1));
    REQUIRE(eventually([&] { return cache.cached_frames(file) == 4; }));
    fs::remove(file);
    (void)make_clip(folder, "a.mp4", 9);
    cache.forget(file);
    CHECK(cache.used_bytes() == 0);
    cache.request(file, 8, inbox.reply());
    REQUIRE(inbox.wait_for(2));
    CHECK(inbox.numbers().back() == 8);
    CHECK(cache.info(file)->frames == 9);
}

TEST_CASE("A cache can be destroyed in the middle of work")
{
    const TemporaryFolder folder;
    const fs::path file = make_clip(folder, "a.mp4", 60);
    for (int round = 0; round < 10; ++round) {
        Inbox inbox;
        ClipCache cache;
        cache.request(file, 59, inbox.reply());
        cache.preload(file);
    }
    Inbox inbox;
    ClipCache cache;
    cache.request(file, 59, inbox.reply());
    REQUIRE(inbox.wait_for(1));
    CHECK(inbox.numbers() == std::vector<int>{59});
}
