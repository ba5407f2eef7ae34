#include "ui/commands/command_book.h"

#include <QAction>
#include <QCoreApplication>
#include <QSet>
#include <QWidget>
#include <algorithm>

namespace kinora::ui {
namespace {

struct Room {
    const char* name;
    const char* title;
};

const Room k_rooms[] = {
    {"project", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "Project")},
    {"edit", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "Edit")},
    {"shot", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "Shot")},
    {"verb", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "Shot")},
    {"prompt", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "Prompt")},
    {"takes", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "Takes")},
    {"storyboard", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "Storyboard")},
    {"player", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "Player")},
    {"queue", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "Queue")},
    {"models", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "Models")},
    {"export", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "Export")},
    {"view", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "View")},
    {"help", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "Help")},
};

std::size_t place_of(const QString& room)
{
    const auto found = std::find_if(std::begin(k_rooms), std::end(k_rooms),
                                    [&](const Room& known) { return room == QLatin1String(known.name); });
    return static_cast<std::size_t>(found - std::begin(k_rooms));
}

struct Reason {
    const char* names;  ///< separated by spaces
    const char* text;
};

const Reason k_reasons[] = {
    {"storyboard.delete storyboard.select-none",
     QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "Nothing is chosen on the storyboard")},
    {"storyboard.lift storyboard.move-left storyboard.move-right",
     QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "No shot is chosen on the storyboard")},
    {"storyboard.duplicate storyboard.cut storyboard.copy storyboard.slip-back storyboard.slip-forward",
     QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "No shot or sound is chosen on the storyboard")},
    {"storyboard.mute-sound storyboard.fade-in storyboard.fade-out",
     QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "No sound is chosen on the storyboard")},
    {"storyboard.dissolve storyboard.dip-black storyboard.dip-white storyboard.plain-cut",
     QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "There is no cut: the storyboard has one shot")},
    {"storyboard.next-marker storyboard.previous-marker",
     QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "There is no marker yet")},
    {"storyboard.export-clear", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "No export range is set")},
    {"storyboard.zoom-in storyboard.zoom-out storyboard.tool-blade storyboard.tool-slip storyboard.snapping",
     QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "Only on the timeline, not on cards")},
    {"player.second-screen", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "There is only one screen")},
    {"player.compare player.compare-wipe player.compare-side-by-side player.compare-difference player.compare-next",
     QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "The shot has no second take to compare with")},
    {"player.compare-swap", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "No takes are being compared")},
    {"player.mark-in player.mark-out player.clear-marks player.save-frame player.use-as-first-frame",
     QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "The player shows no clip")},
    {"edit.undo", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "There is nothing to undo")},
    {"edit.redo", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "There is nothing to redo")},
};

struct RoomReason {
    const char* room;
    const char* text;
};

const RoomReason k_room_reasons[] = {
    {"storyboard", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "The storyboard has no shot yet")},
    {"player", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "The player is empty")},
    {"project", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "The project is read-only")},
    {"shot", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "The shot has no take yet")},
    {"takes", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "The shot has no take yet")},
    {"queue", QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "The queue is empty")},
};

QString say(const char* text)
{
    return QCoreApplication::translate("kinora::ui::CommandBook", text);
}

}  // namespace

CommandBook::CommandBook(QWidget* window) : QObject(window), window_(window)
{
    collect();
}

void CommandBook::collect()
{
    QSet<QAction*> known;
    for (const Command& command : commands_)
        known.insert(command.action);
    const std::size_t before = commands_.size();
    for (QAction* action : window_->findChildren<QAction*>()) {
        const QString name = action->objectName();
        const auto dot = name.indexOf(QLatin1Char('.'));
        if (dot <= 0 || known.contains(action) || find(name) != nullptr) continue;
        const QString room = name.left(dot);
        const auto heard = action->shortcutContext();
        const bool everywhere = heard == Qt::WindowShortcut || heard == Qt::ApplicationShortcut;
        commands_.push_back({action, name, room, everywhere ? QString() : room});
        connect(action, &QObject::destroyed, this, [this, action] {
            std::erase_if(commands_, [action](const Command& command) { return command.action == action; });
        });
    }
    if (commands_.size() == before) return;
    std::stable_sort(commands_.begin(), commands_.end(),
                     [](const Command& a, const Command& b) { return place_of(a.room) < place_of(b.room); });
    Q_EMIT collected();
}

const Command* CommandBook::find(const QString& name) const
{
    const auto found =
        std::find_if(commands_.begin(), commands_.end(), [&](const Command& command) { return command.name == name; });
    return found == commands_.end() ? nullptr : &*found;
}

QString CommandBook::title(const Command& command)
{
    QString text = command.action->text();
    text.remove(QLatin1Char('&'));
    while (text.endsWith(QChar(0x2026)))
        text.chop(1);
    return text;
}

QString CommandBook::room_title(const QString& room)
{
    const std::size_t place = place_of(room);
    if (place < std::size(k_rooms)) return say(k_rooms[place].title);
    return room.left(1).toUpper() + room.mid(1);
}

QString disabled_reason(const Command& command)
{
    if (command.action->isEnabled()) return {};
    if (const QString own = command.action->property("reason").toString(); !own.isEmpty()) return own;
    // Some parts write it below the name in the tool tip.
    if (const QString below = command.action->toolTip().section(QLatin1Char('\n'), 1); !below.isEmpty()) return below;
    for (const Reason& reason : k_reasons)
        if (QString::fromLatin1(reason.names).split(QLatin1Char(' ')).contains(command.name)) return say(reason.text);
    for (const RoomReason& reason : k_room_reasons)
        if (command.room == QLatin1String(reason.room)) return say(reason.text);
    return say(QT_TRANSLATE_NOOP("kinora::ui::CommandBook", "Not possible now"));
}

}  // namespace kinora::ui
