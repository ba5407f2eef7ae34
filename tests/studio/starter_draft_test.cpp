#include <QElapsedTimer>
#include <set>

#include "app/studio/engine.h"
#include "core/base/paths.h"
#include "tests/studio/hand.h"
#include "ui/draft/draft_binding.h"
#include "ui/draft/draft_card.h"
#include "ui/player/player_widget.h"
#include "ui/shot/shot_panel.h"

using namespace kinora;
using kinora::tests::Studio;
using kinora::tests::wait_long;

namespace {

std::set<std::string> files_in(const std::filesystem::path& folder)
{
    std::set<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) files.insert(entry.path().lexically_relative(folder).string());
    return files;
}

}  // namespace

TEST_CASE("the starter's prompt shows itself moving while it is written", "[window]")
{
    Studio studio(studio::make_engine(), {});
    const auto* model = studio.session->find_model("starter");
    REQUIRE(model);
    if (model->draft.empty()) {
        WARN("Skipped: the starter in this checkout has no draft.safetensors.");
        return;
    }
    auto* binding = studio.window->findChild<ui::DraftBinding*>();
    REQUIRE(binding);
    const auto drawn = [&] { return binding->card().has_draft() && !binding->card().outdated() && !binding->desk().due(); };
    // What is measured in pictures shouldn't depend on the dice.
    auto settings = studio.session->shot()->settings;
    settings.seed = 5;
    settings.seed_mode = core::SeedMode::locked;
    studio.session->set_settings(settings);
    QElapsedTimer timer;
    timer.start();
    const std::pair<QString, QString> wordings[] = {
        {QStringLiteral("a red balloon rises over green hills"), QStringLiteral("draft-starter")},
        {QStringLiteral(" at night, the moon"), QStringLiteral("draft-starter-second")},
    };
    for (const auto& [words, picture] : wordings) {
        studio.type(words);
        timer.restart();
        wait_long(drawn, "the draft");
        WARN(words.toStdString() << ": " << static_cast<double>(timer.elapsed()) / 1000
                                 << " s from the last letter, half a second of it pause");
        const int frame = binding->card().frame();
        Studio::wait_for([&] { return binding->card().frame() != frame; }, "a moving picture");
        CHECK(binding->card().isVisible());
        const QImage shown = binding->card().picture();
        CHECK(shown.size() == QSize(320, 192));
        std::set<QRgb> colours;
        for (int x = 0; x < shown.width(); x += 8)
            for (int y = 0; y < shown.height(); y += 8)
                colours.insert(shown.pixel(x, y));
        CHECK(colours.size() > 50);  // A picture, not a plain grey.
        studio.screenshot(picture);
    }
    const auto left = files_in(studio.session->folder());
    CHECK(std::none_of(left.begin(), left.end(), [](const std::string& file) { return file.rfind("takes/", 0) == 0; }));
    CHECK(studio.session->shot()->takes.empty());

    // Generate with the same seed makes a take of it.
    studio.key(Qt::Key_Return, Qt::ControlModifier);
    wait_long([&] { return studio.session->shot()->takes.size() == 1 && studio.session->desk().unfinished() == 0; },
              "the take");
    CHECK_FALSE(binding->card().has_draft());
    Studio::wait_for([&] { return !studio.window->player()->picture().isNull(); }, "the take in the player");
    studio.screenshot(QStringLiteral("draft-starter-take"));
}
