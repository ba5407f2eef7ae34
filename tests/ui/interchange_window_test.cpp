// What leaves the studio for editing suites, and what comes back from them.
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/project/project.h"
#include "tests/ui/studio_fixture.h"
#include "ui/window/export_popover.h"
#include "ui/window/suite_section.h"
#include "ui/window/top_bar.h"

using namespace kinora;
using kinora::tests::Studio;

namespace {

struct SuitePanel : Studio {
    ui::ExportPopover* options = nullptr;

    SuitePanel()
    {
        type(QStringLiteral("a paper plane"));
        auto settings = session->shot()->settings;
        settings.frames = 9;
        session->set_settings(settings);
        key(Qt::Key_Return, Qt::ControlModifier);
        wait_for_takes(1);
        wait_until_idle();
        options = window->export_popover();
        click(window->top_bar()->export_arrow());
        REQUIRE(options->isVisible());
        for (auto* box : options->findChildren<QComboBox*>())
            if (box->accessibleName() == QLatin1String("What to export"))
                box->setCurrentIndex(box->findText(QStringLiteral("storyboard"), Qt::MatchContains));
        QApplication::processEvents();
    }

    template <typename Button>
    Button* button(const QString& text)
    {
        for (auto* one : options->findChildren<Button*>())
            if (one->text() == text) return one;
        FAIL("there is no " << text.toStdString());
        return nullptr;
    }
};

}  // namespace

TEST_CASE("the export panel writes for editing suites, and shows before what the files tell", "[window]")
{
    SuitePanel panel;
    panel.click(panel.button<QCheckBox>(QStringLiteral("OTIO")));
    panel.click(panel.button<QCheckBox>(QStringLiteral("EDL")));
    CHECK(panel.session->export_choice().suites.size() == 2);
    panel.click(panel.button<QPushButton>(QStringLiteral("What the file tells…")));
    QString told;
    for (auto* label : panel.options->suites()->findChildren<QLabel*>())
        if (label->isVisible() && label->accessibleName() == QLatin1String("What the file tells")) told = label->text();
    CHECK(told.contains(QStringLiteral("a paper plane")));
    Studio::screenshot(QStringLiteral("export-suites"), panel.options);
    panel.click(panel.button<QPushButton>(QStringLiteral("Export")));
    panel.wait_until_idle();
    std::vector<std::string> files;
    for (const auto& job : panel.session->desk().jobs()) {
        INFO(job.error);
        if (job.kind != ui::k_export_kind) continue;
        REQUIRE(job.state == core::JobState::done);
        files = nlohmann::json::parse(job.result).at("files").get<std::vector<std::string>>();
    }
    REQUIRE(files.size() == 2);
    for (const std::string& file : files)
        CHECK(std::filesystem::exists(file));

    // What was written comes back as one undoable step.
    const std::size_t before = panel.session->project().shots.size();
    panel.session->import_files({QString::fromStdString(files[0])}, before, 0, 0);
    Studio::wait_for([&] { return panel.session->project().shots.size() > before; }, "the timeline");
    CHECK(panel.session->project().shots.size() == 2 * before);
    CHECK(panel.session->project().shots.back()->prompt == "a paper plane");
    CHECK(core::check_invariants(panel.session->project()).empty());
}

TEST_CASE("an edit decision list from elsewhere becomes shots to generate, and a damaged one a sentence", "[window]")
{
    Studio studio;
    const auto folder = std::filesystem::path(studio.folder.path().toStdString());
    std::ofstream(folder / "cut.edl") << "TITLE: Cut\nFCM: NON-DROP FRAME\n\n001  AX       V     C        00:00:00:00 "
                                         "00:00:02:00 01:00:00:00 01:00:02:00\n"
                                         "* FROM CLIP NAME: a fox in the snow\n";
    std::ofstream(folder / "broken.edl") << "nothing\n";
    const std::size_t before = studio.session->project().shots.size();
    studio.session->import_files(
        {QString::fromStdString((folder / "broken.edl").string()), QString::fromStdString((folder / "cut.edl").string())},
        before, 0, 0);
    Studio::wait_for([&] { return studio.session->project().shots.size() > before; }, "the list's shot");
    const core::Shot& shot = *studio.session->project().shots.back();
    CHECK(shot.prompt == "a fox in the snow");
    CHECK(shot.range == core::FrameRange{0, 48});
}
