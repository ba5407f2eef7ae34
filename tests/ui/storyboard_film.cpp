#include "tests/ui/storyboard_film.h"

#include <cmath>
#include <fstream>

#include "core/storyboard/edits.h"
#include "core/storyboard/group_edits.h"
#include "core/storyboard/sound_edits.h"

namespace kinora::tests {
namespace {

constexpr int k_rate = 48000;

void put(std::ofstream& out, std::uint32_t value, int bytes)
{
    for (int byte = 0; byte < bytes; ++byte)
        out.put(static_cast<char>((value >> (8 * byte)) & 0xFF));
}

const char* const k_prompts[] = {
    "Fog over the harbour in the morning, gulls",    "A small sailing boat drifts across a calm harbour at sunset",
    "Lamps on the quay come on one by one at night", "Children run along the pier by day",
    "The last light on the hills, violet sky",
};

/// One take of each prompt, through the queue as an artist makes them.
void make_takes(Studio& studio)
{
    auto& session = *studio.session;
    for (int index = 0; index < 5; ++index) {
        if (index > 0) session.add_shot();
        session.set_prompt(QString::fromLatin1(k_prompts[index]));
        auto settings = session.shot()->settings;
        settings.seed_mode = core::SeedMode::locked;
        settings.seed = static_cast<std::uint64_t>(index);
        session.set_settings(settings);
        session.generate();
        studio.wait_for_takes(1);
    }
}

/// Copies of the five shots, each with a part of its own, up to `count`.
core::Result<void> copy_and_trim(core::Project& project, std::size_t count)
{
    std::vector<core::Shot> copies;
    for (std::size_t index = project.shots.size(); index < count; ++index) {
        core::Shot copy = *project.shots[index * 7 % 5];
        copy.id.clear();
        const auto first = static_cast<std::int64_t>(index * 5 % 11);
        copy.range = {first, first + 10 + static_cast<std::int64_t>(index * 7 % 13)};
        copies.push_back(std::move(copy));
    }
    const auto made = core::insert_shots(project, project.shots.size(), std::move(copies));
    if (!made) return made.error();
    return {};
}

core::Result<void> dress(core::Project& project)
{
    const auto id = [&](std::size_t shot) { return project.shots[shot]->id; };
    const std::pair<std::size_t, core::TransitionKind> kinds[] = {{2, core::TransitionKind::dissolve},
                                                                  {5, core::TransitionKind::dip_to_black},
                                                                  {9, core::TransitionKind::dissolve},
                                                                  {14, core::TransitionKind::dip_to_white}};
    for (const auto& [shot, kind] : kinds) {
        if (shot >= project.shots.size()) continue;
        if (const auto done = core::set_transition(project, id(shot), kind, 14); !done) return done.error();
    }
    if (project.shots.size() > 13) {
        if (const auto done = core::lift_shots(project, {id(12)}); !done) return done;
    }
    if (const auto done = core::add_marker(project, 150, "gulls come in"); !done) return done.error();
    if (const auto done = core::add_marker(project, 410, "music swells"); !done) return done.error();
    if (const auto done = core::add_marker(project, 700); !done) return done.error();
    return {};
}

core::Result<void> fade(core::Project& project)
{
    for (std::size_t track = 0; track < project.sound_tracks.size(); ++track) {
        for (const core::SoundClip& clip : std::vector(project.sound_tracks[track]->clips)) {
            if (const auto done = core::fade_sound(project, clip.id, 24, 36); !done) return done;
        }
    }
    return {};
}

}  // namespace

void write_tone(const std::filesystem::path& file, double seconds, double pitch)
{
    const auto samples = static_cast<std::uint32_t>(seconds * k_rate);
    std::ofstream out(file, std::ios::binary);
    out.write("RIFF", 4);
    put(out, 36 + samples * 2, 4);
    out.write("WAVEfmt ", 8);
    put(out, 16, 4);
    put(out, 1, 2);
    put(out, 1, 2);
    put(out, k_rate, 4);
    put(out, k_rate * 2, 4);
    put(out, 2, 2);
    put(out, 16, 2);
    out.write("data", 4);
    put(out, samples * 2, 4);
    for (std::uint32_t sample = 0; sample < samples; ++sample) {
        const double time = static_cast<double>(sample) / k_rate;
        const double swell =
            0.25 + 0.5 * std::abs(std::sin(time * 1.7)) * std::abs(std::sin(time * 11.3 + std::sin(time * 3)));
        const double value = std::sin(time * pitch * 6.2831853) * swell * 28000;
        put(out, static_cast<std::uint32_t>(static_cast<std::int32_t>(value)) & 0xFFFF, 2);
    }
}

void make_film(Studio& studio, int shots)
{
    auto& session = *studio.session;
    session.rename_project(QStringLiteral("Harbour at dusk"));
    make_takes(studio);
    session.change(QStringLiteral("Film"),
                   [&](core::Project& project) { return copy_and_trim(project, static_cast<std::size_t>(shots)); });
    session.change(QStringLiteral("Dress"), dress);
    const std::filesystem::path folder = studio.folder.path().toStdString();
    write_tone(folder / "music.wav", 26);
    write_tone(folder / "waves.wav", 14, 90);
    const auto path = [&](const char* name) { return QString::fromStdString((folder / name).string()); };
    const auto clips = [&](std::size_t track) {
        const auto& tracks = session.project().sound_tracks;
        return track < tracks.size() ? tracks[track]->clips.size() : 0;
    };
    session.import_files({path("music.wav")}, 0, 0, 0);
    Studio::wait_for([&] { return clips(0) == 1; }, "the music on its track");
    session.import_files({path("waves.wav")}, 0, 200, 0);
    Studio::wait_for([&] { return clips(1) == 1; }, "the waves on theirs");
    session.change(QStringLiteral("Fade"), fade);
    session.select_shot(session.project().shots[3]->id);
}

void settle(Studio& studio)
{
    for (int quiet = 0; quiet < 20; ++quiet)
        QTest::qWait(20);
    studio.window->repaint();
}

}  // namespace kinora::tests
