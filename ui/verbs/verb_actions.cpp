#include "ui/verbs/verb_actions.h"

#include <cassert>

#include "core/generation/verbs.h"
#include "ui/verbs/verb_desk.h"
#include "ui/widgets/action_row.h"

namespace kinora::ui {
namespace {

using core::Verb;

struct Row {
    const char* name;
    Verb verb;
    const char* icon;
    const char* text;
    const char* tip;
    const char* keys;
    void (*act)(VerbDesk& desk);
};

/// Strengths of a remix that stays near to the take, and of one that goes far.
constexpr float k_near = 0.5F;
constexpr float k_far = 0.85F;

// clang-format off
const Row k_rows[] = {
    {"variations", Verb::variations, "verb-vary", QT_TR_NOOP("Three variations"), QT_TR_NOOP("Three takes near to this one"), "Ctrl+Alt+V", [](VerbDesk& desk) { desk.variations(3); }},
    {"remix", Verb::remix, "verb-remix", QT_TR_NOOP("Remix"), QT_TR_NOOP("The prompt as it is now, on this take's motion"), "Ctrl+Alt+R", [](VerbDesk& desk) { desk.remix(core::k_remix_strength); }},
    {"remix-near", Verb::remix, "", QT_TR_NOOP("Remix, near"), QT_TR_NOOP("The prompt as it is now, close to this take"), "", [](VerbDesk& desk) { desk.remix(k_near); }},
    {"remix-far", Verb::remix, "", QT_TR_NOOP("Remix, far"), QT_TR_NOOP("The prompt as it is now, with only this take's large forms"), "", [](VerbDesk& desk) { desk.remix(k_far); }},
    {"recut", Verb::recut, "verb-recut", QT_TR_NOOP("Re-cut"), QT_TR_NOOP("Keep what is between in and out, make the rest anew"), "Ctrl+Alt+C", [](VerbDesk& desk) { desk.recut(); }},
    {"extend-before", Verb::extend_before, "verb-before", QT_TR_NOOP("Extend in front"), QT_TR_NOOP("What comes before this take"), "Ctrl+Alt+B", [](VerbDesk& desk) { desk.extend(Verb::extend_before); }},
    {"extend-after", Verb::extend_after, "verb-after", QT_TR_NOOP("Extend"), QT_TR_NOOP("Go on from this take's end"), "Ctrl+Alt+E", [](VerbDesk& desk) { desk.extend(Verb::extend_after); }},
    {"loop", Verb::loop, "verb-loop", QT_TR_NOOP("Loop"), QT_TR_NOOP("A new end that leads into the beginning"), "Ctrl+Alt+L", [](VerbDesk& desk) { desk.loop(); }},
    {"blend", Verb::blend, "verb-blend", QT_TR_NOOP("Blend into the next shot"), QT_TR_NOOP("A new shot that leads from this one to the next"), "Ctrl+Alt+D", [](VerbDesk& desk) { desk.blend(); }},
    {"chain", Verb::chain, "verb-chain", QT_TR_NOOP("Begin where the shot before ends"), QT_TR_NOOP("The last frame of the shot before becomes the first of this one"), "Ctrl+Alt+P", [](VerbDesk& desk) { desk.chain(); }},
    {"upscale", Verb::upscale, "verb-upscale", QT_TR_NOOP("Upscale"), QT_TR_NOOP("This take at the project's height, drawn finer by a network"), "Ctrl+Alt+U", [](VerbDesk& desk) { desk.upscale({}); }},
    {"upscale-2x", Verb::upscale, "", QT_TR_NOOP("Upscale, twice as large"), QT_TR_NOOP("This take at twice its width and height"), "", [](VerbDesk& desk) { desk.upscale("2x"); }},
    {"upscale-4k", Verb::upscale, "", QT_TR_NOOP("Upscale to 4K"), QT_TR_NOOP("This take with 2160 lines"), "", [](VerbDesk& desk) { desk.upscale("4k"); }},
    {"interpolate", Verb::interpolate, "verb-interpolate", QT_TR_NOOP("Interpolate"), QT_TR_NOOP("Frames between this take's frames, at the project's rate"), "Ctrl+Alt+I", [](VerbDesk& desk) { desk.interpolate({}); }},
    {"interpolate-2x", Verb::interpolate, "", QT_TR_NOOP("Interpolate, twice as many frames"), QT_TR_NOOP("One new frame between every two"), "", [](VerbDesk& desk) { desk.interpolate("2x"); }},
};
// clang-format on

}  // namespace

VerbActions::VerbActions(VerbDesk& desk, QObject* parent) : QObject(parent), desk_(desk)
{
    for (const Row& row : k_rows) {
        auto* action = make_action({QStringLiteral("verb.") + QLatin1String(row.name), QString::fromLatin1(row.icon),
                                    tr(row.text), tr(row.tip), QString::fromLatin1(row.keys)},
                                   this);
        action->setShortcutContext(Qt::WindowShortcut);
        connect(action, &QAction::triggered, &desk_, [this, act = row.act] { act(desk_); });
        actions_.emplace(row.name, action);
        in_order_.push_back(action);
    }
    refresh();
}

QAction* VerbActions::operator[](std::string_view name) const
{
    const auto found = actions_.find(name);
    assert(found != actions_.end());
    return found->second;
}

void VerbActions::refresh()
{
    for (const Row& row : k_rows) {
        QAction* action = (*this)[row.name];
        const VerbOffer offer = desk_.offer(row.verb);
        action->setEnabled(offer.possible);
        action->setToolTip(offer.possible ? tr(row.tip) : action->text() + QStringLiteral("\n") + offer.reason);
    }
}

}  // namespace kinora::ui
