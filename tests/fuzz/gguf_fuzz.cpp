#include <span>
#include <variant>

#include "core/models/gguf_header.h"
#include "tests/fuzz/fuzz_target.h"

namespace kinora::fuzz {

void run_one(std::string_view bytes)
{
    const auto head = std::as_bytes(std::span(bytes.data(), bytes.size()));
    const auto header = core::parse_gguf_header(head, bytes.size(), "fuzzed.gguf");
    if (!header) {
        expect(header.error().message.find("fuzzed.gguf") != std::string::npos, "an error that names the file");
        return;
    }
    std::uint64_t last = 0;
    for (const auto& tensor : header->tensors) {
        expect(tensor.begin >= last && tensor.end >= tensor.begin, "tensors in the order of their bytes");
        expect(header->data_offset + tensor.end <= bytes.size(), "tensors inside the file");
        const auto block = core::ggml_block(tensor.type);
        std::uint64_t elements = 1;
        for (const auto side : tensor.shape) {
            expect(side >= 0, "sides that are not negative");
            elements *= static_cast<std::uint64_t>(side);
        }
        expect(elements / block.elements * block.bytes == tensor.end - tensor.begin, "as many bytes as the shape needs");
        last = tensor.end;
    }
    for (const auto& [key, value] : header->metadata) {
        const auto* array = std::get_if<core::GgufArray>(&value);
        if (!array) continue;
        const auto read = core::gguf_integers(*array, head).size() + core::gguf_floats(*array, head).size() +
                          core::gguf_texts(*array, head).size();
        expect(read <= bytes.size(), "no more elements than bytes");
    }
}

}  // namespace kinora::fuzz
