#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace kinora::inference {

/// Walks through the fields of one protocol buffer message, never past its end.
///
///     ProtobufReader reader(bytes);
///     while (auto field = reader.next()) …;
///     if (reader.failed()) …
class ProtobufReader {
public:
    enum class Wire { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

    struct Field {
        std::uint32_t number = 0;
        Wire wire = Wire::varint;
        std::uint64_t value = 0;  ///< of a varint or a fixed number
        std::string_view bytes;   ///< of a string or a message

        [[nodiscard]] float as_float() const { return std::bit_cast<float>(static_cast<std::uint32_t>(value)); }
    };

    explicit ProtobufReader(std::string_view message) : rest_(message) {}

    /// The next field, or nothing at the end or where the message makes no sense.
    [[nodiscard]] std::optional<Field> next()
    {
        if (rest_.empty() || failed_) return std::nullopt;
        const auto tag = varint();
        if (!tag || (*tag >> 3) == 0 || (*tag >> 3) > 0x1FFFFFFF) return fail();
        Field field;
        field.number = static_cast<std::uint32_t>(*tag >> 3);
        field.wire = static_cast<Wire>(*tag & 7U);
        switch (field.wire) {
            case Wire::varint: {
                const auto value = varint();
                if (!value) return fail();
                field.value = *value;
                return field;
            }
            case Wire::fixed64:
                return fixed(field, 8);
            case Wire::fixed32:
                return fixed(field, 4);
            case Wire::bytes: {
                const auto length = varint();
                if (!length || *length > rest_.size()) return fail();
                field.bytes = rest_.substr(0, static_cast<std::size_t>(*length));
                rest_.remove_prefix(field.bytes.size());
                return field;
            }
        }
        return fail();
    }

    [[nodiscard]] bool failed() const { return failed_; }

private:
    std::optional<Field> fail()
    {
        failed_ = true;
        return std::nullopt;
    }

    std::optional<std::uint64_t> varint()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
            if (byte < 0x80) return value;
        }
        return std::nullopt;
    }

    std::optional<Field> fixed(Field field, std::size_t size)
    {
        if (rest_.size() < size) return fail();
        for (std::size_t i = 0; i < size; ++i) {
            field.value |= static_cast<std::uint64_t>(static_cast<unsigned char>(rest_[i])) << (8 * i);
        }
        rest_.remove_prefix(size);
        return field;
    }

    std::string_view rest_;
    bool failed_ = false;
};

}  // namespace kinora::inference
