#include <stdlib.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "core/base/run_program.h"
#include "core/runtime/gpu_runtime.h"
#include "tests/hub_server.h"
#include "tests/scratch_folder.h"

using namespace kinora;
namespace fs = std::filesystem;

namespace {

/// pip, asking nothing but the index of the test.
struct OwnIndex {
    OwnIndex()
    {
        set("PIP_INDEX_URL", server.endpoint() + "/simple");
        set("PIP_CONFIG_FILE", "/dev/null");
        for (const char* name : {"PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_NO_INDEX"})
            ::unsetenv(name);
        for (const char* name : {"no_proxy", "NO_PROXY"})
            set(name, "127.0.0.1");
    }
    static void set(const char* name, const std::string& value) { ::setenv(name, value.c_str(), 1); }

    tests::HubServer server{"package_index.py"};
    core::GpuBuild build = *core::gpu_build("cuda-13.0");
};

bool has_pip()
{
    const auto asked = core::run_program({"python3", "-m", "pip", "--version"});
    return asked && asked->exit_code == 0;
}

}  // namespace

TEST_CASE("pip's own client finds the libraries by their metadata alone, and a stopped download goes on to the same bytes")
{
    if (!has_pip()) {
        WARN("skipped: Python has no pip here");
        return;
    }
    OwnIndex index;
    const auto parts = core::resolve_runtime(index.build, {});
    REQUIRE(parts);
    REQUIRE(parts->size() == 2);  // neither an extra that nobody asked for nor packages without libraries
    CHECK((*parts)[0].name == "torch");
    CHECK((*parts)[1].name == "nvidia-cublas");
    CHECK((*parts)[1].version == "13.1.1.3");

    tests::ScratchFolder folder;
    const core::RuntimePlaces places{folder / "runtimes", folder / "runtime.json"};
    core::DownloadOptions options;
    options.free_space = [](const fs::path&) { return std::uint64_t{1} << 40U; };
    std::stop_source stop;
    const auto stop_in_the_middle = [&](const core::RuntimeProgress& now) {
        if (now.part == "nvidia-cublas" && now.done > 0 && now.done < now.total) stop.request_stop();
    };
    const auto stopped = core::install_runtime(places, index.build, *parts, options, stop_in_the_middle, stop.get_token());
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().kind == core::ErrorKind::cancelled);
    CHECK(core::installed_runtimes(places).empty());
    const auto noted = core::noted_parts(places, index.build);
    REQUIRE(noted.size() == 2);

    std::uint64_t first_seen = 0;
    const auto look = [&](const core::RuntimeProgress& now) {
        if (first_seen == 0 && now.part == "nvidia-cublas") first_seen = now.done;
    };
    const auto installed = core::install_runtime(places, index.build, noted, options, look, {});
    REQUIRE(installed);
    CHECK(first_seen > 100'000);  // not from the beginning
    CHECK(fs::file_size(installed->folder / "nvidia/cu13/lib/libcublas.so.13") == 400'000);
    CHECK_FALSE(fs::exists(installed->folder / "nvidia/cu13/lib/libcufft.so.12"));
}

TEST_CASE("where pip's inside has changed its own dry run tells what is needed")
{
    tests::ScratchFolder folder;
    const auto python = folder / "python";
    std::ofstream(python) << R"(#!/bin/sh
if [ "$1" = -c ]; then echo "ImportError: no such name" >&2; exit 1; fi
case "$*" in *"pip install"*--dry-run*--report*) ;; *) exit 2 ;; esac
hash=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
echo 'WARNING: talks before'
echo '{"install": [{"metadata": {"name": "torch", "version": "2.13.0"}, "download_info": {"url": "https://example.org/t.whl", "archive_info": {"hashes": {"sha256": "'$hash'"}}}}]}'
)";
    fs::permissions(python, fs::perms::owner_all);
    const auto parts = core::resolve_runtime(*core::gpu_build("cuda-13.0"), {}, python.string());
    REQUIRE(parts);
    REQUIRE(parts->size() == 1);
    CHECK((*parts)[0].url == "https://example.org/t.whl");
}
