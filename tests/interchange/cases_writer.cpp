#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/interchange/otioz.h"
#include "core/interchange/writers.h"
#include "core/storyboard/layout.h"
#include "tests/interchange/random_storyboard.h"

using namespace kinora;
using namespace kinora::core;
using nlohmann::json;

namespace {

constexpr std::int64_t k_handles = 12;
constexpr unsigned k_cases = 320;

/// What a reader has to find, from the storyboard's layout alone: nothing here looks at what the writers look at.
class Expectation {
public:
    explicit Expectation(const Project& project) : project_(project), layout_(project) {}

    json all()
    {
        json clips = json::array();
        json edits = json::array();
        for (std::size_t i = 0; i < layout_.size(); ++i) {
            const std::int64_t end = layout_.end(layout_.size() - 1);
            clips.push_back(clip(i, cut(i), i + 1 < layout_.size() ? cut(i + 1) : end));
            edits.push_back(clip(i, dissolve_start(i), i + 1 < layout_.size() ? dissolve_start(i + 1) : end));
        }
        json sounds = json::array();
        for (const auto& track : project_.sound_tracks) {
            json places = json::array();
            for (const SoundClip& sound : track->clips) {
                const FrameRange heard = heard_frames(sound, project_.rate);
                places.push_back({heard.first, heard.end});
            }
            sounds.push_back(places);
        }
        json markers = json::array();
        for (const Marker& marker : project_.markers)
            markers.push_back(marker.frame);
        return {{"rate", {project_.rate.numerator, project_.rate.denominator}},
                {"clips", clips},
                {"edits", edits},
                {"sounds", sounds},
                {"markers", markers}};
    }

private:
    [[nodiscard]] bool gap(std::size_t i) const { return project_.shots[i]->kind == ShotKind::gap; }

    std::int64_t cut(std::size_t i) const
    {
        if (i == 0 || layout_.transition(i) != TransitionKind::dissolve) return layout_.start(i);
        const FrameRange over = layout_.transition_range(i);
        if (gap(i - 1)) return over.first;
        return gap(i) ? over.end : over.first + over.length() / 2;
    }

    std::int64_t dissolve_start(std::size_t i) const { return layout_.start(i); }

    json clip(std::size_t i, std::int64_t first, std::int64_t end) const
    {
        const Shot& shot = *project_.shots[i];
        const ShotSource source = shot_source(shot);
        std::int64_t head = 0;
        if (!gap(i) && selected_take(shot) != nullptr)
            head = source.endless()
                       ? k_handles
                       : std::min(k_handles, shot.range.first * project_.rate.numerator * source.rate.denominator /
                                                 (project_.rate.denominator * source.rate.numerator));
        const std::int64_t in = gap(i) ? 0 : head + first - layout_.start(i);
        return {{"gap", gap(i)},
                {"take", selected_take(shot) != nullptr},
                {"takes", selected_take(shot) != nullptr ? shot.takes.size() : 0},
                {"record", {first, end}},
                {"source", {in, in + end - first}}};
    }

    const Project& project_;
    Layout layout_;
};

}  // namespace

TEST_CASE("Storyboards for the readers that others wrote", "[.cases]")
{
    const char* told = std::getenv("KINORA_INTERCHANGE_CASES");
    REQUIRE(told != nullptr);
    const std::filesystem::path folder = told;
    std::filesystem::remove_all(folder);
    for (unsigned seed = 0; seed < k_cases; ++seed) {
        const Project project =
            tests::random_storyboard(seed, tests::k_delivery_rates[seed % tests::k_delivery_rates.size()]);
        const auto here = folder / std::to_string(seed);
        std::filesystem::create_directories(here);
        CutOptions options;
        options.handles = k_handles;
        options.media_folder = "Film 1 media";
        auto cut = make_cut(project, options);
        REQUIRE(cut);
        json expected = Expectation(project).all();
        expected["start"] = cut->start;
        REQUIRE(write_file(here / "expected.json", expected.dump()));
        const std::string otio = write_otio(*cut, project);
        REQUIRE(write_file(here / "film.otio", otio));
        REQUIRE(write_file(here / "film.fcpxml", write_fcpxml(*cut, Auditions::leave_out)));
        REQUIRE(write_file(here / "auditions.fcpxml", write_fcpxml(*cut)));
        REQUIRE(write_file(here / "film.xml", write_xmeml(*cut)));
        REQUIRE(write_file(here / "film.edl", write_edl(*cut)));
        REQUIRE(write_otioz(here / "film.otioz", otio, {}));
    }
}
