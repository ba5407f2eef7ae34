#include "tests/kill/kill_work.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <future>

#include "core/base/file.h"
#include "core/base/ids.h"
#include "core/base/sha256.h"
#include "core/export/sequence_export.h"
#include "core/export/take_files.h"
#include "core/project/autosave.h"
#include "core/project/document.h"
#include "core/project/project_files.h"
#include "core/project/project_store.h"
#include "core/project/take_edits.h"
#include "core/storyboard/edits.h"
#include "core/storyboard/group_edits.h"
#include "core/storyboard/sound_edits.h"

namespace kinora::tests {
namespace {

namespace fs = std::filesystem;
using namespace kinora::core;

/// A line is in the journal when `write` has returned, whatever happens to the process then.
class Journal {
public:
    explicit Journal(const fs::path& file) : file_(open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600)) {}
    ~Journal() { close(file_); }
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;
    void line(const std::string& text) const
    {
        const std::string whole = text + "\n";
        if (write(file_, whole.data(), whole.size()) < 0) std::perror("journal");
    }

private:
    int file_;
};

int failed(const Error& error)
{
    std::fprintf(stderr, "%s\n", error.message.c_str());
    return 3;
}

FrameSequence small_clip(int frames, float level)
{
    FrameSequence clip{frames, 64, 64, FrameRate(24), {}};
    clip.rgb.assign(clip.frame_size() * static_cast<std::size_t>(frames), level);
    return clip;
}

GeneratedClip generated(int number)
{
    GeneratedClip clip;
    clip.frames = small_clip(6, static_cast<float>(number % 10) / 10);
    clip.recipe.prompt = "take " + std::to_string(number);
    clip.recipe.model_id = "starter";
    clip.recipe.width = clip.recipe.height = 64;
    clip.recipe.frames = 6;
    clip.recipe.rate = 24;
    clip.recipe.steps = 1;
    clip.recipe.sampler = "euler";
    return clip;
}

int save_takes(OpenedProject& film, const Journal& journal)
{
    for (int number = 0;; ++number) {
        auto take = film.store.new_take(make_id());
        if (!take) return failed(take.error());
        if (auto saved = media::save_take(generated(number), *take, film.store, {}); !saved) return failed(saved.error());
        // From here on the take must never be lost: its recipe and its clip are whole.
        journal.line("take " + take->id);
        film.project.shots[0].update([&](Shot& shot) { add_take(shot, *take, Selection::keep); });
        if (auto saved = film.store.save(film.project); !saved) return failed(saved.error());
        journal.line("listed " + take->id);
    }
}

int autosave(OpenedProject& film, const Journal& journal)
{
    Document document(film.project);
    AutosavePolicy policy({std::chrono::milliseconds(3), std::chrono::milliseconds(12), std::chrono::milliseconds(50)},
                          &AutosavePolicy::Clock::now);
    std::future<Result<void>> saving;
    int saved_edit = 0;
    for (int edit = 1;; ++edit) {
        auto added = document.edit("Add marker", [&](Project& project) -> Result<void> {
            if (project.markers.size() > 200) project.markers.erase(project.markers.begin());
            const auto id = add_marker(project, edit, std::to_string(edit));
            return id ? Result<void>() : id.error();
        });
        if (!added) return failed(added.error());
        policy.changed();
        usleep(500);
        if (saving.valid() && saving.wait_for(std::chrono::seconds(0)) == std::future_status::ready) {
            const auto done = saving.get();
            policy.save_finished(static_cast<bool>(done));
            if (!done) return failed(done.error());
            journal.line("edit " + std::to_string(saved_edit));
        }
        if (!saving.valid() && policy.due()) {
            policy.save_started();
            saved_edit = edit;
            saving = std::async(std::launch::async,
                                [&store = film.store, project = document.project()] { return store.save(project); });
        }
    }
}

int import_files(OpenedProject& film, const fs::path& outside, const Journal& journal)
{
    for (int number = 0;; ++number) {
        Asset asset;
        asset.id = make_id();
        asset.kind = AssetKind::audio;
        asset.samples = 1000;
        asset.name = "import.bin";
        const std::string content(300'000, static_cast<char>('a' + number % 26));
        const fs::path source = outside / "import.bin";
        if (auto put = write_file(source, std::string_view(content + std::to_string(number))); !put)
            return failed(put.error());
        const auto sum = sha256_of_file(source);
        auto file = gather_file(film.store, source);
        if (!sum || !file) return failed(sum ? file.error() : sum.error());
        asset.file = *file;
        asset.sha256 = *sum;
        asset.bytes = fs::file_size(source);
        const auto id = add_asset(film.project, asset);
        if (!id) return failed(id.error());
        const auto clip = place_sound(film.project, "", *id, 0);
        if (!clip) return failed(clip.error());
        if (auto saved = film.store.save(film.project); !saved) return failed(saved.error());
        journal.line("asset " + *id);
    }
}

int export_film(OpenedProject& film, const Journal& journal)
{
    media::SequenceExport job;
    job.project = film.project;
    job.source = [](const Shot&, const Take& take) -> Result<std::shared_ptr<media::FrameSource>> {
        auto clip = std::make_shared<FrameSequence>(small_clip(static_cast<int>(take.frames), 0.5F));
        return std::shared_ptr<media::FrameSource>(std::make_shared<media::MemorySource>(std::move(clip)));
    };
    job.locate = [&film](const std::string& file) { return film.store.folder() / file; };
    const auto exports = film.store.exports_dir();
    if (!exports) return failed(exports.error());
    job.target.overwrite = media::OverwritePolicy::replace;
    for (int number = 0;; ++number) {
        job.target.preset = number % 2 == 0 ? "h264-review" : "prores-422-proxy";
        job.target.file = *exports / (number % 2 == 0 ? "film.mp4" : "film.mov");
        if (auto written = media::export_sequence(job); !written) return failed(written.error());
        journal.line("export " + job.target.file.filename().string());
    }
}

void put_wav(const fs::path& file, std::uint32_t samples)
{
    std::string bytes = "RIFF";
    const auto word = [&](std::uint32_t value, int size) {
        for (int i = 0; i < size; ++i)
            bytes += static_cast<char>(value >> (8 * i));
    };
    const std::uint32_t data = samples * 4;
    word(36 + data, 4);
    bytes += "WAVEfmt ";
    word(16, 4);
    word(1, 2);
    word(2, 2);
    word(48000, 4);
    word(48000 * 4, 4);
    word(4, 2);
    word(16, 2);
    bytes += "data";
    word(data, 4);
    for (std::uint32_t i = 0; i < samples; ++i)
        word(static_cast<std::uint32_t>(i * 37 % 2000) * 65537U, 4);
    std::ofstream(file, std::ios::binary) << bytes;
}

}  // namespace

void make_film(const fs::path& folder, const fs::path& outside)
{
    auto film = create_project(folder, {.name = "Film", .rate = 24, .width = 64, .height = 64});
    if (!film) throw std::runtime_error(film.error().message);
    Project& project = film->project;
    for (int i = 0; i < 3; ++i) {
        auto take = film->store.new_take("first" + std::to_string(i));
        if (!take || !media::save_take(generated(i), *take, film->store, {})) throw std::runtime_error("No take was made.");
        take->frames = 12;
        Shot shot = make_shot("shot " + std::to_string(i));
        add_take(shot, *take, Selection::select);
        if (!insert_shot(project, 9, std::move(shot))) throw std::runtime_error("No shot was made.");
    }
    fs::create_directories(outside);
    put_wav(outside / "song.wav", 96'000);
    Asset song;
    song.name = "song.wav";
    song.kind = AssetKind::audio;
    song.samples = 96'000;
    song.file = gather_file(film->store, outside / "song.wav").value();
    song.bytes = fs::file_size(outside / "song.wav");
    const auto id = add_asset(project, song);
    const bool edited = id && place_sound(project, "", *id, 2) &&
                        set_transition(project, project.shots[1]->id, TransitionKind::dissolve, 4) &&
                        film->store.save(project);
    if (!edited) throw std::runtime_error("The film couldn't be made.");
}

int work(const std::string& kind, const fs::path& folder, const fs::path& outside, const fs::path& journal_file)
{
    const Journal journal(journal_file);
    auto film = open_project(folder);
    if (!film) return failed(film.error());
    if (film->store.access() != Access::read_write) return 4;
    journal.line("started");
    if (kind == "save") return save_takes(*film, journal);
    if (kind == "autosave") return autosave(*film, journal);
    if (kind == "import") return import_files(*film, outside, journal);
    if (kind == "export") return export_film(*film, journal);
    return 2;
}

}  // namespace kinora::tests
