#include "ui/storyboard/storyboard_actions.h"

#include <QActionGroup>
#include <QKeyEvent>
#include <QKeySequence>
#include <QWidget>
#include <cassert>

#include "ui/widgets/action_row.h"

namespace kinora::ui {

namespace {

using Kind = ActionKind;

struct Row {
    const char* name;
    const char* icon;
    const char* text;
    const char* tip;
    const char* keys;  ///< QKeySequence's portable text; several are separated by spaces
    Kind kind = Kind::trigger;
};

// clang-format off
const Row k_rows[] = {
    {"add-shot", "plus", QT_TR_NOOP("Add a shot"), QT_TR_NOOP("A new shot behind the chosen one"), ""},
    {"import", "folder", QT_TR_NOOP("Import media…"), QT_TR_NOOP("Videos, pictures and sound from files"), "Ctrl+I"},
    {"split", "split", QT_TR_NOOP("Split"), QT_TR_NOOP("Cut the shot at the playhead"), "S Ctrl+K"},
    {"duplicate", "duplicate", QT_TR_NOOP("Duplicate"), QT_TR_NOOP("A copy of what is chosen, right behind it"), "Ctrl+D"},
    {"delete", "trash", QT_TR_NOOP("Delete"), QT_TR_NOOP("Delete what is chosen; the film closes up"), "Del Backspace"},
    {"lift", "", QT_TR_NOOP("Lift"), QT_TR_NOOP("Take shots away and leave a gap, so that nothing moves"), "Shift+Del"},
    {"cut", "", QT_TR_NOOP("Cut"), QT_TR_NOOP("Take what is chosen to the clipboard"), "Ctrl+X"},
    {"copy", "copy-text", QT_TR_NOOP("Copy"), QT_TR_NOOP("Copy what is chosen to the clipboard"), "Ctrl+C"},
    {"paste", "", QT_TR_NOOP("Paste"), QT_TR_NOOP("Shots behind the chosen one, sound at the playhead"), "Ctrl+V"},
    {"select-all", "", QT_TR_NOOP("Choose all shots"), QT_TR_NOOP("Choose all shots"), "Ctrl+A"},
    {"select-none", "", QT_TR_NOOP("Choose nothing"), QT_TR_NOOP("Choose nothing"), "Ctrl+Shift+A"},
    {"trim-start", "", QT_TR_NOOP("Trim start to the playhead"), QT_TR_NOOP("Take away what is before the playhead"), "Q"},
    {"trim-end", "", QT_TR_NOOP("Trim end to the playhead"), QT_TR_NOOP("Take away what is behind the playhead"), "W"},
    {"slip-back", "", QT_TR_NOOP("Slip back"), QT_TR_NOOP("Show an earlier part of the take, by one frame"), "Ctrl+Alt+Left", Kind::repeats},
    {"slip-forward", "", QT_TR_NOOP("Slip forward"), QT_TR_NOOP("Show a later part of the take, by one frame"), "Ctrl+Alt+Right", Kind::repeats},
    {"move-left", "", QT_TR_NOOP("Move left"), QT_TR_NOOP("Before the shot at the left"), "Alt+Left", Kind::repeats},
    {"move-right", "", QT_TR_NOOP("Move right"), QT_TR_NOOP("Behind the shot at the right"), "Alt+Right", Kind::repeats},
    {"gap", "", QT_TR_NOOP("Insert a gap"), QT_TR_NOOP("A second of black at the playhead"), "Shift+G"},
    {"dissolve", "", QT_TR_NOOP("Dissolve"), QT_TR_NOOP("Dissolve at the cut nearest to the playhead, or into the chosen shots"), "Ctrl+T"},
    {"dip-black", "", QT_TR_NOOP("Dip to black"), QT_TR_NOOP("Through black at the cut"), ""},
    {"dip-white", "", QT_TR_NOOP("Dip to white"), QT_TR_NOOP("Through white at the cut"), ""},
    {"plain-cut", "", QT_TR_NOOP("Plain cut"), QT_TR_NOOP("No transition at the cut"), ""},
    {"marker", "", QT_TR_NOOP("Add a marker"), QT_TR_NOOP("A marker at the playhead; again: write its note"), "M"},
    {"next-marker", "", QT_TR_NOOP("Next marker"), QT_TR_NOOP("To the next marker"), "Shift+Down", Kind::repeats},
    {"previous-marker", "", QT_TR_NOOP("Previous marker"), QT_TR_NOOP("To the marker before"), "Shift+Up", Kind::repeats},
    {"add-track", "", QT_TR_NOOP("Add a sound track"), QT_TR_NOOP("An empty sound track below the others"), ""},
    {"mute-sound", "speaker-off", QT_TR_NOOP("Mute"), QT_TR_NOOP("Mute the chosen sounds, or let them be heard again"), "U"},
    {"fade-in", "", QT_TR_NOOP("Fade in"), QT_TR_NOOP("A second of fade at the start of the chosen sounds, or none"), ""},
    {"fade-out", "", QT_TR_NOOP("Fade out"), QT_TR_NOOP("A second of fade at the end of the chosen sounds, or none"), ""},
    {"tool-select", "tool-select", QT_TR_NOOP("Selection tool"), QT_TR_NOOP("Choose, move and trim"), "V", Kind::check},
    {"tool-blade", "tool-blade", QT_TR_NOOP("Blade tool"), QT_TR_NOOP("Cut where you click"), "B", Kind::check},
    {"tool-slip", "tool-slip", QT_TR_NOOP("Slip tool"), QT_TR_NOOP("Drag the take under its cuts"), "Y", Kind::check},
    {"snapping", "magnet", QT_TR_NOOP("Snapping"), QT_TR_NOOP("Drags stick to cuts, markers and the playhead; Shift holds it off"), "N", Kind::check},
    {"zoom-in", "plus", QT_TR_NOOP("Zoom in"), QT_TR_NOOP("Fewer seconds, wider"), "+ =", Kind::repeats},
    {"zoom-out", "minus", QT_TR_NOOP("Zoom out"), QT_TR_NOOP("More seconds, narrower"), "-", Kind::repeats},
    {"zoom-fit", "fit", QT_TR_NOOP("Show all"), QT_TR_NOOP("The whole film in view"), "Shift+Z"},
    {"timeline", "timeline", QT_TR_NOOP("Timeline"), QT_TR_NOOP("Shots to scale"), "", Kind::check},
    {"cards", "cards", QT_TR_NOOP("Cards"), QT_TR_NOOP("One picture a shot"), "", Kind::check},
    {"export-in", "mark-in", QT_TR_NOOP("Export from here"), QT_TR_NOOP("The export begins at the playhead"), "I"},
    {"export-out", "mark-out", QT_TR_NOOP("Export up to here"), QT_TR_NOOP("The export ends with this frame"), "O"},
    {"export-clear", "", QT_TR_NOOP("Export everything"), QT_TR_NOOP("No export range"), "Alt+X"},
    {"frame-back", "", QT_TR_NOOP("One frame back"), QT_TR_NOOP("One frame back"), "Left", Kind::repeats},
    {"frame-on", "", QT_TR_NOOP("One frame on"), QT_TR_NOOP("One frame on"), "Right", Kind::repeats},
    {"second-back", "", QT_TR_NOOP("One second back"), QT_TR_NOOP("One second back"), "Shift+Left", Kind::repeats},
    {"second-on", "", QT_TR_NOOP("One second on"), QT_TR_NOOP("One second on"), "Shift+Right", Kind::repeats},
    {"previous-edit", "", QT_TR_NOOP("Previous cut"), QT_TR_NOOP("The playhead to the cut before"), "Up", Kind::repeats},
    {"next-edit", "", QT_TR_NOOP("Next cut"), QT_TR_NOOP("The playhead to the next cut"), "Down", Kind::repeats},
    {"to-start", "to-start", QT_TR_NOOP("To the start"), QT_TR_NOOP("To the first frame"), "Home"},
    {"to-end", "to-end", QT_TR_NOOP("To the end"), QT_TR_NOOP("To the last frame"), "End"},
    {"previous-shot", "", QT_TR_NOOP("Choose the shot before"), QT_TR_NOOP("Choose the shot before"), "PgUp", Kind::repeats},
    {"next-shot", "", QT_TR_NOOP("Choose the next shot"), QT_TR_NOOP("Choose the next shot"), "PgDown", Kind::repeats},
    {"open-shot", "", QT_TR_NOOP("Write the shot's prompt"), QT_TR_NOOP("To the prompt of the chosen shot"), "Return Enter"},
};
// clang-format on

}  // namespace

StoryboardActions::StoryboardActions(QObject* parent) : QObject(parent)
{
    for (const Row& row : k_rows) {
        auto* action = make_action({QStringLiteral("storyboard.") + QLatin1String(row.name), QString::fromLatin1(row.icon),
                                    tr(row.text), tr(row.tip), QString::fromLatin1(row.keys), row.kind},
                                   this);
        actions_.emplace(row.name, action);
        in_order_.push_back(action);
    }
    const auto group = [this](std::initializer_list<const char*> members) {
        auto* choices = new QActionGroup(this);
        for (const char* member : members)
            choices->addAction((*this)[member]);
    };
    group({"tool-select", "tool-blade", "tool-slip"});
    group({"timeline", "cards"});
    // Bringing in is meant for the film, wherever the keys are.
    (*this)["import"]->setShortcutContext(Qt::WindowShortcut);
    (*this)["tool-select"]->setChecked(true);
    (*this)["timeline"]->setChecked(true);
    (*this)["snapping"]->setChecked(true);
}

QAction* StoryboardActions::operator[](std::string_view name) const
{
    const auto found = actions_.find(name);
    assert(found != actions_.end());
    return found->second;
}

QAction* StoryboardActions::for_key(const QKeyEvent& event) const
{
    Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    // On many keyboards a plus is typed with Shift.
    if (event.key() == Qt::Key_Plus) modifiers &= ~Qt::ShiftModifier;
    const QKeySequence pressed(QKeyCombination(modifiers, static_cast<Qt::Key>(event.key())));
    for (QAction* action : in_order_) {
        if (!action->isEnabled() || (event.isAutoRepeat() && !action->autoRepeat())) continue;
        const QList<QKeySequence> keys = action->shortcuts();
        if (keys.contains(pressed)) return action;
    }
    return nullptr;
}

void StoryboardActions::add_to(QWidget* widget)
{
    for (QAction* action : in_order_)
        widget->addAction(action);
    widget->installEventFilter(this);
}

bool StoryboardActions::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress)
        return QObject::eventFilter(watched, event);
    QAction* action = for_key(*static_cast<QKeyEvent*>(event));
    if (action == nullptr) return QObject::eventFilter(watched, event);
    event->accept();
    if (event->type() == QEvent::KeyPress) action->trigger();
    return true;
}

}  // namespace kinora::ui
