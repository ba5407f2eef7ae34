#include "ui/window/window_menu.h"

#include <QAction>
#include <QStack>

#include "ui/commands/command_book.h"

namespace kinora::ui {
namespace {

/// A menu line by line: the name of an action; "-" a separator; ">Title" begins a submenu and "<" ends it; "@" is the menu
/// of recent projects.
struct Menu {
    const char* room;
    const char* title;
    const char* entries;
};

const Menu k_menus[] = {
    {"project", QT_TR_NOOP("Project"),
     "project.new\nproject.open\n@\n-\n"
     "project.save\nproject.save-as\nproject.duplicate\n-\n"
     "storyboard.import\nproject.relink\nproject.collect\n-\n"
     "project.clean-up\nproject.lost-takes\nproject.backups\nproject.reveal\n-\n"
     "project.export\nproject.export-options\n-\n"
     "project.quit"},
    {"edit", QT_TR_NOOP("Edit"),
     "edit.undo\nedit.redo\nedit.history\n-\n"
     "storyboard.cut\nstoryboard.copy\nstoryboard.paste\nstoryboard.duplicate\n-\n"
     "storyboard.delete\nstoryboard.lift\n-\n"
     "storyboard.select-all\nstoryboard.select-none\n-\n"
     "edit.preferences"},
    {"shot", QT_TR_NOOP("Shot"),
     "shot.generate\nshot.add\nshot.prompt\nshot.preview-typing\n-\n"
     "verb.variations\n>Remix\nverb.remix\nverb.remix-near\nverb.remix-far\n<\nverb.recut\nverb.extend-before\n"
     "verb.extend-after\nverb.loop\nverb.blend\nverb.chain\n-\n"
     "shot.next-take\nshot.previous-take\nshot.star-take\nshot.use-settings\nshot.reveal-take\nshot.remove-take"},
    {"storyboard", QT_TR_NOOP("Storyboard"),
     "storyboard.add-shot\nstoryboard.gap\nstoryboard.split\n"
     ">Trim and move\nstoryboard.trim-start\nstoryboard.trim-end\n-\nstoryboard.slip-back\nstoryboard.slip-forward\n-\n"
     "storyboard.move-left\nstoryboard.move-right\n<\n"
     ">Transition\nstoryboard.plain-cut\nstoryboard.dissolve\nstoryboard.dip-black\nstoryboard.dip-white\n<\n"
     ">Markers\nstoryboard.marker\nstoryboard.next-marker\nstoryboard.previous-marker\n<\n"
     ">Sound\nstoryboard.add-track\nstoryboard.mute-sound\nstoryboard.fade-in\nstoryboard.fade-out\n<\n-\n"
     "storyboard.tool-select\nstoryboard.tool-blade\nstoryboard.tool-slip\nstoryboard.snapping\n-\n"
     ">Export range\nstoryboard.export-in\nstoryboard.export-out\nstoryboard.export-clear\n<\n"
     ">Go to\nstoryboard.to-start\nstoryboard.to-end\n-\nstoryboard.previous-edit\nstoryboard.next-edit\n-\n"
     "storyboard.frame-back\nstoryboard.frame-on\nstoryboard.second-back\nstoryboard.second-on\n-\n"
     "storyboard.previous-shot\nstoryboard.next-shot\nstoryboard.open-shot\n<\n-\n"
     "storyboard.timeline\nstoryboard.cards\nstoryboard.zoom-in\nstoryboard.zoom-out\nstoryboard.zoom-fit"},
    {"player", QT_TR_NOOP("Player"),
     "player.play\nplayer.play-storyboard\nplayer.loop\nplayer.mute\n"
     ">Speed\nplayer.shuttle-backward\nplayer.pause\nplayer.shuttle-forward\n-\nplayer.slower\nplayer.faster\n-\n"
     "player.speed-quarter\nplayer.speed-half\nplayer.speed-normal\nplayer.speed-double\nplayer.speed-quadruple\n<\n"
     ">Go to\nplayer.to-in\nplayer.to-out\n-\nplayer.previous-edit\nplayer.next-edit\n-\nplayer.step-back\n"
     "player.step-forward\nplayer.second-back\nplayer.second-forward\n<\n-\n"
     "player.mark-in\nplayer.mark-out\nplayer.clear-marks\n-\n"
     ">Compare\nplayer.compare\nplayer.compare-next\nplayer.compare-swap\n-\nplayer.compare-wipe\n"
     "player.compare-side-by-side\nplayer.compare-difference\n<\n"
     ">Zoom\nplayer.zoom-in\nplayer.zoom-out\n-\nplayer.zoom-fit\nplayer.zoom-50\nplayer.zoom-100\nplayer.zoom-200\n"
     "player.zoom-400\n<\n-\n"
     "player.full-screen\nplayer.second-screen\nplayer.safe-areas\nplayer.show-frames\nplayer.dropped-frames\n-\n"
     "player.save-frame\nplayer.use-as-first-frame"},
    {"view", QT_TR_NOOP("View"),
     "view.takes\nview.queue\nview.library\nview.models\n-\n"
     "view.player\nview.storyboard\n-\n"
     ">Queue\nqueue.hold\nqueue.clear-finished\n<\n-\n"
     "view.theme\nview.full-screen\nview.menu"},
    {"help", QT_TR_NOOP("Help"), "help.palette\nhelp.shortcuts\n-\nhelp.diagnostics\nhelp.about"},
};

/// Titles of submenus, for the translators.
[[maybe_unused]] const char* const k_titles[] = {
    QT_TR_NOOP("Trim and move"), QT_TR_NOOP("Transition"), QT_TR_NOOP("Markers"), QT_TR_NOOP("Sound"),
    QT_TR_NOOP("Export range"),  QT_TR_NOOP("Go to"),      QT_TR_NOOP("Speed"),   QT_TR_NOOP("Compare"),
    QT_TR_NOOP("Zoom"),          QT_TR_NOOP("Queue"),      QT_TR_NOOP("Remix")};

}  // namespace

WindowMenu::WindowMenu(CommandBook& book, QMenu* recent, QWidget* parent) : QMenu(parent), book_(book)
{
    setToolTipsVisible(true);
    for (const Menu& menu : k_menus) {
        QMenu* room = addMenu(tr(menu.title));
        rooms_.insert(QString::fromLatin1(menu.room), room);
        fill(room, menu.entries, recent);
    }
    addSeparator();
    if (const Command* palette = book.find(QStringLiteral("help.palette"))) addAction(palette->action);
    refresh();
    connect(this, &QMenu::aboutToShow, this, &WindowMenu::refresh);
}

void WindowMenu::fill(QMenu* menu, const char* entries, QMenu* recent)
{
    QStack<QMenu*> stack;
    stack.push(menu);
    for (const QString& entry : QString::fromLatin1(entries).split(QLatin1Char('\n'))) {
        if (entry == QLatin1String("-")) {
            stack.top()->addSeparator();
        } else if (entry == QLatin1String("<")) {
            stack.pop();
        } else if (entry.startsWith(QLatin1Char('>'))) {
            stack.push(stack.top()->addMenu(tr(entry.mid(1).toLatin1().constData())));
        } else if (entry == QLatin1String("@")) {
            stack.top()->addMenu(recent);
        } else if (const Command* command = book_.find(entry)) {
            stack.top()->addAction(command->action);
            placed_.insert(entry);
        }
    }
}

QMenu* WindowMenu::menu_of(const QString& room) const
{
    static const QHash<QString, QString> homes{
        {QStringLiteral("verb"), QStringLiteral("shot")},   {QStringLiteral("prompt"), QStringLiteral("shot")},
        {QStringLiteral("takes"), QStringLiteral("shot")},  {QStringLiteral("queue"), QStringLiteral("view")},
        {QStringLiteral("models"), QStringLiteral("view")}, {QStringLiteral("export"), QStringLiteral("project")}};
    if (QMenu* own = rooms_.value(room)) return own;
    return rooms_.value(homes.value(room, QStringLiteral("view")));
}

void WindowMenu::refresh()
{
    book_.collect();
    QSet<QMenu*> parted;
    for (const Command& command : book_.commands()) {
        if (placed_.contains(command.name)) continue;
        QMenu* menu = menu_of(command.room);
        if (!parted.contains(menu)) menu->addSeparator();
        parted.insert(menu);
        menu->addAction(command.action);
        placed_.insert(command.name);
    }
}

}  // namespace kinora::ui
