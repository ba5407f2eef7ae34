#include <QToolButton>
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "app/studio/engine.h"
#include "core/media/clip_reader.h"
#include "core/project/project_store.h"
#include "tests/studio/hand.h"
#include "ui/player/player_widget.h"
#include "ui/player/scrub_bar.h"
#include "ui/shot/generate_button.h"
#include "ui/shot/shot_panel.h"
#include "ui/verbs/verb_actions.h"
#include "ui/verbs/verb_bar.h"
#include "ui/window/top_bar.h"

// What an artist's ends cost in gestures with the real starter, by the pictures of the takes that come of them: every
// gesture is a real event; what is compared are the files on disk.

using namespace kinora;
using kinora::tests::Hand;
using kinora::tests::Studio;
using kinora::tests::wait_long;

namespace {

/// All pictures of a clip.
std::vector<core::Picture8> pictures_of(const std::filesystem::path& file)
{
    const auto reader = media::ClipReader::open(file);
    REQUIRE(reader);
    std::vector<core::Picture8> pictures;
    for (int index = 0; index < (*reader)->info().frames; ++index) {
        const auto frame = (*reader)->frame(index);
        REQUIRE(frame);
        pictures.push_back((*frame)->picture);
    }
    return pictures;
}

/// Root mean square difference, white being 255.
double difference(const core::Picture8& a, const core::Picture8& b)
{
    REQUIRE(a.rgb.size() == b.rgb.size());
    double sum = 0;
    for (std::size_t index = 0; index < a.rgb.size(); ++index) {
        const double apart = double(a.rgb[index]) - double(b.rgb[index]);
        sum += apart * apart;
    }
    return std::sqrt(sum / static_cast<double>(a.rgb.size()));
}

double psnr(const core::Picture8& a, const core::Picture8& b)
{
    return 20 * std::log10(255 / std::max(0.01, difference(a, b)));
}

double largest_change(const std::vector<core::Picture8>& clip)
{
    double largest = 0;
    for (std::size_t index = 0; index + 1 < clip.size(); ++index)
        largest = std::max(largest, difference(clip[index], clip[index + 1]));
    return largest;
}

std::vector<core::Picture8> pictures_of(const Hand& hand, const core::Take& take)
{
    return pictures_of(hand.studio.session->folder() / take.clip);
}

QWidget* verb(const Hand& hand, std::string_view name)
{
    const auto* actions = hand.studio.window->findChild<ui::VerbActions*>();
    const auto* bar = hand.studio.window->findChild<ui::VerbBar*>();
    REQUIRE(actions);
    REQUIRE(bar);
    auto* button = bar->button_of((*actions)[name]);
    REQUIRE(button);
    REQUIRE(button->isEnabled());
    return button;
}

void wait_for_takes(const Hand& hand, std::size_t count)
{
    auto& session = *hand.studio.session;
    wait_long([&] { return session.shot()->takes.size() >= count && session.desk().unfinished() == 0; }, "takes");
    QApplication::processEvents();
}

/// One click on a verb; how many gestures it took until so many takes were there.
int gestures_of(Hand& hand, std::string_view name, std::size_t takes)
{
    const int before = hand.gestures;
    hand.click(verb(hand, name));
    wait_for_takes(hand, takes);
    REQUIRE(QApplication::activeModalWidget() == nullptr);
    REQUIRE(QApplication::activePopupWidget() == nullptr);
    return hand.gestures - before;
}

std::filesystem::path exported_file(const Hand& hand)
{
    for (const auto& job : hand.studio.session->desk().jobs())
        if (job.kind == "export" && job.state == core::JobState::done)
            return nlohmann::json::parse(job.result).at("file").get<std::string>();
    return {};
}

/// What is measured in pictures shouldn't depend on the dice.
void keep_seed(Hand& hand, core::SeedMode mode)
{
    auto& session = *hand.studio.session;
    auto settings = session.shot()->settings;
    settings.seed = 5;
    settings.seed_mode = mode;
    session.set_settings(settings);
}

/// Writes a prompt into the prompt's field, which has the keys, and generates.
void make_shot(Hand& hand, const char* prompt)
{
    keep_seed(hand, core::SeedMode::locked);
    hand.write(QString::fromLatin1(prompt));
    hand.press(Qt::Key_Return, Qt::ControlModifier);
    wait_for_takes(hand, 1);
}

}  // namespace

TEST_CASE("with the starter: from start to an exported trim four gestures, to a loop one, to three variations one",
          "[window]")
{
    Studio studio(studio::make_engine(), {});
    Hand hand(studio);
    auto& session = *studio.session;
    keep_seed(hand, core::SeedMode::locked);
    // 1: type. The prompt has the focus.
    hand.write(QStringLiteral("a red balloon rises over green hills at sunset"));
    // 2: Generate.
    hand.click(studio.window->shot_panel()->generate_button());
    wait_for_takes(hand, 1);
    wait_long([&] { return studio.window->player()->frame_count() == 33; }, "the clip in the player");
    // 3: the out handle a third to the left.
    auto* scrub = studio.window->player()->findChild<ui::ScrubBar*>();
    REQUIRE(scrub);
    const QPointF out = scrub->out_handle().center();
    hand.drag(scrub, out, {scrub->x_of(22), out.y()});
    const auto range = session.shot()->range;
    REQUIRE(range.first == 0);
    REQUIRE(range.end > 18);
    REQUIRE(range.end < 26);
    // 4: Export.
    hand.click(studio.window->top_bar()->export_button());
    wait_long([&] { return session.desk().unfinished() == 0; }, "the export");
    CHECK(hand.gestures == 4);
    CHECK(QApplication::activeModalWidget() == nullptr);
    const auto file = exported_file(hand);
    REQUIRE(file.extension() == ".mov");
    const auto master = pictures_of(file);
    const auto source = pictures_of(hand, session.shot()->takes[0]);
    REQUIRE(master.size() == static_cast<std::size_t>(range.length()));
    for (std::size_t index = 0; index < master.size(); ++index)
        REQUIRE(psnr(master[index], source[index]) > 30);

    // A seamless loop of the selected take: its last picture leads into its first like any of its pictures into the next.
    CHECK(gestures_of(hand, "loop", 2) == 1);
    const auto loop = pictures_of(hand, session.shot()->takes[1]);
    REQUIRE(loop.size() == 33);
    CHECK(difference(loop.back(), loop.front()) < 1.2 * largest_change(source));
    CHECK(largest_change(loop) < 1.2 * largest_change(source));
    CHECK(difference(source.back(), source.front()) > 2 * difference(loop.back(), loop.front()));
    CHECK(psnr(loop[0], source[0]) > 30);

    // Three variations of the first take.
    keep_seed(hand, core::SeedMode::roll);
    session.select_take(session.shot()->takes[0].id);
    QApplication::processEvents();
    CHECK(gestures_of(hand, "variations", 5) == 1);
    std::set<std::uint64_t> seeds;
    for (std::size_t index : {0, 2, 3, 4}) {
        const auto& take = session.shot()->takes[index];
        seeds.insert(take.recipe->seed);
        const auto pictures = pictures_of(hand, take);
        REQUIRE(pictures.size() == 33);
        if (index == 0) continue;
        CHECK(take.parents == std::vector<std::string>{session.shot()->takes[0].id});
        CHECK(psnr(pictures[16], source[16]) < 30);
    }
    CHECK(seeds.size() == 4);
}

TEST_CASE("with the starter: to a blend of two shots one gesture, and a shot begins where the one before ends", "[window]")
{
    Studio studio(studio::make_engine(), {});
    Hand hand(studio);
    auto& session = *studio.session;
    make_shot(hand, "a white sailing boat drifts left on the sea at noon, clear sky");
    const std::string first_shot = session.selected_shot();
    const auto first = pictures_of(hand, session.shot()->takes[0]);
    hand.press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    make_shot(hand, "a white sailing boat on the sea at night, the moon");
    const auto second = pictures_of(hand, session.shot()->takes[0]);
    session.select_shot(first_shot);
    QApplication::processEvents();
    CHECK(gestures_of(hand, "blend", 1) == 1);
    REQUIRE(hand.project().shots.size() == 3);
    REQUIRE(session.shot_index() == 1);
    const auto& between = *session.shot();
    const auto blend = pictures_of(hand, between.takes[0]);
    const auto begin = static_cast<std::size_t>(between.range.first);
    const auto& behind = *hand.project().shots[2];
    const auto after = static_cast<std::size_t>(behind.transition.frames) / 2;
    double worst = 99;
    for (std::size_t index = 0; index < begin; ++index)
        worst = std::min(worst, psnr(blend[index], first[first.size() - begin + index]));
    for (std::size_t index = 0; index < after; ++index)
        worst = std::min(worst, psnr(blend[blend.size() - after + index], second[index]));
    CHECK(worst > 30);
    const double most = 1.2 * std::max(largest_change(first), largest_change(second));
    const double join =
        std::max(difference(first.back(), blend[begin]), difference(blend[blend.size() - after - 1], second.front()));
    CHECK(join < most);

    // Chained to the last frame of the shot before.
    session.select_shot(behind.id);
    QApplication::processEvents();
    hand.press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    hand.press(Qt::Key_P, Qt::ControlModifier | Qt::AltModifier);
    wait_long([&] { return session.shot()->settings.references.size() == 1; }, "the first frame");
    make_shot(hand, "a white sailing boat on the sea at night, the moon");
    const auto chained = pictures_of(hand, session.shot()->takes[0]);
    const double begins = psnr(chained.front(), second.back());
    CHECK(begins > 30);
    CHECK(difference(second.back(), chained[1]) < 1.2 * std::max(largest_change(second), largest_change(chained)));
    WARN("Blend: worst kept picture " << worst << " dB, joins " << join / most * 1.2
                                      << " of the largest change. Chain: " << begins << " dB.");
}
