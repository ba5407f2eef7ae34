#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <span>
#include <vector>

#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/models/model_files.h"
#include "inference/pipeline/checkpoint.h"

namespace kinora::inference {
namespace {

constexpr std::uint64_t k_head = 256U << 10U;  ///< names, shapes and places of the tensors
constexpr std::uint64_t k_sample = 4U << 10U;  ///< bytes of one sample of the content
constexpr std::uint64_t k_samples = 64;        ///< samples of one file, evenly spread

core::Result<void> add_file(const std::filesystem::path& file, core::Sha256& hash)
{
    std::error_code failed;
    const std::uint64_t size = std::filesystem::file_size(file, failed);
    std::ifstream content(file, std::ios::binary);
    if (failed || !content) return core::file_error(file, "read", failed ? failed.value() : errno);
    hash.update(std::to_string(size) + "\n");
    std::vector<char> bytes(std::max(k_head, k_sample));
    const auto add = [&](std::uint64_t place, std::uint64_t count) {
        content.clear();
        content.seekg(static_cast<std::streamoff>(place));
        content.read(bytes.data(), static_cast<std::streamsize>(count));
        hash.update(std::as_bytes(std::span(bytes.data(), static_cast<std::size_t>(content.gcount()))));
    };
    add(0, k_head);
    for (std::uint64_t index = 1; index <= k_samples && size > k_head; ++index)
        add(std::max(k_head, (size - k_sample) / k_samples * index), k_sample);
    return {};
}

}  // namespace

core::Result<std::string> weights_fingerprint(const WanParts& parts)
{
    core::Sha256 hash;
    for (const auto& part : parts.with_weights()) {
        std::vector<std::filesystem::path> files{part};
        if (std::filesystem::is_directory(part)) {
            const auto found = core::find_weight_files(part);
            if (!found) return found.error();
            files = found->files;
        }
        for (const auto& file : files)
            if (auto added = add_file(file, hash); !added) return added.error();
    }
    return hash.hex_digest();
}

}  // namespace kinora::inference
