#include <QApplication>
#include <QHelpEvent>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPointer>
#include <QToolButton>
#include <QToolTip>
#include <nlohmann/json.hpp>
#include <set>

#include "core/generation/verbs.h"
#include "core/project/project_json.h"
#include "tests/ui/studio_fixture.h"
#include "ui/panels/take_row.h"
#include "ui/panels/takes_panel.h"
#include "ui/shot/generate_button.h"
#include "ui/shot/shot_panel.h"
#include "ui/theme/theme.h"
#include "ui/verbs/verb_actions.h"
#include "ui/verbs/verb_bar.h"

using namespace kinora;
using kinora::tests::DrawnGenerator;
using kinora::tests::Studio;

namespace {

ui::VerbActions& verbs(Studio& studio)
{
    auto* found = studio.window->findChild<ui::VerbActions*>();
    REQUIRE(found);
    return *found;
}

QWidget* button(Studio& studio, std::string_view verb)
{
    auto* bar = studio.window->findChild<ui::VerbBar*>();
    REQUIRE(bar);
    auto* found = bar->button_of(verbs(studio)[verb]);
    REQUIRE(found);
    return found;
}

void make_take(Studio& studio, const char* prompt)
{
    studio.session->set_prompt(QString::fromUtf8(prompt));
    studio.session->generate();
    studio.wait_for_takes(studio.session->shot()->takes.size() + 1);
}

core::GenerationRequest last_request(Studio& studio)
{
    const auto requests = studio.generator->requests();
    REQUIRE_FALSE(requests.empty());
    return requests.back();
}

/// Every verb's button with the tip that a resting pointer brings, under each other.
QPixmap offers(Studio& studio)
{
    std::vector<std::pair<QPixmap, QPixmap>> rows;
    for (const auto* action : verbs(studio).all()) {
        auto* bar = studio.window->findChild<ui::VerbBar*>();
        auto* of = bar->button_of(action);
        if (!of) continue;
        QHelpEvent rest(QEvent::ToolTip, of->rect().center(), of->mapToGlobal(of->rect().center()));
        QApplication::sendEvent(of, &rest);
        QPointer<QWidget> tip;  // a tip deletes itself when it goes
        Studio::wait_for(
            [&] {
                for (auto* widget : QApplication::topLevelWidgets())
                    if (widget->inherits("QTipLabel") && widget->isVisible()) tip = widget;
                return !tip.isNull();
            },
            "a tip");
        rows.emplace_back(of->grab(), tip->grab());
        QToolTip::hideText();
        Studio::wait_for([&] { return !tip || !tip->isVisible(); }, "the tip going");
    }
    REQUIRE(rows.size() == 10);
    QPixmap sheet(520, 12 + 76 * static_cast<int>(rows.size()));
    sheet.fill(ui::roles().panel);
    QPainter painter(&sheet);
    int y = 12;
    for (const auto& [of, tip] : rows) {
        painter.drawPixmap(12, y, of);
        painter.drawPixmap(60, y, tip);
        y += 76;
    }
    return sheet;
}

void save_offers(Studio& studio, const char* name)
{
    QLabel sheet;
    const auto pixmap = offers(studio);
    sheet.setPixmap(pixmap);
    sheet.resize(pixmap.size());
    Studio::screenshot(QString::fromLatin1(name), &sheet);
}

}  // namespace

TEST_CASE("a loop of the selected take: one gesture", "[window]")
{
    Studio studio;
    make_take(studio, "a paper boat on a pond");
    const auto source = studio.session->shot()->takes.front();
    studio.click(button(studio, "loop"));
    studio.wait_for_takes(2);
    const auto& shot = *studio.session->shot();
    const auto& take = shot.takes.back();
    REQUIRE(shot.selected_take == take.id);
    REQUIRE(take.verb == "loop");
    REQUIRE(take.parents == std::vector<std::string>{source.id});
    REQUIRE(shot.range == core::FrameRange{0, take.frames});
    REQUIRE(take.recipe);
    REQUIRE(take.recipe->origin);
    REQUIRE(take.recipe->origin->source == source.latents);
    REQUIRE(take.recipe->prompt == source.recipe->prompt);
    const auto request = last_request(studio);
    REQUIRE(request.origin_latents);
    REQUIRE(request.origin->kept.size() == 2);
    // What made it outlives saving and opening.
    const auto json = core::to_json(studio.session->project());
    const auto back = core::project_from_json(json);
    REQUIRE(back);
    REQUIRE(back->project.shots[0]->takes.back().parents == take.parents);
    REQUIRE(back->project.shots[0]->takes.back().recipe->origin == take.recipe->origin);
}

TEST_CASE("a locked seed is the seed of what verbs make, but for variations, which differ by theirs", "[window]")
{
    Studio studio;
    make_take(studio, "a paper boat on a pond");
    auto settings = studio.session->shot()->settings;
    settings.seed = 123'456;  // no rolled one is as large
    settings.seed_mode = core::SeedMode::locked;
    studio.session->set_settings(settings);
    std::size_t takes = 1;
    for (const char* verb : {"loop", "extend-after", "extend-before"}) {
        INFO(verb);
        studio.session->select_take(studio.session->shot()->takes.front().id);
        QApplication::processEvents();
        studio.click(button(studio, verb));
        studio.wait_for_takes(++takes);
        CHECK(studio.session->shot()->takes.back().recipe->seed == 123'456);
    }
    studio.session->select_take(studio.session->shot()->takes.front().id);
    QApplication::processEvents();
    studio.click(button(studio, "variations"));
    studio.wait_for_takes(takes + 3);
    for (std::size_t index = takes; index < takes + 3; ++index)
        CHECK(studio.session->shot()->takes[index].recipe->seed <= 100'002);
}

TEST_CASE("three variations of the selected take: one gesture", "[window]")
{
    Studio studio;
    make_take(studio, "a paper boat on a pond");
    studio.click(button(studio, "variations"));
    studio.wait_for_takes(4);
    std::set<std::uint64_t> seeds;
    for (const auto& take : studio.session->shot()->takes)
        seeds.insert(take.recipe->seed);
    REQUIRE(seeds.size() == 4);
    REQUIRE(last_request(studio).origin->strength == Approx(core::k_variation_strength));
}

TEST_CASE("a blend of two shots: one gesture, and a shot between them that shows what is new", "[window]")
{
    Studio studio;
    make_take(studio, "a harbour in the morning");
    const auto first = studio.session->shot()->takes.back();
    const std::string left = studio.session->selected_shot();
    studio.session->add_shot();
    make_take(studio, "a harbour at night");
    const auto second = studio.session->shot()->takes.back();
    studio.session->select_shot(left);
    QApplication::processEvents();
    studio.click(button(studio, "blend"));
    studio.wait_for_takes(1);
    REQUIRE(studio.session->project().shots.size() == 3);
    REQUIRE(studio.session->shot_index() == 1);
    const auto& between = *studio.session->shot();
    REQUIRE(between.takes.size() == 1);
    REQUIRE(between.takes[0].verb == "blend");
    REQUIRE(between.takes[0].parents == std::vector<std::string>{first.id, second.id});
    const auto request = last_request(studio);
    REQUIRE(request.conditioning.size() == 2);
    REQUIRE(request.conditioning[0].source == first.clip);
    REQUIRE(request.conditioning[0].pictures->frames == request.conditioning[0].count);
    REQUIRE(request.conditioning[0].source_frame + request.conditioning[0].count == 33);
    REQUIRE(request.conditioning[1].source == second.clip);
    REQUIRE(request.conditioning[1].source_frame == 0);
    REQUIRE(between.range == core::FrameRange{request.conditioning[0].count, 33});
    // What both show of the second shot lies over each other.
    const auto& behind = *studio.session->project().shots[2];
    REQUIRE(behind.transition.kind == core::TransitionKind::dissolve);
    REQUIRE(behind.transition.frames == 2 * request.conditioning[1].count);
    // One undo takes the shot away again.
    studio.session->undo();
    REQUIRE(studio.session->project().shots.size() == 2);
}

TEST_CASE("remix, re-cut, both extensions and the chain are on keys", "[window]")
{
    Studio studio;
    make_take(studio, "a paper boat on a pond");
    studio.session->set_prompt(QStringLiteral("a paper boat at night"));
    studio.window->setFocus();
    studio.key(Qt::Key_R, Qt::ControlModifier | Qt::AltModifier);
    studio.wait_for_takes(2);
    REQUIRE(studio.session->shot()->takes.back().verb == "remix");
    REQUIRE(last_request(studio).prompt_text == "a paper boat at night");
    REQUIRE(last_request(studio).origin->strength == Approx(core::k_remix_strength));
    // On the take's own noise, which keeps its motion; the same words once more give another clip.
    const auto& source = studio.session->shot()->takes.front();
    REQUIRE(last_request(studio).seed == source.recipe->seed);
    studio.session->select_take(source.id);
    studio.window->setFocus();
    studio.key(Qt::Key_R, Qt::ControlModifier | Qt::AltModifier);
    studio.wait_for_takes(3);
    REQUIRE(last_request(studio).prompt_text == "a paper boat at night");
    REQUIRE(last_request(studio).seed != studio.session->shot()->takes.front().recipe->seed);
    studio.session->remove_take(studio.session->shot()->takes.back().id);
    studio.session->select_take(studio.session->shot()->takes.back().id);

    REQUIRE_FALSE(verbs(studio)["recut"]->isEnabled());
    REQUIRE(verbs(studio)["recut"]->toolTip().contains(QStringLiteral("in or out")));
    studio.session->trim(studio.session->selected_shot(), {8, 26}, true);
    studio.key(Qt::Key_C, Qt::ControlModifier | Qt::AltModifier);
    studio.wait_for_takes(3);
    REQUIRE(studio.session->shot()->takes.back().verb == "recut");
    REQUIRE(last_request(studio).origin->kept[0] == core::KeptLatents{3, 4, 3});
    REQUIRE(studio.session->shot()->range == core::FrameRange{0, 33});

    studio.key(Qt::Key_E, Qt::ControlModifier | Qt::AltModifier);
    studio.wait_for_takes(4);
    REQUIRE(studio.session->shot()->takes.back().verb == "extend-after");
    REQUIRE(studio.session->shot()->takes.back().frames == 49);
    REQUIRE(studio.session->shot()->range == core::FrameRange{0, 49});
    studio.session->select_take(studio.session->shot()->takes.front().id);
    studio.key(Qt::Key_B, Qt::ControlModifier | Qt::AltModifier);
    studio.wait_for_takes(5);
    REQUIRE(studio.session->shot()->takes.back().verb == "extend-before");

    REQUIRE_FALSE(verbs(studio)["chain"]->isEnabled());
    studio.session->add_shot();
    studio.window->setFocus();
    studio.key(Qt::Key_P, Qt::ControlModifier | Qt::AltModifier);
    Studio::wait_for([&] { return studio.session->shot()->settings.references.size() == 1; }, "the reference");
    REQUIRE(studio.session->shot()->settings.references[0].frame == 0);
}

TEST_CASE("every verb's offer, as pictures: what it does and by which key, or what is missing", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene);
    for (const auto* action : verbs(studio).all())
        REQUIRE(action->toolTip().contains(QLatin1Char('\n')));  // the reason stands below the name
    save_offers(studio, "verbs-offers-empty");
    make_take(studio, "Fog over the harbour in the morning, gulls");
    studio.session->add_shot();
    make_take(studio, "Lamps on the quay come on one by one, close, at night");
    studio.session->add_shot();
    make_take(studio, "The last light on the hills");
    studio.session->select_shot(studio.session->project().shots[1]->id);
    studio.session->trim(studio.session->selected_shot(), {8, 26}, true);
    QApplication::processEvents();
    for (const auto* action : verbs(studio).all()) {
        INFO(action->objectName().toStdString());
        REQUIRE(action->isEnabled());
    }
    for (const auto theme : {ui::ThemeKind::dark, ui::ThemeKind::light}) {
        ui::apply_theme(theme);
        QApplication::processEvents();
        save_offers(studio, theme == ui::ThemeKind::dark ? "verbs-offers" : "verbs-offers-light");
    }
    ui::apply_theme(ui::ThemeKind::dark);
}

TEST_CASE("a verb that the model can't do is disabled, and its tool tip says which model can", "[window]")
{
    auto generator = std::make_shared<DrawnGenerator>(DrawnGenerator::Look::numbered);
    auto engine = tests::drawn_engine(generator);
    engine.list_models = [generator]() -> core::Result<std::vector<ui::ModelEntry>> {
        auto able = *generator->capabilities("starter");
        auto plain = able;
        able.model_id = "able";
        able.name = "Able model";
        plain.any_frame = false;
        return std::vector<ui::ModelEntry>{{plain, "", "", ""}, {able, "", "", ""}};
    };
    Studio studio(std::move(engine), {});
    REQUIRE_FALSE(button(studio, "loop")->isEnabled());
    studio.session->set_prompt(QStringLiteral("a kite"));
    studio.session->generate();
    studio.wait_for_takes(1);
    for (const char* verb : {"loop", "recut", "extend-before"}) {
        REQUIRE_FALSE(button(studio, verb)->isEnabled());
        REQUIRE(button(studio, verb)->toolTip().contains(QStringLiteral("Able model can")));
        REQUIRE(button(studio, verb)->toolTip().contains(QStringLiteral("Kinora starter can't")));
    }
    REQUIRE(button(studio, "extend-after")->isEnabled());
    REQUIRE(button(studio, "remix")->isEnabled());
}

TEST_CASE("the verbs are offered in the shot panel, at takes, on the storyboard and by the palette's names", "[window]")
{
    Studio studio(DrawnGenerator::Look::scene);
    make_take(studio, "Fog over the harbour in the morning, gulls");
    for (const auto* action : verbs(studio).all()) {
        REQUIRE(action->objectName().startsWith(QStringLiteral("verb.")));
        REQUIRE(static_cast<QWidget*>(studio.window.get())->actions().contains(const_cast<QAction*>(action)));
        REQUIRE_FALSE(action->toolTip().isEmpty());
    }
    studio.click(studio.window->findChild<QToolButton*>(QStringLiteral("shot.verbs")));
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    REQUIRE(menu);
    REQUIRE(menu->actions().contains(verbs(studio)["loop"]));
    for (int quiet = 0; quiet < 15; ++quiet)
        QTest::qWait(20);
    studio.screenshot(QStringLiteral("verbs-takes"));
    Studio::screenshot(QStringLiteral("verbs-menu"), menu);
    menu->close();
    auto* row = studio.window->takes_panel()->take_rows().front();
    QContextMenuEvent asked(QContextMenuEvent::Mouse, QPoint(20, 20), row->mapToGlobal(QPoint(20, 20)));
    QApplication::sendEvent(row, &asked);
    menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    REQUIRE(menu);
    bool found = false;
    for (auto* action : menu->actions())
        found = found || (action->menu() && action->menu()->actions().contains(verbs(studio)["remix"]));
    REQUIRE(found);
    menu->close();
}
