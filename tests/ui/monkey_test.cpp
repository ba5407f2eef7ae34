#include "tests/ui/monkey.h"

#include <QStandardPaths>
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>

#include "tests/paths.h"
#include "tests/ui/write_fence.h"

// Run alone, in a process of its own: the fence around what it may write can't be taken away again.
//   KINORA_MONKEY_SECONDS=3600 KINORA_MONKEY_SEED=7 KINORA_MONKEY_LOG=monkey.log kinora_tests_ui "[monkey]"

using namespace kinora;
using kinora::tests::Monkey;
using kinora::tests::Studio;

namespace {

double middle_of(std::vector<double> values)
{
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

}  // namespace

TEST_CASE("A monkey at the window leaves no inconsistent document, grows no memory and crashes nothing", "[monkey]")
{
    // No download may begin: there is nothing at this door.
    for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"})
        qputenv(name, "http://127.0.0.1:9");
    const std::filesystem::path home = QStandardPaths::writableLocation(QStandardPaths::HomeLocation).toStdString();
    const std::filesystem::path log =
        qEnvironmentVariable("KINORA_MONKEY_LOG", QString::fromStdString((home / "monkey.log").string())).toStdString();
    std::ofstream(log).flush();
    const std::filesystem::path temporary = QDir::tempPath().toStdString();
    const auto scratch = std::filesystem::path(home) / "scratch";
    std::filesystem::create_directories(scratch);
    qputenv("TMPDIR", QByteArray::fromStdString(scratch.string()));
    qputenv("XDG_RUNTIME_DIR", QByteArray::fromStdString(home.string()));
    if (tests::fence_writes({home, log.parent_path()}))
        CHECK_FALSE(std::ofstream(tests::binary_dir() / "no-monkey-may-write-here"));
    else
        WARN("This kernel fences nothing off; only dialogs and links are turned away.");

    Monkey::Options options;
    options.seed = qEnvironmentVariable("KINORA_MONKEY_SEED", QStringLiteral("1")).toUInt();
    options.seconds = qEnvironmentVariable("KINORA_MONKEY_SECONDS", QStringLiteral("20")).toDouble();
    options.picture_memory = qEnvironmentVariable("KINORA_MONKEY_MEMORY", QStringLiteral("256")).toInt();
    options.log = log;
    Studio studio;
    Monkey monkey(studio, options);
    const std::string wrong = monkey.run();
    INFO(wrong);
    CHECK(wrong.empty());
    const auto& memory = monkey.memory();
    std::printf("monkey, seed %u: %lld actions, %d checks, %d projects, memory %.0f to %.0f MB\n", options.seed,
                static_cast<long long>(monkey.actions()), monkey.checks(), monkey.projects(), memory.front(), memory.back());
    CHECK(monkey.checks() > 0);
    // The caches may fill up; beside them nothing may grow any more once everything was in use. What is free at the end of
    // a thread's heap stays the process's (up to 32 MB each, and no call gives it back), so that is allowed for.
    const double caches = options.picture_memory;
    constexpr double k_ends_of_heaps = 700;
    CHECK(memory.back() < memory.front() + caches + k_ends_of_heaps);
    CHECK(monkey.heap().back() < monkey.heap().front() + 250);
    if (memory.size() >= 20) {
        const auto tenth = static_cast<std::ptrdiff_t>(memory.size() / 10);
        const double middle = middle_of({memory.begin() + 5 * tenth, memory.begin() + 6 * tenth});
        const double end = middle_of({memory.end() - tenth, memory.end()});
        INFO("Megabytes in the middle " << middle << ", at the end " << end);
        CHECK((end < middle * 1.15 + 60 || end < memory.front() + caches));
        const auto& heap = monkey.heap();
        const double heap_middle = middle_of({heap.begin() + 5 * tenth, heap.begin() + 6 * tenth});
        const double heap_end = middle_of({heap.end() - tenth, heap.end()});
        INFO("In use on the heap beside the pictures " << heap_middle << ", at the end " << heap_end);
        CHECK(heap_end < heap_middle * 1.15 + 20);
    }
}
