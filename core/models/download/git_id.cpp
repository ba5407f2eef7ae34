#include "core/models/download/git_id.h"

#include <bit>

#include "core/base/file.h"

namespace kinora::core {

void Sha1::compress()
{
    std::array<std::uint32_t, 80> w{};
    for (std::size_t i = 0; i < 16; ++i) {
        w[i] = std::uint32_t{block_[4 * i]} << 24U | std::uint32_t{block_[4 * i + 1]} << 16U |
               std::uint32_t{block_[4 * i + 2]} << 8U | std::uint32_t{block_[4 * i + 3]};
    }
    for (std::size_t i = 16; i < 80; ++i)
        w[i] = std::rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    auto [a, b, c, d, e] = state_;
    for (std::size_t i = 0; i < 80; ++i) {
        std::uint32_t mixed = b ^ c ^ d;
        std::uint32_t constant = i < 40 ? 0x6ED9EBA1U : 0xCA62C1D6U;
        if (i < 20) {
            mixed = (b & c) | (~b & d);
            constant = 0x5A827999U;
        } else if (i >= 40 && i < 60) {
            mixed = (b & c) | (b & d) | (c & d);
            constant = 0x8F1BBCDCU;
        }
        const std::uint32_t next = std::rotl(a, 5) + mixed + e + constant + w[i];
        e = d;
        d = c;
        c = std::rotl(b, 30);
        b = a;
        a = next;
    }
    const std::array<std::uint32_t, 5> added{a, b, c, d, e};
    for (std::size_t i = 0; i < 5; ++i)
        state_[i] += added[i];
}

void Sha1::update(std::span<const std::byte> bytes)
{
    for (const std::byte byte : bytes) {
        block_[length_ % 64] = static_cast<std::uint8_t>(byte);
        if (++length_ % 64 == 0) compress();
    }
}

std::string Sha1::hex_digest()
{
    const std::uint64_t bits = length_ * 8;
    update(std::string_view("\x80", 1));
    while (length_ % 64 != 56)
        update(std::string_view("\0", 1));
    std::array<std::byte, 8> count{};
    for (std::size_t i = 0; i < 8; ++i)
        count[i] = static_cast<std::byte>(bits >> (56 - 8 * i));
    update(count);
    std::string hex;
    for (const std::uint32_t word : state_)
        for (int shift = 28; shift >= 0; shift -= 4)
            hex += "0123456789abcdef"[(word >> static_cast<unsigned>(shift)) & 15U];
    return hex;
}

Result<std::string> git_id_of_file(const std::filesystem::path& file)
{
    // Large files have a SHA-256 instead; what Git itself keeps is small.
    const auto content = read_file(file, 256ULL << 20U);
    if (!content) return content.error();
    Sha1 hash;
    hash.update("blob " + std::to_string(content->size()) + std::string(1, '\0'));
    hash.update(*content);
    return hash.hex_digest();
}

}  // namespace kinora::core
