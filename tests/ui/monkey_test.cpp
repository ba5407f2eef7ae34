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

/// The least of so many values from one on: what an encoder at work held meanwhile doesn't count.
double least_of(const std::vector<double>& values, std::size_t first, std::size_t count)
{
    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(first);
    return *std::min_element(begin, begin + static_cast<std::ptrdiff_t>(count));
}

double end_of(const std::vector<double>& values)
{
    const std::size_t count = std::min(values.size(), std::max<std::size_t>(3, values.size() / 10));
    return least_of(values, values.size() - count, count);
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
    // The caches may fill up; beside them nothing may grow any more once everything was in use. x265 keeps tables of what
    // motion costs for every quantiser that it ever used, 0.8 MB each, so these are allowed for.
    constexpr double k_x265 = 65;
    const double caches = options.picture_memory;
    CHECK(end_of(memory) < memory.front() + caches + k_x265 + 300);
    CHECK(end_of(monkey.heap()) < monkey.heap().front() + k_x265 + 150);
    if (memory.size() >= 20) {
        const std::size_t tenth = memory.size() / 10;
        const double middle = least_of(memory, 5 * tenth, tenth);
        INFO("Megabytes in the middle " << middle << ", at the end " << end_of(memory));
        CHECK((end_of(memory) < middle * 1.15 + 60 || end_of(memory) < memory.front() + caches));
        const double heap_middle = least_of(monkey.heap(), 5 * tenth, tenth);
        INFO("In use on the heap beside the pictures " << heap_middle << ", at the end " << end_of(monkey.heap()));
        CHECK(end_of(monkey.heap()) < heap_middle * 1.15 + 20);
    }
}
