#include "core/interchange/timeline.h"
#include "tests/fuzz/fuzz_target.h"

namespace kinora::fuzz {

void run_one(std::string_view bytes)
{
    for (const core::FrameRate rate : {core::FrameRate(24), core::FrameRate(30000, 1001)}) {
        const auto timeline = core::read_edl(bytes, "fuzzed.edl", rate);
        if (!timeline) continue;
        expect(core::check_invariants(timeline->project).empty(), "a project that keeps the rules of a document");
        for (const core::TimelineMedia& media : timeline->media)
            expect(!media.file.empty() && media.file[0] != '/', "no file outside the folder");
    }
}

}  // namespace kinora::fuzz
