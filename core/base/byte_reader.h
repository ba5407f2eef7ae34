#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>

namespace kinora::core {

/// Reads little-endian values one after the other from bytes that may be hostile. Reading past the end gives zeros and empty
/// texts and makes the reader fail for good, so that callers check once per record instead of once per field.
class ByteReader {
public:
    explicit ByteReader(std::span<const std::byte> bytes, std::uint64_t position = 0) : bytes_(bytes), position_(position)
    {
        if (position > bytes.size()) fail();
    }

    [[nodiscard]] bool ok() const { return ok_; }
    [[nodiscard]] std::uint64_t position() const { return position_; }
    [[nodiscard]] std::uint64_t left() const { return ok_ ? bytes_.size() - position_ : 0; }

    /// The next number, of an integer or floating-point type.
    template <typename T>
    [[nodiscard]] T number()
    {
        static_assert(std::is_arithmetic_v<T>);
        T value{};
        if (left() < sizeof(T)) {
            fail();
            return value;
        }
        std::memcpy(&value, bytes_.data() + position_, sizeof(T));
        position_ += sizeof(T);
        return value;
    }

    /// The next `length` bytes, as a view into the input.
    [[nodiscard]] std::string_view text(std::uint64_t length)
    {
        if (length > left()) {
            fail();
            return {};
        }
        const auto* start = reinterpret_cast<const char*>(bytes_.data() + position_);
        position_ += length;
        return {start, static_cast<std::size_t>(length)};
    }

    void skip(std::uint64_t length) { (void)text(length); }

    /// The next bytes up to a line feed, which is taken, too, but not returned.
    [[nodiscard]] std::string_view line()
    {
        const auto* start = reinterpret_cast<const char*>(bytes_.data() + (ok_ ? position_ : 0));
        const auto* end = ok_ && left() > 0 ? static_cast<const char*>(std::memchr(start, '\n', left())) : nullptr;
        if (end == nullptr) {
            fail();
            return {};
        }
        const std::string_view found(start, static_cast<std::size_t>(end - start));
        position_ += found.size() + 1;
        return found;
    }

private:
    void fail() { ok_ = false; }

    std::span<const std::byte> bytes_;
    std::uint64_t position_;
    bool ok_ = true;
};

}  // namespace kinora::core
