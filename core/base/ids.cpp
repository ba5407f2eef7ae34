#include "core/base/ids.h"

#include <cstdint>
#include <random>

namespace kinora::core {

std::string make_id()
{
    static constexpr char k_letters[] = "abcdefghijklmnopqrstuvwxyz234567";
    thread_local std::random_device device;
    std::uint64_t bits = (static_cast<std::uint64_t>(device()) << 32U) | device();
    std::string id(12, 'a');
    for (char& letter : id) {
        letter = k_letters[bits & 31U];
        bits >>= 5U;
    }
    return id;
}

bool is_valid_id(std::string_view id)
{
    if (id.empty() || id.size() > 64) return false;
    for (const char c : id) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != '_') return false;
    }
    return true;
}

}  // namespace kinora::core
