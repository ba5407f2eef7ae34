// The export panel as an artist uses it: every choice, own presets, several shots, the measured size.
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QToolButton>
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/export/naming.h"
#include "core/export/own_presets.h"
#include "core/media/clip_reader.h"
#include "core/media/probe.h"
#include "core/storyboard/layout.h"
#include "tests/ui/desk_files.h"
#include "tests/ui/studio_fixture.h"
#include "ui/storyboard/storyboard_view.h"
#include "ui/storyboard/storyboard_widget.h"
#include "ui/widgets/stepper.h"
#include "ui/window/export_form.h"
#include "ui/window/export_popover.h"
#include "ui/window/top_bar.h"

using namespace kinora;
using kinora::tests::Studio;
using ui::ExportPopover;

namespace {

/// A studio whose first shot has a take of 9 frames, with the panel open.
struct Panel : Studio {
    ExportPopover* options = nullptr;

    Panel()
    {
        type(QStringLiteral("a paper plane"));
        auto settings = session->shot()->settings;
        settings.frames = 9;
        session->set_settings(settings);
        key(Qt::Key_Return, Qt::ControlModifier);
        wait_for_takes(1);
        wait_until_idle();
        options = window->export_popover();
        options->set_presets_folder(presets());
        open();
    }
    std::filesystem::path presets() const { return std::filesystem::path(folder.path().toStdString()) / "presets"; }
    void open()
    {
        click(window->top_bar()->export_arrow());
        REQUIRE(options->isVisible());
    }
    /// A copy of the first shot behind it; closes the panel, which shows what is there when it opens.
    void add_second_shot(const core::Transition& transition = {})
    {
        options->close();
        core::Shot copy = *session->shot();
        copy.id = "anothershot1";
        copy.transition = transition;
        session->change(QStringLiteral("Copy"), [&](core::Project& project) -> core::Result<void> {
            project.shots.emplace_back(copy);
            return {};
        });
    }

    void pick(const QString& preset)
    {
        const auto found = options->preset_list()->findItems(preset, Qt::MatchExactly);
        REQUIRE(found.size() == 1);
        options->preset_list()->scrollToItem(found.front());
        QTest::mouseClick(options->preset_list()->viewport(), Qt::LeftButton, Qt::NoModifier,
                          options->preset_list()->visualItemRect(found.front()).center());
        QApplication::processEvents();
    }
    template <typename Widget>
    Widget* named(const QString& name)
    {
        for (auto* widget : options->findChildren<Widget*>())
            if (widget->accessibleName() == name) return widget;
        FAIL("there is no " << name.toStdString());
        return nullptr;
    }
    void set(const QString& combo, const QString& text)
    {
        auto* box = named<QComboBox>(combo);
        const int index = box->findText(text, Qt::MatchContains);
        INFO(combo.toStdString() << " " << text.toStdString());
        REQUIRE(index >= 0);
        box->setCurrentIndex(index);
    }
    QPushButton* button(const QString& text)
    {
        for (auto* one : options->findChildren<QPushButton*>())
            if (one->text() == text) return one;
        FAIL("there is no " << text.toStdString());
        return nullptr;
    }
    media::Delivery chosen() const { return session->export_choice().delivery; }

    std::vector<std::filesystem::path> export_now()
    {
        click(button(QStringLiteral("Export")));
        wait_until_idle();
        std::vector<std::filesystem::path> files;
        for (const auto& job : session->desk().jobs()) {
            INFO(job.error);
            if (job.kind != ui::k_export_kind) continue;
            REQUIRE(job.state == core::JobState::done);
            files.clear();
            const auto result = nlohmann::json::parse(job.result);
            for (const auto& file : result.at("files"))
                files.emplace_back(file.get<std::string>());
        }
        return files;
    }
};

}  // namespace

TEST_CASE("the export panel offers every preset with its sentence, and shows only what each can do", "[window]")
{
    Panel panel;
    Studio::wait_for([&] { return panel.options->estimate_text().contains(QStringLiteral("as measured")); },
                     "the measured size");
    Studio::screenshot(QStringLiteral("export-panel"), panel.options);
    int offered = 0;
    for (const media::Preset& preset : media::presets()) {
        if (preset.use == media::PresetUse::internal) continue;
        ++offered;
        panel.pick(QString::fromStdString(preset.name));
        INFO(preset.id);
        CHECK(panel.chosen().preset == preset.id);
        bool told = false;
        for (const auto* label : panel.options->findChildren<QLabel*>())
            told = told || label->text() == QString::fromStdString(preset.description);
        CHECK(told);
        CHECK(panel.named<QComboBox>(QStringLiteral("Colours"))->count() == static_cast<int>(preset.spaces.size()));
        CHECK(panel.options->estimate_text().contains(QStringLiteral("9 frames")));
        CHECK(panel.button(QStringLiteral("Export"))->isEnabled());
    }
    CHECK(offered == 22);
    // MXF and the 12 frames a second of the take: the panel says so before anything is rendered.
    panel.pick(QStringLiteral("DNxHR HQX in MXF"));
    bool warned = false;
    for (const auto* label : panel.options->findChildren<QLabel*>())
        warned = warned || (label->isVisible() && label->text().contains(QStringLiteral("choose a rate")));
    CHECK(warned);
    Studio::screenshot(QStringLiteral("export-panel-mxf"), panel.options);
}

TEST_CASE("frames between those of the clip are made where the panel says interpolate", "[window]")
{
    Panel panel;
    panel.pick(QStringLiteral("ProRes 422"));
    panel.set(QStringLiteral("Frames a second"), QStringLiteral("24"));
    panel.set(QStringLiteral("Between frames"), QStringLiteral("Interpolate"));
    CHECK(panel.chosen().conform == media::ConformMode::interpolate);
    const auto files = panel.export_now();
    REQUIRE(files.size() == 1);
    const auto info = media::probe(files.front());
    REQUIRE(info);
    CHECK(info->video()->rate == core::FrameRate(24, 1));
    CHECK(info->video()->frames == 18);
}

TEST_CASE("rate, blending, timecode and colours chosen in the panel are in the file", "[window]")
{
    Panel panel;
    panel.pick(QStringLiteral("ProRes 422"));
    panel.set(QStringLiteral("Frames a second"), QStringLiteral("29.97"));
    panel.set(QStringLiteral("Between frames"), QStringLiteral("Blend"));
    panel.set(QStringLiteral("Colours"), QStringLiteral("Rec. 2020"));
    auto* timecode = panel.named<QLineEdit>(QStringLiteral("Timecode"));
    timecode->setFocus();
    QTest::keyClicks(timecode, QStringLiteral("01:00:00;00"));
    CHECK(panel.chosen().rate == core::FrameRate(30000, 1001));
    CHECK(panel.chosen().conform == media::ConformMode::blend);
    const auto files = panel.export_now();
    REQUIRE(files.size() == 1);
    const auto info = media::probe(files.front());
    REQUIRE(info);
    CHECK(info->video()->rate == core::FrameRate(30000, 1001));
    CHECK(info->video()->frames == 23);
    CHECK(info->video()->colour.primaries == "bt2020");
    bool found = false;
    for (const auto& stream : info->streams)
        found = found || (stream.metadata.contains("timecode") && stream.metadata.at("timecode") == "01:00:00;00");
    CHECK(found);
    // The choice is kept for the next export, which is one keystroke.
    panel.key(Qt::Key_E, Qt::ControlModifier);
    panel.wait_until_idle();
    CHECK(std::filesystem::exists(files.front().parent_path() / (files.front().stem().string() + " 2.mov")));
}

TEST_CASE("chosen shots are exported, a file each by the pattern, or as one", "[window]")
{
    Panel panel;
    const std::string first = panel.session->shot()->id;
    panel.add_second_shot();
    panel.window->findChild<ui::StoryboardWidget*>()->choose({first, "anothershot1"});
    panel.open();
    panel.set(QStringLiteral("What to export"), QStringLiteral("2 chosen shots"));
    panel.pick(QStringLiteral("ProRes 422 Proxy"));
    auto* pattern = panel.named<QLineEdit>(QStringLiteral("File name"));
    pattern->selectAll();
    QTest::keyClicks(pattern, QStringLiteral("plate {shot:02}"));
    CHECK(panel.options->estimate_text().contains(QStringLiteral("in 2 files")));
    Studio::screenshot(QStringLiteral("export-panel-shots"), panel.options);
    const auto files = panel.export_now();
    REQUIRE(files.size() == 2);
    CHECK(files[0].filename() == "plate 01.mov");
    CHECK(files[1].filename() == "plate 02.mov");
}

TEST_CASE("an own preset is saved by name and chosen again", "[window]")
{
    Panel panel;
    panel.pick(QStringLiteral("H.265 10 bit"));
    panel.set(QStringLiteral("Frames a second"), QStringLiteral("25"));
    panel.click(panel.button(QStringLiteral("Save as own preset…")));
    auto* name = panel.named<QLineEdit>(QStringLiteral("Name of the preset"));
    QTest::keyClicks(name, QStringLiteral("Festival"));
    QTest::keyClick(name, Qt::Key_Return);
    const auto own = media::list_own_presets(panel.presets());
    REQUIRE(own.size() == 1);
    CHECK(own.front().name == "Festival");
    CHECK(own.front().delivery.rate == core::FrameRate(25));
    panel.pick(QStringLiteral("ProRes 422 HQ"));
    panel.set(QStringLiteral("Frames a second"), QStringLiteral("60"));
    panel.pick(QStringLiteral("Festival"));
    CHECK(panel.chosen() == own.front().delivery);
    Studio::screenshot(QStringLiteral("export-panel-own"), panel.options);
}

TEST_CASE("a preset that somebody sent is imported from its file, and a hostile one is refused in a sentence", "[window]")
{
    Panel panel;
    const std::filesystem::path sent = std::filesystem::path(panel.folder.path().toStdString()) / "sent.json";
    media::OwnPreset preset;
    preset.name = "From the colourist";
    preset.description = "For the grade.";
    preset.delivery.preset = "exr-half";
    preset.delivery.colour = media::ColourSpace::p3;
    REQUIRE(media::write_own_preset(sent, preset));
    panel.click(panel.button(QStringLiteral("Import…")));
    tests::answer_dialog(sent);
    Studio::wait_for([&] { return panel.options->isVisible(); }, "the panel after the dialog");
    CHECK(panel.chosen() == preset.delivery);
    CHECK(media::list_own_presets(panel.presets()) == std::vector{preset});
    CHECK(panel.options->preset_list()->currentItem()->text() == QStringLiteral("From the colourist"));

    std::ofstream(sent) << R"({"kinora_export_preset": 1, "name": "../../evil", "description": "",
        "delivery": {"preset": "exr-half", "command": "rm"}})";
    panel.click(panel.button(QStringLiteral("Import…")));
    tests::answer_dialog(sent);
    Studio::wait_for([&] { return panel.options->isVisible(); }, "the panel after the dialog");
    CHECK(panel.options->estimate_text().contains(QStringLiteral("sent.json")));
    CHECK(panel.chosen() == preset.delivery);
    CHECK(media::list_own_presets(panel.presets()).size() == 1);
    // It is shared as the file that it is.
    CHECK(std::filesystem::exists(media::own_preset_file(panel.presets(), preset.name)));
}

TEST_CASE("handles reach beyond the trim as far as the take goes, and the name follows the pattern", "[window]")
{
    Panel panel;
    panel.options->close();
    panel.session->change(QStringLiteral("Trim"), [&](core::Project& project) -> core::Result<void> {
        project.shots[0].update([](core::Shot& shot) { shot.range = {3, 7}; });
        return {};
    });
    panel.open();
    panel.pick(QStringLiteral("ProRes 422 Proxy"));
    CHECK(panel.options->estimate_text().contains(QStringLiteral("4 frames")));
    auto* handles = panel.named<ui::Stepper>(QStringLiteral("Handles"));
    auto* more = handles->findChildren<QToolButton*>().back();
    for (int i = 0; i < 2; ++i)
        panel.click(more);
    CHECK(handles->value() == 2);
    CHECK(panel.options->estimate_text().contains(QStringLiteral("8 frames")));
    panel.click(more);
    // Before the trim are three frames, behind it two.
    CHECK(panel.options->estimate_text().contains(QStringLiteral("9 frames")));
    const auto files = panel.export_now();
    REQUIRE(files.size() == 1);
    CHECK(media::probe(files[0])->video()->frames == 9);
    const core::Take* take = core::selected_take(*panel.session->shot());
    CHECK(files[0].filename().string() ==
          media::safe_name(panel.session->project().name + "_001_1_" + std::to_string(take->recipe->seed)) + ".mov");
}

TEST_CASE("the storyboard is exported from in to out, with transitions, as one file", "[window]")
{
    Panel panel;
    panel.add_second_shot({core::TransitionKind::dip_to_black, 4, {}});
    panel.open();
    panel.set(QStringLiteral("What to export"), QStringLiteral("whole storyboard"));
    panel.pick(QStringLiteral("ProRes 422 Proxy"));
    const std::int64_t whole = core::total_duration(panel.session->project());
    CHECK(panel.options->estimate_text().contains(QStringLiteral("%1 frames").arg(whole)));
    CHECK_FALSE(panel.named<ui::Stepper>(QStringLiteral("Handles"))->isEnabled());
    panel.options->close();
    panel.session->set_export_range(core::FrameRange{2, 12});
    panel.open();
    CHECK(panel.named<QComboBox>(QStringLiteral("What to export"))->currentText() ==
          QStringLiteral("The storyboard from in to out"));
    CHECK(panel.options->estimate_text().contains(QStringLiteral("10 frames")));
    const auto files = panel.export_now();
    REQUIRE(files.size() == 1);
    CHECK(media::probe(files[0])->video()->frames == 10);
}

TEST_CASE("a shot without a take says in the panel that there is nothing to export", "[window]")
{
    Studio studio;
    studio.click(studio.window->top_bar()->export_arrow());
    auto* options = studio.window->export_popover();
    REQUIRE(options->isVisible());
    CHECK(options->estimate_text().contains(QStringLiteral("no take")));
    for (const auto* button : options->findChildren<QPushButton*>())
        if (button->text() == QStringLiteral("Export")) CHECK_FALSE(button->isEnabled());
}
