#include "ui/window/window_actions.h"

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
    {"project.new", "plus", QT_TR_NOOP("New…"), QT_TR_NOOP("A new project: name, size and frame rate"), "Ctrl+N"},
    {"project.open", "folder", QT_TR_NOOP("Open…"), QT_TR_NOOP("Open the folder of a project"), "Ctrl+O"},
    {"project.save", "check", QT_TR_NOOP("Save now"), QT_TR_NOOP("Kinora saves by itself after every change; this saves at once"), "Ctrl+S"},
    {"project.save-as", "", QT_TR_NOOP("Save as…"), QT_TR_NOOP("Copy the project with all its files and go on in the copy"), "Ctrl+Shift+S"},
    {"project.duplicate", "duplicate", QT_TR_NOOP("Duplicate"), QT_TR_NOOP("A copy beside the project; this one stays open"), ""},
    {"project.relink", "search", QT_TR_NOOP("Relink missing media…"), QT_TR_NOOP("Find files again that were moved or renamed"), ""},
    {"project.collect", "", QT_TR_NOOP("Collect files"), QT_TR_NOOP("Copy every file from outside into the project, so that it can be moved as a whole"), ""},
    {"project.clean-up", "trash", QT_TR_NOOP("Disk use and clean-up…"), QT_TR_NOOP("How much room the project takes, and what could go"), ""},
    {"project.backups", "undo", QT_TR_NOOP("Earlier versions…"), QT_TR_NOOP("The project as it was saved before"), ""},
    {"project.lost-takes", "film", QT_TR_NOOP("Takes that no shot lists…"), QT_TR_NOOP("Takes that were rendered before a crash, or removed from their shots"), ""},
    {"project.reveal", "", QT_TR_NOOP("Show the project's folder"), QT_TR_NOOP("In the file manager"), ""},
    {"project.export", "export", QT_TR_NOOP("Export"), QT_TR_NOOP("With the last choice, into the project's exports folder"), "Ctrl+E"},
    {"project.export-options", "", QT_TR_NOOP("Export options…"), QT_TR_NOOP("What to export, and as what"), "Ctrl+Shift+E"},
    {"project.quit", "", QT_TR_NOOP("Quit"), QT_TR_NOOP("What isn't saved yet is saved; the queue goes on at the next start"), "Ctrl+Q"},
    {"edit.undo", "undo", QT_TR_NOOP("Undo"), QT_TR_NOOP("Take the last step back"), "Ctrl+Z", Kind::repeats},
    {"edit.redo", "redo", QT_TR_NOOP("Redo"), QT_TR_NOOP("Do again what was taken back"), "Ctrl+Shift+Z Ctrl+Y", Kind::repeats},
    {"edit.history", "history", QT_TR_NOOP("History"), QT_TR_NOOP("Every step of this session, to go back to"), "Ctrl+Shift+H", Kind::check},
    {"edit.preferences", "", QT_TR_NOOP("Preferences…"), QT_TR_NOOP("Theme, scale, saving, keys"), "Ctrl+,"},
    {"shot.generate", "spark", QT_TR_NOOP("Generate"), QT_TR_NOOP("Make the chosen shot's takes"), "Ctrl+Return"},
    {"shot.add", "plus", QT_TR_NOOP("Add shot"), QT_TR_NOOP("A new shot behind the current one, ready to be described"), "Ctrl+Shift+N"},
    {"shot.prompt", "", QT_TR_NOOP("Write the prompt"), QT_TR_NOOP("The keys go to the prompt"), "Ctrl+P"},
    {"shot.preview-typing", "eye", QT_TR_NOOP("Preview while typing"), QT_TR_NOOP("When you pause, the prompt shows itself moving; a quick draft that is not kept"), "", Kind::check},
    {"shot.next-take", "", QT_TR_NOOP("Next take"), QT_TR_NOOP("Show the shot's next take"), "Alt+Down", Kind::repeats},
    {"shot.previous-take", "", QT_TR_NOOP("Take before"), QT_TR_NOOP("Show the take before"), "Alt+Up", Kind::repeats},
    {"shot.star-take", "star", QT_TR_NOOP("Star the take"), QT_TR_NOOP("Starred takes are never cleaned up"), "Alt+S", Kind::check},
    {"shot.use-settings", "refresh", QT_TR_NOOP("Use the take's settings"), QT_TR_NOOP("Prompt, seed and settings that this take was made with"), ""},
    {"shot.remove-take", "trash", QT_TR_NOOP("Remove the take from the list"), QT_TR_NOOP("Its files stay until a clean-up"), ""},
    {"shot.reveal-take", "folder", QT_TR_NOOP("Show the take's file"), QT_TR_NOOP("In the file manager"), ""},
    {"player.play-storyboard", "play", QT_TR_NOOP("Play the storyboard"), QT_TR_NOOP("From the playhead, through cuts and transitions"), "Ctrl+Space"},
    {"queue.hold", "pause", QT_TR_NOOP("Pause the queue"), QT_TR_NOOP("What runs goes on; nothing new starts"), "", Kind::check},
    {"queue.clear-finished", "", QT_TR_NOOP("Clear finished jobs"), QT_TR_NOOP("Takes what is over off the queue's list"), ""},
    {"view.takes", "film", QT_TR_NOOP("Takes"), QT_TR_NOOP("The takes of the chosen shot"), "Alt+1"},
    {"view.queue", "", QT_TR_NOOP("Queue"), QT_TR_NOOP("What is rendered and what waits"), "Alt+2"},
    {"view.library", "", QT_TR_NOOP("Library"), QT_TR_NOOP("All takes of the project"), "Alt+3"},
    {"view.models", "", QT_TR_NOOP("Models"), QT_TR_NOOP("What is installed and what can be fetched"), "Alt+4"},
    {"view.player", "", QT_TR_NOOP("Keys to the player"), QT_TR_NOOP("The player hears the keys"), "Alt+5"},
    {"view.storyboard", "", QT_TR_NOOP("Keys to the storyboard"), QT_TR_NOOP("The storyboard hears the keys"), "Alt+6"},
    {"view.theme", "theme", QT_TR_NOOP("Light or dark"), QT_TR_NOOP("The other theme"), ""},
    {"view.full-screen", "fullscreen", QT_TR_NOOP("Full screen window"), QT_TR_NOOP("The window without its frame"), "F11", Kind::check},
    {"view.menu", "menu", QT_TR_NOOP("Menu"), QT_TR_NOOP("Opens the menu"), "F10"},
    {"help.palette", "search", QT_TR_NOOP("Command palette…"), QT_TR_NOOP("Find any action by its name"), "Ctrl+Shift+P"},
    {"help.shortcuts", "", QT_TR_NOOP("Keyboard shortcuts…"), QT_TR_NOOP("See and change the keys; layouts of other programs"), "Ctrl+Alt+K"},
    {"help.diagnostics", "copy-text", QT_TR_NOOP("Copy diagnostics"), QT_TR_NOOP("Version, system and the end of the log to the clipboard; nothing is sent anywhere"), ""},
    {"help.about", "info", QT_TR_NOOP("About Kinora"), QT_TR_NOOP("Version and licences"), ""},
};
// clang-format on

}  // namespace

WindowActions::WindowActions(QObject* parent) : QObject(parent)
{
    for (const Row& row : k_rows) {
        auto* action = make_action({QString::fromLatin1(row.name), QString::fromLatin1(row.icon), tr(row.text), tr(row.tip),
                                    QString::fromLatin1(row.keys), row.kind},
                                   this);
        action->setShortcutContext(Qt::WindowShortcut);
        actions_.emplace(row.name, action);
        in_order_.push_back(action);
    }
}

QAction* WindowActions::operator[](std::string_view name) const
{
    const auto found = actions_.find(name);
    assert(found != actions_.end());
    return found->second;
}

}  // namespace kinora::ui
