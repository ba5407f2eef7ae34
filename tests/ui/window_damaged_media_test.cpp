// What the studio says of media that is damaged, and that it uses the rest.
#include <QDropEvent>
#include <QMimeData>
#include <array>
#include <cstdio>
#include <fstream>

#include "core/base/file.h"
#include "tests/ui/studio_fixture.h"
#include "tests/ui/test_clips.h"
#include "ui/storyboard/storyboard_view.h"
#include "ui/widgets/message_bar.h"

using namespace kinora;
using kinora::tests::Studio;
namespace fs = std::filesystem;

namespace {

/// Where a picture's bytes begin in a clip, as ffprobe tells; 0 without the program.
std::size_t place_of_picture(const fs::path& clip, int number)
{
    const std::string command =
        "ffprobe -v error -select_streams v -show_entries packet=pos -of csv=p=0 '" + clip.string() + "'";
    std::FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 64> line{};
    std::size_t place = 0;
    for (int i = 0; pipe != nullptr && i <= number; ++i)
        place = std::fgets(line.data(), line.size(), pipe) != nullptr ? std::strtoul(line.data(), nullptr, 10) : 0;
    if (pipe != nullptr) pclose(pipe);
    return place;
}

}  // namespace

TEST_CASE("a damaged clip that is dropped says how much of it can be read, and the rest becomes a shot", "[window]")
{
    Studio studio;
    const fs::path folder = studio.folder.path().toStdString();
    const auto whole = tests::write_test_clip(folder / "whole.mp4", 48, core::FrameRate{24}, QColor("#446688"));
    const std::size_t end = place_of_picture(whole, 23);
    REQUIRE(end > 0);
    const auto bytes = core::read_file(whole);
    REQUIRE(bytes);
    REQUIRE(core::write_file(folder / "torn.mp4", bytes->substr(0, end + 1)));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QString::fromStdString((folder / "torn.mp4").string()))});
    auto* view = studio.window->findChild<ui::StoryboardView*>();
    REQUIRE(view != nullptr);
    const QPoint place = view->viewport()->rect().center();
    QDragEnterEvent enter(place, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(view->viewport(), &enter);
    REQUIRE(enter.isAccepted());
    QDropEvent drop(place, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(view->viewport(), &drop);
    const auto& session = *studio.session;
    Studio::wait_for([&] { return session.project().shots.size() == 2; }, "the torn clip as a shot");
    const auto text = [&] { return studio.window->message_bar()->notice().text; };
    Studio::wait_for([&] { return text().contains(QStringLiteral("torn.mp4")); }, "the sentence");
    CHECK(text() == QStringLiteral("\"torn.mp4\" is damaged: 23 of 48 frames can be read, and these are used."));
    studio.screenshot(QStringLiteral("damaged-media"));
    const core::Shot& shot = *session.project().shots.back();
    CHECK(shot.kind == core::ShotKind::media);
    CHECK(shot.range == core::FrameRange{0, 23});
}
