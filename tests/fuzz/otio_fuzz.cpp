#include <algorithm>
#include <filesystem>

#include "core/interchange/otio_json.h"
#include "core/interchange/timeline.h"
#include "core/interchange/writers.h"
#include "core/storyboard/layout.h"
#include "core/storyboard/sound_edits.h"
#include "tests/fuzz/fuzz_target.h"

namespace kinora::fuzz {
namespace {

/// True for what OTIO's decimal numbers hold exactly: usual rates, and less than a million frames.
bool is_usual(const core::Project& project)
{
    constexpr std::int64_t k_most = 1'000'000;
    if (core::otio::rate_of(project.rate.as_double()) != project.rate || core::total_duration(project) > k_most)
        return false;
    if (core::sound_end(project) > k_most || (!project.markers.empty() && project.markers.back().frame > k_most))
        return false;
    for (const auto& shot : project.shots)
        if (shot->range.end > k_most) return false;
    return true;
}

/// True for a path that leaves its folder; "..." is a name like any other.
bool climbs(const std::filesystem::path& path)
{
    return std::any_of(path.begin(), path.end(), [](const std::filesystem::path& part) { return part == ".."; });
}

}  // namespace

void run_one(std::string_view bytes)
{
    const auto timeline = core::read_otio(bytes, "fuzzed.otio");
    if (!timeline) return;
    expect(core::check_invariants(timeline->project).empty(), "a project that keeps the rules of a document");
    for (const core::TimelineMedia& media : timeline->media)
        expect(!media.file.empty() && media.file[0] != '/' && !climbs(media.file), "no file outside the folder");
    for (const auto& asset : timeline->project.assets)
        expect(asset->file.empty() || asset->file[0] != '/', "no asset outside the folder");
    const auto cut = core::make_cut(timeline->project, {});
    if (!cut || timeline->project.shots.size() > 200) return;
    const std::string written = core::write_otio(*cut, timeline->project);
    (void)core::write_fcpxml(*cut);
    (void)core::write_xmeml(*cut);
    (void)core::write_edl(*cut);
    const auto again = core::read_otio(written, "again.otio");
    expect(again.has_value(), "a timeline that can be read again");
    if (is_usual(timeline->project))
        expect(again->project == timeline->project, "a storyboard that is the same after being written");
}

}  // namespace kinora::fuzz
