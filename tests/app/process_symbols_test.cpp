// Facts of running libtorch beside the other libraries in one process, which nobody would notice but by bad timing or by
// corrupted memory (see app/process_symbols.cpp, app/short_spin.cpp). Looked up as the libraries do it, in a program linked
// like the programs.
#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/base/heap.h"
#include "core/base/run_program.h"
#include "tests/paths.h"

namespace {

/// The file that defines the symbol which every library of this process finds under a name.
std::string home_of(const char* symbol)
{
    void* const address = ::dlsym(RTLD_DEFAULT, symbol);
    Dl_info info{};
    if (address == nullptr || ::dladdr(address, &info) == 0 || info.dli_fname == nullptr) return "nowhere";
    return std::filesystem::weakly_canonical(info.dli_fname).string();
}

std::string this_program()
{
    return std::filesystem::read_symlink("/proc/self/exe").string();
}

}  // namespace

TEST_CASE("Matrix products of the tensor library don't fall to the slow reference BLAS")
{
    CHECK_THAT(home_of("sgemm_"), Catch::Contains("libtorch_cpu"));
}

TEST_CASE("MKL asks this program whether it may take its fast kernels, and hears yes")
{
    REQUIRE(home_of("mkl_serv_intel_cpu_true") == this_program());
    const auto answer = reinterpret_cast<int (*)()>(::dlsym(RTLD_DEFAULT, "mkl_serv_intel_cpu_true"));
    CHECK(answer() == 1);
}

TEST_CASE("The variable that two libraries disagree about lies in this program and has room for the larger one")
{
    REQUIRE(home_of("FLAGS_minloglevel") == this_program());
    Dl_info info{};
    ElfW(Sym)* entry = nullptr;
    void* const address = ::dlsym(RTLD_DEFAULT, "FLAGS_minloglevel");
    REQUIRE(::dladdr1(address, &info, reinterpret_cast<void**>(&entry), RTLD_DL_SYMENT) != 0);
    REQUIRE(entry != nullptr);
    CHECK(entry->st_size >= 32);
}

TEST_CASE("Threads that wait for each other soon leave the processor to others, unless somebody set that otherwise")
{
    const auto told = [](std::vector<std::string> environment) {
        environment.emplace_back("OMP_DISPLAY_ENV=verbose");
        const auto run = kinora::core::run_program(
            {(kinora::tests::binary_dir() / "app" / "kinora-cli").string(), "--version"}, environment);
        REQUIRE(run);
        REQUIRE(run->exit_code == 0);
        return run->err;
    };
    // Empty is as good as not set: this test's own program has it from its own start.
    const std::string unset = told({"GOMP_SPINCOUNT="});
    CHECK_THAT(unset, Catch::Contains("GOMP_SPINCOUNT = '1000'"));
    CHECK_THAT(told({"GOMP_SPINCOUNT=77"}), Catch::Contains("GOMP_SPINCOUNT = '77'"));
    CHECK_THAT(told({"GOMP_SPINCOUNT=", "OMP_WAIT_POLICY=active"}), !Catch::Contains("GOMP_SPINCOUNT = '1000'"));
}

TEST_CASE("The allocator finds its settings in this program")
{
    CHECK(home_of("malloc_conf") == this_program());
}

TEST_CASE("with the programs' allocator, what was freed is told and given back")
{
    const auto resident = [] {
        long size = 0;
        long pages = 0;
        std::ifstream("/proc/self/statm") >> size >> pages;
        return pages * sysconf(_SC_PAGESIZE);
    };
    constexpr std::size_t k_bytes = 40'000;
    constexpr std::size_t k_blocks = 2000;
    const auto before = kinora::core::heap_in_use();
    REQUIRE(before > 0);
    std::vector<std::string> blocks(k_blocks, std::string(k_bytes, 'x'));
    CHECK(kinora::core::heap_in_use() > before + k_blocks * k_bytes);
    const long full = resident();
    blocks = {};
    CHECK(kinora::core::heap_in_use() < before + k_blocks * k_bytes / 4);
    kinora::core::give_back_heap();
    CHECK(full - resident() > static_cast<long>(k_blocks * k_bytes / 2));
}
