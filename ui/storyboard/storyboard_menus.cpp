#include "ui/storyboard/storyboard_menus.h"

#include <QCoreApplication>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QWidgetAction>
#include <functional>

#include "core/storyboard/sound_edits.h"
#include "ui/storyboard/storyboard_actions.h"
#include "ui/storyboard/storyboard_commands.h"
#include "ui/storyboard/storyboard_view.h"
#include "ui/verbs/verb_menu.h"

namespace kinora::ui {

namespace {

struct MenuText {
    Q_DECLARE_TR_FUNCTIONS(StoryboardMenus)
};

void add(QMenu& menu, const StoryboardActions& actions, std::initializer_list<const char*> names)
{
    for (const char* name : names) {
        if (name == nullptr) {
            menu.addSeparator();
        } else {
            menu.addAction(actions[name]);
        }
    }
}

void add_transitions(QMenu& menu, const StoryboardActions& actions)
{
    QMenu* kinds = menu.addMenu(MenuText::tr("Transition"));
    add(*kinds, actions, {"plain-cut", "dissolve", "dip-black", "dip-white"});
    kinds->setEnabled(actions["dissolve"]->isEnabled());
}

/// A field in a menu, with its label. `done` hears the value when it was changed and the menu is left or Enter pressed.
void add_gain(QMenu& menu, const QString& label, float gain_db, const std::function<void(float)>& done)
{
    auto* row = new QWidget(&menu);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(12, 4, 8, 4);
    auto* name = new QLabel(label, row);
    auto* field = new QDoubleSpinBox(row);
    field->setObjectName(QStringLiteral("storyboard.gain"));
    field->setRange(static_cast<double>(core::k_least_gain_db), static_cast<double>(core::k_most_gain_db));
    field->setDecimals(1);
    field->setSingleStep(0.5);
    field->setSuffix(MenuText::tr(" dB"));
    field->setValue(static_cast<double>(gain_db));
    field->setAccessibleName(label);
    name->setBuddy(field);
    line->addWidget(name, 1);
    line->addWidget(field);
    auto* action = new QWidgetAction(&menu);
    action->setDefaultWidget(row);
    menu.addAction(action);
    const double before = field->value();
    QObject::connect(&menu, &QMenu::aboutToHide, field, [field, before, done] {
        field->interpretText();
        if (field->value() != before) done(static_cast<float>(field->value()));
    });
    QObject::connect(field, &QDoubleSpinBox::editingFinished, &menu, &QMenu::close);
}

void add_name(QMenu& menu, const QString& label, const QString& text, const std::function<void(const QString&)>& done)
{
    auto* field = new QLineEdit(text, &menu);
    field->setAccessibleName(label);
    field->setPlaceholderText(label);
    field->setMaxLength(60);
    auto* action = new QWidgetAction(&menu);
    action->setDefaultWidget(field);
    menu.addAction(action);
    QObject::connect(&menu, &QMenu::aboutToHide, field, [field, text, done] {
        if (field->text() != text) done(field->text());
    });
    QObject::connect(field, &QLineEdit::returnPressed, &menu, &QMenu::close);
}

void fill_for_shot(QMenu& menu, const StoryboardActions& actions, const StoryboardView& view)
{
    add_verbs_menu(menu, view);
    add(menu, actions, {"split", "duplicate", "delete", "lift", nullptr, "cut", "copy", "paste", nullptr});
    add_transitions(menu, actions);
    add(menu, actions, {"trim-start", "trim-end", "gap", nullptr, "add-shot", "zoom-fit"});
}

void fill_for_sound(QMenu& menu, const StoryboardView& view, const StoryboardActions& actions, StoryboardCommands& commands,
                    const StoryboardHit& hit)
{
    add(menu, actions,
        {"split", "duplicate", "delete", nullptr, "cut", "copy", "paste", nullptr, "mute-sound", "fade-in", "fade-out"});
    const core::SoundClip& clip = view.project()->sound_tracks[hit.track]->clips[hit.item];
    add_gain(menu, MenuText::tr("Gain"), clip.gain_db, [&commands](float gain) { commands.set_gain(gain); });
}

void fill_for_track(QMenu& menu, const StoryboardActions& actions, StoryboardCommands& commands,
                    const core::SoundTrack& lane)
{
    const std::string track = lane.id;
    add_name(menu, MenuText::tr("Name of the track"), QString::fromStdString(lane.name),
             [&commands, track](const QString& name) { commands.rename_track(track, name); });
    QAction* mute =
        menu.addAction(MenuText::tr("Mute the track"), &commands, [&commands, track] { commands.mute_track(track); });
    mute->setCheckable(true);
    mute->setChecked(lane.mute);
    add_gain(menu, MenuText::tr("Gain of the track"), lane.gain_db,
             [&commands, track](float gain) { commands.set_track_gain(track, gain); });
    menu.addSeparator();
    add(menu, actions, {"paste", "import", "add-track"});
    menu.addAction(MenuText::tr("Delete the track"), &commands, [&commands, track] { commands.remove_track(track); });
}

void choose_hit(StoryboardView& view, const StoryboardHit& hit)
{
    const core::Project& project = *view.project();
    std::string id;
    if (hit.on_shot()) id = project.shots[hit.shot]->id;
    if (hit.on_sound()) id = project.sound_tracks[hit.track]->clips[hit.item].id;
    if (hit.on_transition()) id = transition_id(project.shots[hit.shot]->id);
    if (hit.zone == StoryboardZone::marker) id = project.markers[hit.item].id;
    if (id.empty() || view.selection().contains(id)) return;
    hit.on_shot() ? view.choose(id) : view.choose_all({id});
}

}  // namespace

void open_storyboard_menu(StoryboardView& view, const StoryboardActions& actions, StoryboardCommands& commands,
                          const StoryboardHit& hit, const QPoint& at)
{
    if (!view.project()) return;
    const bool edge = hit.zone == StoryboardZone::in_edge || hit.zone == StoryboardZone::out_edge;
    choose_hit(view, hit);
    commands.update_enabled();
    auto* menu = new QMenu(&view);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("storyboard.menu"));
    menu->setToolTipsVisible(true);
    if (edge) {
        const std::size_t cut = hit.zone == StoryboardZone::in_edge ? hit.shot : hit.shot + 1;
        const bool between = cut > 0 && cut < view.layout_now().size();
        const std::string behind = between ? view.project()->shots[cut]->id : std::string();
        const auto entry = [&](const QString& text, core::TransitionKind kind) {
            menu->addAction(text, &commands, [&commands, behind, kind] { commands.set_transition_before(behind, kind); })
                ->setEnabled(between);
        };
        entry(MenuText::tr("Dissolve here"), core::TransitionKind::dissolve);
        entry(MenuText::tr("Dip to black here"), core::TransitionKind::dip_to_black);
        entry(MenuText::tr("Dip to white here"), core::TransitionKind::dip_to_white);
        menu->addSeparator();
        fill_for_shot(*menu, actions, view);
    } else if (hit.on_shot()) {
        fill_for_shot(*menu, actions, view);
    } else if (hit.on_transition()) {
        add(*menu, actions, {"dissolve", "dip-black", "dip-white", nullptr, "plain-cut"});
    } else if (hit.zone == StoryboardZone::marker) {
        menu->addAction(MenuText::tr("Write the note"), &view,
                        [&view, id = view.project()->markers[hit.item].id] { view.edit_note(id); });
        add(*menu, actions, {"delete"});
    } else if (hit.on_sound()) {
        fill_for_sound(*menu, view, actions, commands, hit);
    } else if (hit.zone == StoryboardZone::lane || hit.zone == StoryboardZone::lane_name ||
               hit.zone == StoryboardZone::lane_mute) {
        fill_for_track(*menu, actions, commands, *view.project()->sound_tracks[hit.track]);
    } else {
        add(*menu, actions,
            {"add-shot", "import", "paste", nullptr, "gap", "marker", "add-track", nullptr, "select-all", "zoom-fit"});
    }
    menu->popup(at);
}

}  // namespace kinora::ui
