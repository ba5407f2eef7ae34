// Upscaling and interpolating in the window: verbs on takes, the look before and after, and in one go with Generate.
#include <QApplication>
#include <QPushButton>
#include <QToolButton>
#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/media/probe.h"
#include "core/media/sound_reader.h"
#include "core/project/project_json.h"
#include "core/project/take_edits.h"
#include "tests/ui/desk_files.h"
#include "tests/ui/studio_fixture.h"
#include "tests/ui/test_clips.h"
#include "tests/ui/test_enhancer.h"
#include "ui/panels/job_row.h"
#include "ui/panels/queue_panel.h"
#include "ui/panels/take_row.h"
#include "ui/panels/takes_panel.h"
#include "ui/player/player_sound.h"
#include "ui/player/player_widget.h"
#include "ui/verbs/verb_actions.h"
#include "ui/verbs/verb_bar.h"
#include "ui/widgets/field_combo.h"
#include "ui/window/export_popover.h"

using namespace kinora;
using kinora::tests::DrawnGenerator;
using kinora::tests::Studio;

namespace {

QToolButton* button(Studio& studio, std::string_view verb)
{
    auto* actions = studio.window->findChild<ui::VerbActions*>();
    auto* bar = studio.window->findChild<ui::VerbBar*>();
    REQUIRE(actions);
    REQUIRE(bar);
    auto* found = qobject_cast<QToolButton*>(bar->button_of((*actions)[verb]));
    REQUIRE(found);
    return found;
}

void make_take(Studio& studio, const char* prompt)
{
    studio.session->set_prompt(QString::fromUtf8(prompt));
    studio.session->generate();
    studio.wait_for_takes(studio.session->shot()->takes.size() + 1);
}

/// A project small enough that a clip of its size is written in a moment.
void make_small(Studio& studio)
{
    studio.session->change(QStringLiteral("Size"), [](core::Project& project) -> core::Result<void> {
        project.width = 854;
        project.height = 480;
        return {};
    });
}

/// An engine whose enhancer can be held.
ui::Engine held_engine(const std::shared_ptr<tests::PlainEnhancer>& enhancer)
{
    auto engine = tests::drawn_engine(std::make_shared<DrawnGenerator>(DrawnGenerator::Look::numbered));
    engine.make_job_engine = [make = engine.make_job_engine, enhancer]() -> core::Result<ui::JobEngine> {
        auto made = make();
        if (made) made->enhancer = enhancer;
        return made;
    };
    return engine;
}

}  // namespace

TEST_CASE("upscale and interpolate make takes of the selected one, each with one gesture", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene);
    make_small(studio);
    make_take(studio, "Fog over the harbour in the morning, gulls");
    const auto source = studio.session->shot()->takes.front();
    studio.click(button(studio, "upscale"));
    studio.wait_for_takes(2);
    const auto larger = studio.session->shot()->takes.back();
    REQUIRE(studio.session->shot()->selected_take == larger.id);
    REQUIRE(larger.verb == "upscale");
    REQUIRE(larger.parents == std::vector<std::string>{source.id});
    REQUIRE(larger.width == 854);
    REQUIRE(larger.height == 480);
    REQUIRE(larger.frames == 33);
    REQUIRE(larger.recipe);
    REQUIRE(larger.recipe->enhance.upscale == "480p");
    REQUIRE(larger.recipe->prompt == source.recipe->prompt);
    REQUIRE(larger.recipe->width == source.recipe->width);

    // Before and after lie over each other at once: the wipe is open, with the take that it was made of.
    auto* player = studio.window->player();
    auto& compare = player->compare();
    REQUIRE(compare.on());
    REQUIRE(compare.mode() == ui::CompareMode::wipe);
    REQUIRE(compare.second_id() == QString::fromStdString(source.id));
    Studio::wait_for([&] { return !compare.picture(0, larger.rate).isNull(); }, "the picture before");
    for (int quiet = 0; quiet < 20; ++quiet)
        QTest::qWait(20);
    studio.screenshot(QStringLiteral("verbs-upscale-wipe"));

    // The other verb of the larger one does both, from the clip before.
    studio.window->setFocus();
    studio.key(Qt::Key_I, Qt::ControlModifier | Qt::AltModifier);
    studio.wait_for_takes(3);
    const auto both = studio.session->shot()->takes.back();
    REQUIRE(both.verb == "interpolate");
    REQUIRE(both.parents == std::vector<std::string>{larger.id});
    REQUIRE(both.rate == core::FrameRate{24});
    REQUIRE(both.frames == 66);
    REQUIRE(both.width == 854);
    REQUIRE(both.recipe->enhance.upscale == "480p");
    REQUIRE_FALSE(both.recipe->enhance.interpolate.empty());
    REQUIRE(studio.session->shot()->range == core::FrameRange{0, 66});
    REQUIRE(compare.second_id() == QString::fromStdString(larger.id));
    // The same moment of both, at different rates.
    Studio::wait_for([&] { return player->frame_count() == 66; }, "the clip in the player");
    auto* row = studio.window->takes_panel()->take_rows().front();
    REQUIRE(row->take().origin.contains(QStringLiteral("Interpolated")));
    // It outlives saving and opening.
    const auto back = core::project_from_json(core::to_json(studio.session->project()));
    REQUIRE(back);
    REQUIRE(back->project.shots[0]->takes.back().recipe->enhance == both.recipe->enhance);
    // "Use these settings" brings what was done to the clip too.
    studio.session->use_settings_of(both.id);
    REQUIRE(studio.session->shot()->settings.enhance == both.recipe->enhance);
}

TEST_CASE("a shot that asks for it is generated, enlarged and interpolated in one go", "[window]")
{
    Studio studio;
    for (auto* fold : studio.window->findChildren<QPushButton*>())
        if (fold->text() == QStringLiteral("Sampling, guidance")) studio.click(fold);
    const auto choose = [&](const QString& name, int steps) {
        auto* combo = studio.window->findChild<ui::FieldCombo*>(name);
        REQUIRE(combo);
        combo->setFocus();
        for (int step = 0; step < steps; ++step)
            studio.key(Qt::Key_Down);
    };
    auto* opened = studio.window->findChild<ui::FieldCombo*>(QStringLiteral("form.interpolator"));
    REQUIRE(opened);
    Studio::wait_for([&] { return !opened->visibleRegion().isEmpty(); }, "what was unfolded in view");
    choose(QStringLiteral("form.upscale"), 1);
    choose(QStringLiteral("form.interpolate"), 3);
    const auto settings = studio.session->shot()->settings;
    REQUIRE(settings.enhance.upscale == "2x");
    REQUIRE(settings.enhance.interpolate == "24");
    studio.screenshot(QStringLiteral("form-upscale"));
    make_take(studio, "a kite");
    const auto& take = studio.session->shot()->takes.back();
    REQUIRE(take.verb.empty());
    REQUIRE(take.width == 640);
    REQUIRE(take.height == 384);
    REQUIRE(take.rate == core::FrameRate{24});
    REQUIRE(take.frames == 66);
    REQUIRE(take.recipe->frames == 33);
    REQUIRE(take.recipe->enhance == settings.enhance);
    Studio::wait_for([&] { return studio.window->player()->frame_count() == 66; }, "the clip in the player");
}

TEST_CASE("an imported clip keeps its sound when it is enlarged and interpolated", "[window]")
{
    Studio studio;
    make_small(studio);
    const std::filesystem::path file = std::filesystem::path(studio.folder.path().toStdString()) / "sea.mp4";
    tests::write_sounding_clip(file, 24);
    studio.session->import_files({QString::fromStdString(file.string())}, 0, 0, 0);
    Studio::wait_for([&] { return studio.session->project().shots.size() == 2; }, "the imported shot");
    studio.session->select_shot(studio.session->project().shots[0]->id);
    QApplication::processEvents();
    auto* player = studio.window->player();
    Studio::wait_for([&] { return player->frame_count() == 24; }, "the clip in the player");
    REQUIRE(player->sound().has_source());
    for (const char* verb : {"upscale", "interpolate"}) {
        const std::size_t takes = studio.session->shot()->takes.size();
        studio.click(button(studio, verb));
        studio.wait_for_takes(takes + 1);
        const auto& take = studio.session->shot()->takes.back();
        REQUIRE(take.verb == verb);
        const auto made = media::probe(studio.session->folder() / take.clip);
        REQUIRE(made);
        REQUIRE(made->audio());
        CHECK(made->audio()->duration_seconds == Approx(2).margin(0.1));
        Studio::wait_for([&] { return player->frame_count() == static_cast<int>(take.frames); }, "the take in the player");
        CHECK(player->sound().has_source());
        // It is the same tone, not silence.
        const auto sound = media::SoundReader::open(studio.session->folder() / take.clip);
        REQUIRE(sound);
        std::vector<float> samples(2 * 4800);
        REQUIRE((*sound)->read(48000, samples));
        CHECK(*std::max_element(samples.begin(), samples.end()) > 0.2F);
    }
}

TEST_CASE("the artist's own networks are chosen in the form and kept in the shot's settings", "[window]")
{
    Studio studio;
    make_small(studio);
    const std::filesystem::path folder = studio.folder.path().toStdString();
    for (const char* name : {"4x-crisp.pth", "rife-4.26.safetensors"})
        std::ofstream(folder / name) << "weights";
    for (auto* fold : studio.window->findChildren<QPushButton*>())
        if (fold->text() == QStringLiteral("Sampling, guidance")) studio.click(fold);
    const auto choose = [&](const QString& name, const char* file) {
        auto* combo = studio.window->findChild<ui::FieldCombo*>(name);
        REQUIRE(combo);
        Studio::wait_for([&] { return !combo->visibleRegion().isEmpty(); }, "the field in view");
        combo->setFocus();
        REQUIRE(combo->hasFocus());
        studio.key(Qt::Key_End);
        tests::answer_dialog(folder / file);
        // A bare virtual screen has no window manager that gives the keys back when a dialog closes.
        QApplication::setActiveWindow(studio.window.get());
        Studio::wait_for([&] { return combo->currentData().toString().endsWith(QLatin1String(file)); }, "the network");
        return combo;
    };
    auto* combo = choose(QStringLiteral("form.upscaler"), "4x-crisp.pth");
    REQUIRE(combo->currentText() == QStringLiteral("4x-crisp"));
    REQUIRE(combo->count() == 3);
    choose(QStringLiteral("form.interpolator"), "rife-4.26.safetensors");
    const auto wanted = studio.session->shot()->settings.enhance;
    REQUIRE(wanted.upscaler == (folder / "4x-crisp.pth").string());
    REQUIRE(wanted.interpolator == (folder / "rife-4.26.safetensors").string());
    REQUIRE_FALSE(wanted.wanted());
    studio.screenshot(QStringLiteral("form-own-networks"));
    make_take(studio, "a kite");
    REQUIRE_FALSE(studio.session->shot()->takes.back().recipe->enhance.wanted());
    // The verb takes the network that the form shows.
    studio.click(button(studio, "upscale"));
    studio.wait_for_takes(2);
    REQUIRE(studio.session->shot()->takes.back().recipe->enhance.upscaler == wanted.upscaler);
    // Kinora's own again.
    QTest::keyClick(combo, Qt::Key_Home);
    REQUIRE(studio.session->shot()->settings.enhance.upscaler == core::k_own_enhancer);
}

TEST_CASE("an upscaling in the queue shows how far it is and can be stopped and tried again", "[window]")
{
    const auto enhancer = std::make_shared<tests::PlainEnhancer>();
    Studio studio(held_engine(enhancer), {});
    make_small(studio);
    make_take(studio, "a kite");
    *enhancer->held = true;
    studio.click(button(studio, "upscale"));
    auto& desk = studio.session->desk();
    const auto enhancing = [&]() -> const core::Job* {
        for (const auto& job : desk.jobs())
            if (job.kind == "enhance") return &job;
        return nullptr;
    };
    Studio::wait_for([&] { return enhancing() && enhancing()->progress.fraction > 0.05; }, "its progress");
    REQUIRE(enhancing()->state == core::JobState::running);
    const std::string id = enhancing()->id;
    studio.window->tabs()->setCurrentIndex(1);
    REQUIRE(studio.window->queue_panel()->row_of(id));
    desk.stop(id);
    Studio::wait_for([&] { return desk.job(id)->state == core::JobState::cancelled; }, "the end");
    REQUIRE(studio.session->shot()->takes.size() == 1);
    *enhancer->held = false;
    desk.retry(id);
    studio.wait_for_takes(2);
    REQUIRE(studio.session->shot()->takes.back().verb == "upscale");
}

TEST_CASE("without the networks the tool tips say what is missing, and export doesn't offer them", "[window]")
{
    auto engine = tests::drawn_engine(std::make_shared<DrawnGenerator>(DrawnGenerator::Look::numbered));
    engine.enhances = [](core::Verb verb) -> core::Result<void> {
        if (verb == core::Verb::interpolate) return {};
        return core::make_error(core::ErrorKind::not_found, "\"upscale-x2.safetensors\" is missing: install Kinora anew.");
    };
    Studio studio(std::move(engine), {});
    REQUIRE_FALSE(button(studio, "upscale")->isEnabled());
    make_take(studio, "a kite");
    REQUIRE_FALSE(button(studio, "upscale")->isEnabled());
    REQUIRE(button(studio, "upscale")->toolTip().contains(QStringLiteral("upscale-x2.safetensors")));
    REQUIRE(button(studio, "interpolate")->isEnabled());
    REQUIRE_FALSE(studio.window->findChild<ui::FieldCombo*>(QStringLiteral("form.upscale"))->isEnabled());
    REQUIRE(studio.window->findChild<ui::FieldCombo*>(QStringLiteral("form.interpolate"))->isEnabled());
    studio.click(button(studio, "interpolate"));
    studio.wait_for_takes(2);
    REQUIRE(studio.session->shot()->takes.back().rate == core::FrameRate{24});
}

TEST_CASE("what was enlarged and what it was made of show the same at the same place")
{
    ui::CanvasScene scene;
    scene.compare = ui::CompareMode::wipe;
    scene.picture.first = QImage(1920, 1080, QImage::Format_RGB888);
    scene.other = QImage(320, 192, QImage::Format_RGB888);
    REQUIRE(scene.other_fit() == ui::Fit::cover);
    std::swap(scene.picture.first, scene.other);
    REQUIRE(scene.other_fit() == ui::Fit::whole);
    // Takes of other shapes are shown whole, and so is everything beside each other.
    scene.other = QImage(100, 100, QImage::Format_RGB888);
    REQUIRE(scene.other_fit() == ui::Fit::whole);
    scene.other = QImage(300, 180, QImage::Format_RGB888);
    scene.compare = ui::CompareMode::side_by_side;
    REQUIRE(scene.other_fit() == ui::Fit::whole);
}
