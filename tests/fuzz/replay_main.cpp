#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <new>
#include <random>
#include <string>
#include <vector>

#include "tests/fuzz/fuzz_target.h"

// Runs a target without libFuzzer: every file of a corpus, then damaged ones of the same seed at every run. It finds less
// than libFuzzer does, but needs no clang.

namespace {

std::vector<std::string> read_corpus(const std::filesystem::path& folder)
{
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<std::string> inputs;
    for (const auto& file : files) {
        std::ifstream stream(file, std::ios::binary);
        inputs.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
    }
    return inputs;
}

/// One of the ways in which files are damaged: bits, bytes, numbers, cuts, repetitions, splices.
std::string damaged(std::string input, const std::vector<std::string>& corpus, std::mt19937_64& random)
{
    const auto below = [&random](std::size_t count) { return count == 0 ? 0 : static_cast<std::size_t>(random() % count); };
    const std::size_t blows = 1 + below(4);
    for (std::size_t blow = 0; blow < blows; ++blow) {
        const std::size_t at = below(input.size());
        switch (below(8)) {
            case 0:
                if (!input.empty()) input[at] = static_cast<char>(input[at] ^ (1 << below(8)));
                break;
            case 1:
                if (!input.empty()) input[at] = static_cast<char>(below(256));
                break;
            case 2:
                for (std::size_t i = at; i < std::min(input.size(), at + 8); ++i)
                    input[i] = static_cast<char>(below(2) == 0 ? 0xFF : 0x00);
                break;
            case 3:
                input.resize(at);
                break;
            case 4:
                input.erase(at, 1 + below(16));
                break;
            case 5:
                input.insert(at, input.substr(below(input.size()), below(64)));
                break;
            case 6: {
                constexpr const char* k_numbers[] = {"-1",  "0", "1e999", "18446744073709551616", "9223372036854775807",
                                                     "null"};
                input.insert(at, k_numbers[below(std::size(k_numbers))]);
                break;
            }
            default: {
                const std::string& other = corpus[below(corpus.size())];
                input = input.substr(0, at) + other.substr(below(other.size()));
                break;
            }
        }
    }
    return input;
}

}  // namespace

/// The measure of "nothing is allocated on the word of a number in a file".
void* operator new(std::size_t size)
{
    kinora::fuzz::expect(size <= kinora::fuzz::k_most_memory, "memory for a number that a file merely claims");
    if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::fprintf(stderr, "usage: %s CORPUS RUNS\n", argv[0]);
        return 2;
    }
    const auto corpus = read_corpus(argv[1]);
    kinora::fuzz::expect(!corpus.empty(), "a corpus");
    for (const auto& input : corpus)
        kinora::fuzz::run_one(input);
    std::mt19937_64 random(20260612);
    const long runs = std::strtol(argv[2], nullptr, 10);
    for (long run = 0; run < runs; ++run)
        kinora::fuzz::run_one(damaged(corpus[random() % corpus.size()], corpus, random));
    std::printf("%zu files and %ld damaged ones\n", corpus.size(), runs);
    return 0;
}
