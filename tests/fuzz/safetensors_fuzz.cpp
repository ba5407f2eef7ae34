#include <span>

#include "core/models/safetensors_header.h"
#include "tests/fuzz/fuzz_target.h"

namespace kinora::fuzz {

void run_one(std::string_view bytes)
{
    const auto head = std::as_bytes(std::span(bytes.data(), bytes.size()));
    const auto header = core::parse_safetensors_header(head, bytes.size(), "fuzzed.safetensors");
    if (!header) {
        expect(header.error().message.find("fuzzed.safetensors") != std::string::npos, "an error that names the file");
        return;
    }
    expect(header->data_offset <= bytes.size(), "data that begins in the file");
    std::uint64_t end = 0;
    for (const auto& entry : header->entries) {
        expect(entry.begin == end && entry.end >= entry.begin, "tensors one after the other");
        std::uint64_t bits = static_cast<std::uint64_t>(core::bits_of(entry.type));
        for (const auto side : entry.shape) {
            expect(side >= 0, "sides that are not negative");
            bits *= static_cast<std::uint64_t>(side);
        }
        expect((bits + 7) / 8 == entry.end - entry.begin, "as many bytes as the shape needs");
        end = entry.end;
    }
    expect(header->data_offset + end == bytes.size(), "data that ends where the file ends");
}

}  // namespace kinora::fuzz
