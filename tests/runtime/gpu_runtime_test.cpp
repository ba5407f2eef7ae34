#include "core/runtime/gpu_runtime.h"

#include <zip.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <map>

#include "core/base/file.h"
#include "core/base/sha256.h"
#include "tests/paths.h"
#include "tests/scratch_folder.h"

using namespace kinora;
namespace fs = std::filesystem;

namespace {

void write_wheel(const fs::path& file, const std::map<std::string, std::string>& entries)
{
    fs::remove(file);
    zip_t* archive = zip_open(file.c_str(), ZIP_CREATE, nullptr);
    REQUIRE(archive);
    for (const auto& [name, content] : entries)
        REQUIRE(zip_file_add(archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0), 0) >= 0);
    REQUIRE(zip_close(archive) == 0);
}

std::string sha256_of(const fs::path& file)
{
    core::Sha256 sum;
    sum.update(*core::read_file(file));
    return sum.hex_digest();
}

/// Two wheels as an index on this machine has them, and a runtime's places.
struct Index {
    Index()
    {
        fs::create_directories(folder / "index");
        write_wheel(torch, {{"torch/lib/libtorch.so", std::string(200'000, 't')},
                            {"torch/lib/libtorch_cpu.so", "cpu"},
                            {"torch/lib/libtorch_python.so", "python"},
                            {"torch/__init__.py", "import this"},
                            {"torch-2.13.0.dist-info/licenses/LICENSE", "licence"}});
        write_wheel(blas, {{"nvidia/cu13/lib/libcublas.so.13", "blas"}, {"nvidia/cu13/include/cublas.h", "header"}});
        parts = {{"torch", "2.13.0", "file://" + torch.string(), sha256_of(torch)},
                 {"nvidia-cublas", "13.1", "file://" + blas.string(), sha256_of(blas)}};
        options.free_space = [](const fs::path&) { return std::uint64_t{1} << 40U; };
        places = {folder / "runtimes", folder / "config" / "runtime.json"};
    }
    core::Result<core::InstalledRuntime> install(const std::stop_token& stop = {})
    {
        return core::install_runtime(
            places, build, parts, options, [&](const core::RuntimeProgress& now) { told.push_back(now); }, stop);
    }

    tests::ScratchFolder folder;
    fs::path torch = folder / "index" / "torch.whl";
    fs::path blas = folder / "index" / "blas.whl";
    std::vector<core::RuntimePart> parts;
    core::GpuBuild build = *core::gpu_build("cuda-13.0");
    core::DownloadOptions options;
    core::RuntimePlaces places;
    std::vector<core::RuntimeProgress> told;
};

}  // namespace

TEST_CASE("a runtime is put together of the libraries and licences of its wheels, used from then on, and removed again")
{
    Index index;
    const auto installed = index.install();
    REQUIRE(installed);
    CHECK(installed->id == "cuda-13.0");
    const auto root = index.places.folder / "cuda-13.0";
    CHECK(fs::exists(root / "torch/lib/libtorch.so"));
    CHECK(fs::exists(root / "nvidia/cu13/lib/libcublas.so.13"));
    CHECK(fs::exists(root / "licences/torch-2.13.0.dist-info/licenses/LICENSE"));
    for (const char* other :
         {"torch/lib/libtorch_python.so", "torch/__init__.py", "nvidia/cu13/include/cublas.h", "torch.whl"})
        CHECK_FALSE(fs::exists(root / other));
    REQUIRE_FALSE(index.told.empty());
    CHECK(index.told.back().number == 2);
    CHECK(index.told.back().done == index.told.back().total);
    const auto all_bytes = fs::file_size(index.torch) + fs::file_size(index.blas);
    CHECK(index.told.back().all_done == all_bytes);
    CHECK(index.told.back().all_total == all_bytes);
    CHECK_FALSE(core::is_begun(index.places, index.build));
    CHECK_FALSE(fs::exists(root / "parts.json"));
    const auto all = core::installed_runtimes(index.places);
    REQUIRE(all.size() == 1);
    CHECK(all[0].used);
    CHECK(all[0].bytes > 200'000);
    REQUIRE(core::used_runtime(index.places));
    CHECK(core::used_runtime(index.places)->libraries == root / "torch" / "lib");

    REQUIRE(core::use_runtime(index.places, ""));
    CHECK_FALSE(core::used_runtime(index.places));
    REQUIRE(core::use_runtime(index.places, "cuda-13.0"));
    CHECK(core::use_runtime(index.places, "cuda-1.0").error().kind == core::ErrorKind::not_found);
    REQUIRE(core::remove_runtime(index.places, "cuda-13.0"));
    CHECK_FALSE(fs::exists(root));
    CHECK_FALSE(core::used_runtime(index.places));
    for (const char* id : {"cuda-13.0", "", "..", "../index"})
        CHECK(core::remove_runtime(index.places, id).error().kind == core::ErrorKind::not_found);
    CHECK(fs::exists(index.torch));
}

TEST_CASE("an installation that ends early leaves nothing that would be used, and goes on where it was")
{
    Index index;
    const auto good = index.parts[1].sha256;
    index.parts[1].sha256 = std::string(64, '0');
    const auto damaged = index.install();
    REQUIRE_FALSE(damaged);
    CHECK(damaged.error().kind == core::ErrorKind::corrupt);
    CHECK_THAT(damaged.error().message, Catch::Contains("blas.whl"));
    CHECK(core::installed_runtimes(index.places).empty());
    CHECK(core::is_begun(index.places, index.build));
    const auto noted = core::noted_parts(index.places, index.build);
    REQUIRE(noted.size() == 2);
    CHECK(noted[0].url == index.parts[0].url);
    CHECK(noted[0].size == fs::file_size(index.torch));
    const auto note = index.places.folder / ".unfinished-cuda-13.0" / "parts.json";
    fs::last_write_time(note, fs::file_time_type::clock::now() - std::chrono::hours(24 * 8));
    CHECK(core::noted_parts(index.places, index.build).empty());  // an index may have changed by then
    index.parts[1].sha256 = good;
    fs::remove(index.torch);  // what is unpacked isn't asked for again
    CHECK(index.install());
    CHECK(core::installed_runtimes(index.places).size() == 1);
}

TEST_CASE("a stop and a full disk end an installation before it has a name")
{
    Index index;
    std::stop_source stop;
    stop.request_stop();
    CHECK(index.install(stop.get_token()).error().kind == core::ErrorKind::cancelled);
    index.options.free_space = [](const fs::path&) { return std::uint64_t{1'000'000}; };
    const auto full = index.install();
    REQUIRE_FALSE(full);
    CHECK(full.error().kind == core::ErrorKind::disk_full);
    CHECK_THAT(full.error().message, Catch::Contains("GB"));
    CHECK(core::installed_runtimes(index.places).empty());
}

TEST_CASE("a wheel that names files outside of its folder, or is none, is refused whole")
{
    tests::ScratchFolder folder;
    const auto wheel = folder / "bad.whl";
    for (const char* name : {"../torch/lib/libevil.so", "torch/lib/../../../libevil.so", "/torch/lib/libevil.so"}) {
        write_wheel(wheel, {{name, "evil"}, {"torch/lib/libtorch.so", "good"}});
        const auto refused = core::unpack_libraries(wheel, folder / "into", {}, {});
        REQUIRE_FALSE(refused);
        CHECK_THAT(refused.error().message, Catch::Contains("outside"));
        CHECK_FALSE(fs::exists(folder / "into"));
    }
    write_wheel(wheel, {{"torch/lib/libtorch.so", std::string(100'000, 'x')}});
    fs::resize_file(wheel, fs::file_size(wheel) / 2);
    CHECK(core::unpack_libraries(wheel, folder / "into", {}, {}).error().kind == core::ErrorKind::corrupt);
    std::ofstream(wheel) << "no wheel";
    CHECK(core::unpack_libraries(wheel, folder / "into", {}, {}).error().kind == core::ErrorKind::corrupt);
}

TEST_CASE("of pip's report the libraries are taken, and one without checksums is refused")
{
    const auto item = [](const std::string& name, const std::string& hash) {
        return R"({"metadata": {"name": ")" + name +
               R"(", "version": "1"}, "download_info": {"url": "https://example.org/)" + name +
               R"(.whl", "archive_info": {"hashes": {"sha256": ")" + hash + R"("}}}})";
    };
    const std::string hash(64, 'a');
    const auto parts = core::parse_pip_report(R"({"install": [)" + item("torch", hash) + "," + item("Jinja2", hash) + "," +
                                              item("nvidia_cuda.runtime", hash) + "]}");
    REQUIRE(parts);
    REQUIRE(parts->size() == 2);
    CHECK((*parts)[1].name == "nvidia-cuda-runtime");
    CHECK((*parts)[1].sha256 == hash);
    CHECK_FALSE(core::parse_pip_report(R"({"install": [)" + item("torch", "short") + "]}"));
    CHECK_FALSE(core::parse_pip_report(R"({"install": [)" + item("nvidia-cublas", hash) + "]}"));
    CHECK_FALSE(core::parse_pip_report("WARNING: odd"));
    CHECK_FALSE(core::parse_pip_report(R"({"install": [{}]})"));
}

TEST_CASE("without Python, or without pip, the way out is named")
{
    tests::ScratchFolder folder;
    const auto missing = core::resolve_runtime(*core::gpu_build("cuda-13.0"), {}, "kinora-has-no-such-python");
    REQUIRE_FALSE(missing);
    CHECK_THAT(missing.error().message, Catch::Contains("python3-pip"));
    const auto fake = folder / "python";
    std::ofstream(fake) << "#!/bin/sh\necho 'ERROR: No matching distribution found for torch' >&2\nexit 1\n";
    fs::permissions(fake, fs::perms::owner_all);
    const auto nothing = core::resolve_runtime(*core::gpu_build("cuda-13.0"), {}, fake.string());
    REQUIRE_FALSE(nothing);
    CHECK_THAT(nothing.error().message, Catch::Contains("No matching distribution"));
}

TEST_CASE("the choice of a runtime that an earlier version wrote still holds, and names nothing where it is gone")
{
    tests::ScratchFolder folder;
    const core::RuntimePlaces places{folder / "runtimes",
                                     tests::source_dir() / "tests/released/home/.config/kinora/runtime.json"};
    CHECK_FALSE(core::used_runtime(places));
    const auto root = places.folder / "cuda-13.0";
    fs::create_directories(root / "torch" / "lib");
    std::ofstream(root / "runtime.json") << R"({"id": "cuda-13.0", "title": "CUDA 13.0", "parts": []})";
    std::ofstream(root / "torch" / "lib" / "libtorch.so") << "library";
    REQUIRE(core::used_runtime(places));
    CHECK(core::used_runtime(places)->id == "cuda-13.0");
}
