#include <span>

#include "core/provenance/disclosure.h"
#include "core/provenance/xmp.h"
#include "core/provenance/xmp_files.h"
#include "tests/fuzz/fuzz_target.h"

namespace kinora::fuzz {

void run_one(std::string_view bytes)
{
    const auto packet = core::find_xmp(std::as_bytes(std::span(bytes.data(), bytes.size())));
    if (packet) expect(packet->size() <= bytes.size(), "a packet that is part of the file");
    const auto text = core::recipe_in_xmp(packet ? std::string_view(*packet) : bytes);
    if (text) (void)core::recipes_from_text(*text, "fuzzed");
}

}  // namespace kinora::fuzz
