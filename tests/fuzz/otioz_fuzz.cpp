#include <span>

#include "core/interchange/otioz.h"
#include "core/interchange/timeline.h"
#include "tests/fuzz/fuzz_target.h"

namespace kinora::fuzz {

void run_one(std::string_view bytes)
{
    const auto content = core::otioz_content(std::as_bytes(std::span(bytes.data(), bytes.size())), "fuzzed.otioz");
    if (content) (void)core::read_otio(*content, "content.otio");
}

}  // namespace kinora::fuzz
