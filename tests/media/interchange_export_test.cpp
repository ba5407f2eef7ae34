#include "core/export/interchange_export.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>
#include <cstdlib>
#include <map>

#include "core/base/paths.h"
#include "core/export/provenance_finishers.h"
#include "core/export/restore_recipe.h"
#include "core/interchange/timeline_settle.h"
#include "core/media/clip_reader.h"
#include "core/media/import_media.h"
#include "core/media/probe.h"
#include "core/media/sound_reader.h"
#include "core/project/project_store.h"
#include "core/provenance/c2pa.h"
#include "core/storyboard/layout.h"
#include "core/storyboard/sound_edits.h"
#include "tests/media/film_fixture.h"
#include "tests/media/media_fixtures.h"
#include "tests/media/sound_fixtures.h"

using namespace kinora;
using namespace kinora::media;
using namespace kinora::tests;

namespace {

/// The pictures of a sequence, or the movie itself.
std::vector<std::filesystem::path> pictures_of(const std::filesystem::path& file)
{
    if (!std::filesystem::is_directory(file)) return {file};
    std::vector<std::filesystem::path> pictures;
    for (const auto& entry : std::filesystem::directory_iterator(file))
        if (entry.path().extension() != ".json") pictures.push_back(entry.path());
    return pictures;
}

std::filesystem::path one_picture(const std::filesystem::path& file)
{
    return pictures_of(file).front();
}

}  // namespace

TEST_CASE("Media for editing suites show exactly the frames that the storyboard shows, handles included")
{
    const Film film;
    const auto written = export_interchange(film.project, film.all(), film.services);
    REQUIRE(problem_of(written) == "");
    CHECK(written->files.size() == 5);
    CHECK(written->media == film.folder / "Film-media");
    CHECK(written->media_files == 4);
    core::CutOptions options;
    options.handles = 4;
    options.media_folder = "Film-media";
    const auto cut = core::make_cut(film.project, options);
    REQUIRE(cut);
    const core::Layout layout(film.project);
    for (const core::CutClip& clip : cut->picture)
        for (const core::CutMedia& media : clip.media) {
            const auto reader = ClipReader::open(film.folder / media.file);
            REQUIRE(problem_of(reader) == "");
            REQUIRE((*reader)->info().frames == media.map.length);
            CHECK((*reader)->info().rate == film.project.rate);
            const auto frames = (*reader)->frames(0, static_cast<int>(media.map.length), {});
            REQUIRE(frames);
            for (int frame = 0; frame < frames->frames; ++frame)
                CHECK(number_in(*frames, frame) == media.map.source_frame(frame));
            if (&media != clip.shown()) continue;
            for (std::int64_t at = clip.record.first; at < clip.record.end; ++at)
                CHECK(number_in(*frames, static_cast<int>(clip.source.first + at - clip.record.first)) ==
                      layout.range_frame(clip.shot, at - layout.start(clip.shot)));
        }
    const auto sound = SoundReader::open(film.folder / cut->sound[0].clips[0].file);
    REQUIRE(sound);
    const core::CutSound& heard = cut->sound[0].clips[0];
    CHECK((*sound)->samples() == heard.media_samples.length());
    CHECK(loudest_sample(whole_sound(film.folder / heard.file)) == 40'000 - heard.media_samples.first);
}

TEST_CASE(
    "A timeline that was exported with its media comes back into an empty project with prompts, takes and the same cuts")
{
    const Film film;
    REQUIRE(problem_of(export_interchange(film.project, film.all(), film.services)) == "");
    for (const char* name : {"Film.otio", "Film.otioz"}) {
        CAPTURE(name);
        const TemporaryFolder place;
        auto other = core::create_project(place / "other", {});
        REQUIRE(other);
        std::filesystem::create_directory(place / "unpacked");
        auto opened = core::open_timeline(film.folder / name, core::FrameRate(24), place / "unpacked");
        REQUIRE(problem_of(opened) == "");
        const core::DescribeMedia describe = [](const std::filesystem::path& file, std::stop_token stop) {
            return describe_media(file, std::move(stop));
        };
        const auto settled = core::settle_timeline(std::move(opened->timeline), opened->folder, other->store, describe);
        REQUIRE(problem_of(settled) == "");
        core::Project project = other->project;
        REQUIRE(core::merge_timeline(project, settled->project));
        CHECK(core::check_invariants(project) == "");
        REQUIRE(project.shots.size() == 2);
        CHECK(project.shots[0]->prompt == "the harbour");
        CHECK(project.shots[0]->takes.size() == 2);
        CHECK(project.shots[0]->takes[0].recipe == film.project.shots[0]->takes[0].recipe);
        const core::Layout before(film.project);
        const core::Layout after(project);
        for (std::size_t i = 0; i < 2; ++i)
            CHECK(after.range(i) == before.range(i));
        REQUIRE(project.sound_tracks.size() == 1);
        REQUIRE(project.sound_tracks[0]->clips.size() == 1);
        CHECK(project.sound_tracks[0]->clips[0].start == 6);
        CHECK(project.sound_tracks[0]->clips[0].source.length() == 30'000);
        for (const auto& asset : project.assets)
            CHECK(std::filesystem::exists(place / "other" / asset->file));
    }
}

TEST_CASE("A file dropped on Kinora restores its recipe, and tells other programs where it is from, whatever kind it is")
{
    const Film film(256, 128);
    // The kinds that take XMP are read by exiftool, the others have free tags of the same names.
    for (const char* preset :
         {"prores-422-proxy", "dnxhr-sq", "h264-review", "gif", "webp", "png16", "tiff16", "exr-half", "vp9-webm"}) {
        CAPTURE(preset);
        const std::filesystem::path file = film.export_first_shot(preset).file;
        const auto restored = restore_recipes(file);
        REQUIRE(problem_of(restored) == "");
        CHECK(restored->at(0).prompt == "the harbour");
        CHECK(restored->at(0).seed == 7);
        const auto seen = run_command("exiftool -a -G -s " + shell_word(one_picture(file)));
        if (seen.status == 0) {
            CHECK(seen.output.find("trainedAlgorithmicMedia") != std::string::npos);
            CHECK(seen.output.find("the harbour") != std::string::npos);
        }
        if (std::filesystem::is_directory(file)) {
            std::filesystem::remove(file / "recipe.json");
            CHECK(problem_of(restore_recipes(file)) == "");
            CHECK(problem_of(restore_recipes(one_picture(file))) == "");
        }
        CHECK_FALSE(restore_recipes(film.export_first_shot(preset, false).file));
    }
}

TEST_CASE("MXF and WebM hold the fields of IPTC among their free tags, as ffprobe reads them")
{
    const Film film(256, 128);
    for (const char* preset : {"dnxhr-sq-mxf", "vp9-webm"}) {
        CAPTURE(preset);
        const auto info = probe(film.export_first_shot(preset).file);
        REQUIRE(problem_of(info) == "");
        std::map<std::string, std::string> found;
        for (const auto& [key, value] : info->metadata) {
            std::string name = key;
            std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
            found[name.starts_with("comment_") ? name.substr(8) : name] = value;
        }
        CHECK(found["digitalsourcetype"].find("trainedAlgorithmicMedia") != std::string::npos);
        CHECK(found["aipromptinformation"].find("the harbour") == 0);
        CHECK_FALSE(found["aisystemused"].empty());
        const auto quiet = probe(film.export_first_shot(preset, false).file);
        for (const auto& [key, value] : quiet->metadata)
            CHECK(value.find("harbour") == std::string::npos);
    }
}

TEST_CASE("A signed file is valid to the C2PA project's library, and keeps its frames, its recipe and its XMP")
{
    const char* told = std::getenv("KINORA_READERS");
    const auto readers = told != nullptr && *told != '\0' ? std::filesystem::path(told) : core::cache_dir() / "readers";
    const auto library = core::C2paLibrary::load(readers / "c2pa/libs/libc2pa_c.so");
    if (!library) {
        WARN("skipped: the C2PA project's library isn't installed");
        return;
    }
    Film film;
    const auto key = core::user_signing_key(film.folder / "signing");
    REQUIRE(problem_of(key) == "");
    ProvenanceOptions options;
    options.sign = true;
    options.key = film.folder / "signing/key.pem";
    options.certificates = film.folder / "signing/certificates.pem";
    options.library = readers / "c2pa/libs/libc2pa_c.so";
    film.services.finishers = provenance_finishers(options, film.notes);
    for (const char* preset : {"prores-422-proxy", "h264-review", "h265-10bit", "gif", "webp", "png16", "tiff16"}) {
        CAPTURE(preset);
        const WrittenFile written = film.export_first_shot(preset);
        int signed_files = 0;
        for (const std::filesystem::path& file : pictures_of(written.file)) {
            const auto report = core::check_c2pa(**library, file);
            REQUIRE(problem_of(report) == "");
            INFO(report->json);
            CHECK(report->sentence == "valid, signer not on a trust list");
            ++signed_files;
        }
        CHECK(signed_files == (std::filesystem::is_directory(written.file) ? written.frames : 1));
        CHECK(written.frames == 24);
        CHECK(problem_of(restore_recipes(written.file)) == "");
        const auto seen = run_command("exiftool -s3 -XMP:AIPromptInformation " + shell_word(one_picture(written.file)));
        if (seen.status == 0) CHECK(seen.output.find("the harbour") != std::string::npos);
    }
    CHECK(film.notes->empty());
    for (const char* preset : {"exr-half", "vp9-webm"}) {
        film.notes->clear();
        CHECK(film.export_first_shot(preset).frames == 24);
        REQUIRE(film.notes->size() == 1);
        CHECK(film.notes->front().find("C2PA has no place in this kind of file") != std::string::npos);
    }
}

TEST_CASE("Exporting for suites refuses what is there, an empty storyboard and single pictures, and leaves nothing behind")
{
    Film film;
    InterchangeExport job = film.all();
    write_bytes(film.folder / "Film.edl", "mine");
    const auto before = film.folder.names();
    CHECK(problem_of(export_interchange(film.project, job, film.services)).find("exists already") != std::string::npos);
    CHECK(film.folder.names() == before);
    std::filesystem::create_directory(film.folder / "Film-media");
    write_bytes(film.folder / "Film-media/holiday.jpg", "mine");
    job.overwrite = OverwritePolicy::replace;
    CHECK(problem_of(export_interchange(film.project, job, film.services)).find("exists already") != std::string::npos);
    CHECK(bytes_of(film.folder / "Film-media/holiday.jpg") == "mine");
    job.file = film.folder / "Other";
    std::stop_source stop;
    int told = 0;
    const auto cancelled = export_interchange(
        film.project, job, film.services,
        [&](int, int) {
            if (++told == 20) stop.request_stop();
        },
        stop.get_token());
    REQUIRE_FALSE(cancelled);
    CHECK(cancelled.error().kind == core::ErrorKind::cancelled);
    CHECK_FALSE(std::filesystem::exists(film.folder / "Other-media"));
    for (const std::string& name : film.folder.names())
        CHECK(name.find(".kinora") == std::string::npos);
    job.preset = "png16";
    if (find_preset("png16")) CHECK_FALSE(export_interchange(film.project, job, film.services));
    CHECK_FALSE(export_interchange(core::Project{}, film.all(), film.services));
}
