#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <vector>

#include "core/project/document.h"
#include "core/project/project_store.h"
#include "core/project/take_edits.h"
#include "core/storyboard/edits.h"
#include "core/storyboard/group_edits.h"
#include "core/storyboard/layout.h"
#include "core/storyboard/sound_edits.h"
#include "tests/bench/long_film.h"

// Figures of the document: opening and saving a project of 500 shots, edits in one of 2,000.

using namespace kinora::core;
using kinora::tests::fill;
namespace fs = std::filesystem;

namespace {

double milliseconds(const std::function<void()>& what)
{
    const auto start = std::chrono::steady_clock::now();
    what();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

void tell(const char* what, std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const auto at = [&](double part) {
        return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
    };
    std::printf("%-34s median %8.3f ms   p95 %8.3f ms   worst %8.3f ms\n", what, at(0.5), at(0.95), values.back());
}

void bench_files(const fs::path& folder)
{
    auto made = create_project(folder, {.name = "500 shots"});
    if (!made) std::exit(1);
    fill(made->project, 500);
    std::vector<double> saves;
    for (int i = 0; i < 10; ++i) {
        made->project.shots[0].update([&](Shot& shot) { shot.prompt = "changed " + std::to_string(i); });
        saves.push_back(milliseconds([&] {
            if (!made->store.save(made->project)) std::exit(1);
        }));
    }
    made = make_error(ErrorKind::internal, "closed");
    std::vector<double> opens;
    for (int i = 0; i < 10; ++i) {
        opens.push_back(milliseconds([&] {
            const auto opened = open_project(folder);
            if (!opened || opened->project.shots.size() != 500) std::exit(1);
        }));
    }
    tell("open 500 shots, 2,000 takes", opens);
    tell("save the same (off the UI thread)", saves);
}

void bench_edits()
{
    Project project;
    project.id = "project";
    fill(project, 2000);
    Document document(std::move(project));
    std::size_t shown = 0;
    document.add_listener([&](const ChangeEvent&) { shown += Layout(document.project()).size(); });
    const auto measured = [&](const char* what, const std::function<Result<void>(Project&, int)>& edit) {
        std::vector<double> times;
        for (int i = 0; i < 200; ++i)
            times.push_back(milliseconds([&] {
                if (!document.edit(what, [&](Project& p) { return edit(p, i); })) std::exit(1);
            }));
        tell(what, times);
    };
    const auto id = [](const Project& p, int i) { return p.shots[static_cast<std::size_t>(i) * 7 + 1]->id; };
    measured("trim in 2,000 shots", [&](Project& p, int i) -> Result<void> {
        const auto done = trim_out(p, id(p, i), 20);
        return done ? Result<void>() : done.error();
    });
    measured("insert in 2,000 shots",
             [&](Project& p, int i) { return insert_shot(p, static_cast<std::size_t>(i), make_shot()); });
    measured("split in 2,000 shots", [&](Project& p, int i) -> Result<void> {
        const Layout layout(p);
        const auto done = split_at(p, layout.start(static_cast<std::size_t>(i) * 2 + 1650) + 30);
        return done ? Result<void>() : done.error();
    });
    measured("move 50 of 2,000 shots", [&](Project& p, int i) {
        std::vector<std::string> ids;
        for (int k = 0; k < 50; ++k)
            ids.push_back(p.shots[static_cast<std::size_t>(k) * 11 + static_cast<std::size_t>(i)]->id);
        return move_shots(p, ids, 1000);
    });
    measured("lift in 2,000 shots", [&](Project& p, int i) { return lift_shots(p, {id(p, i)}); });
    measured("fade one of 2,000 sounds",
             [&](Project& p, int i) { return fade_sound(p, "clip" + std::to_string(i * 3), 5, 5); });
    std::vector<double> undone;
    for (int i = 0; i < 500; ++i)
        undone.push_back(milliseconds([&] { document.undo(); }));
    tell("undo in 2,000 shots", undone);
    std::vector<double> asked;
    const Layout layout(document.project());
    float sum = 0;
    for (int i = 0; i < 100; ++i)
        asked.push_back(milliseconds([&] {
            for (int k = 0; k < 1000; ++k)
                sum += layout.mix_at((i * 1000 + k) % layout.total()).layers[0].weight;
        }));
    tell("1,000 questions what is seen", asked);
    if (shown == 0 || sum == 0) std::exit(1);
}

}  // namespace

int main()
{
    std::string name = (fs::temp_directory_path() / "kinora-bench-XXXXXX").string();
    const fs::path scratch = mkdtemp(name.data());
    bench_files(scratch / "film");
    fs::remove_all(scratch);
    bench_edits();
    return 0;
}
