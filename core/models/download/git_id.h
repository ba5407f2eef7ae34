#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace kinora::core {

/// SHA-1 (FIPS 180-4) of bytes that come piece by piece. Only for names that Git gave: it proves nothing against a forger.
class Sha1 {
public:
    void update(std::span<const std::byte> bytes);
    void update(std::string_view text) { update(std::as_bytes(std::span(text.data(), text.size()))); }
    /// 40 lower-case hexadecimal digits. Call once.
    [[nodiscard]] std::string hex_digest();

private:
    void compress();

    std::array<std::uint32_t, 5> state_{0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
    std::array<std::uint8_t, 64> block_{};
    std::uint64_t length_ = 0;
};

/// What Git calls a file with this content ("blob"), as hubs list small files.
[[nodiscard]] Result<std::string> git_id_of_file(const std::filesystem::path& file);

}  // namespace kinora::core
