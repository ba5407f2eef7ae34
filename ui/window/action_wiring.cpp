#include <QApplication>
#include <QClipboard>
#include <QGuiApplication>
#include <QPointer>
#include <QScreen>
#include <QStackedWidget>
#include <QTabBar>
#include <algorithm>

#include "core/base/log.h"
#include "core/base/paths.h"
#include "ui/commands/command_book.h"
#include "ui/draft/draft_binding.h"
#include "ui/history/history_panel.h"
#include "ui/player/player_widget.h"
#include "ui/player/thumbnail_store.h"
#include "ui/preferences/preferences.h"
#include "ui/project/media_finder.h"
#include "ui/project/project_strip.h"
#include "ui/runtime/runtime_desk.h"
#include "ui/shot/shot_panel.h"
#include "ui/storyboard/storyboard_widget.h"
#include "ui/theme/theme.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/about_sheet.h"
#include "ui/window/main_window.h"
#include "ui/window/project_commands.h"
#include "ui/window/top_bar.h"
#include "ui/window/window_actions.h"
#include "ui/window/window_commands.h"
#include "ui/window/window_menu.h"

// What the window's actions do, and when they can.

namespace kinora::ui {
namespace {

QString diagnostics(const QString& device)
{
    QStringList lines{
        QStringLiteral("Kinora ") + QCoreApplication::applicationVersion(),
        QStringLiteral("Qt %1 on %2, %3")
            .arg(QString::fromLatin1(qVersion()), QSysInfo::prettyProductName(), QSysInfo::kernelVersion()),
        QStringLiteral("Window system: ") + QGuiApplication::platformName(),
        QStringLiteral("Device: ") + device,
    };
    if (const auto& runtime = started_runtime(); !runtime.id.isEmpty() || !runtime.obstacle.isEmpty())
        lines.append(QStringLiteral("GPU runtime: ") + (runtime.id.isEmpty() ? runtime.obstacle : runtime.id));
    for (const QScreen* screen : QGuiApplication::screens())
        lines.append(QStringLiteral("Screen: %1×%2 at %3")
                         .arg(screen->geometry().width())
                         .arg(screen->geometry().height())
                         .arg(screen->devicePixelRatio()));
    return lines.join(QLatin1Char('\n'));
}

}  // namespace

void MainWindow::connect_actions()
{
    commands_ = new WindowCommands(session_, *actions_, this);
    top_->set_menu(commands_->menu());
    ProjectCommands::Parts parts{*actions_, *message_, *strip_, [this](const QString& folder) { reveal(folder); }};
    project_commands_ = new ProjectCommands(session_, std::move(parts), this);
    connect(&project_commands_->finder(), &MediaFinder::clip_restored, this,
            [this](const QString& file) { thumbnails_->forget(file); });
    connect(&project_commands_->finder(), &MediaFinder::relinked, this, [this] {
        player_->show_empty({});  // it would keep to what it couldn't open
        thumbnails_->look_again();
        show_selection();
        storyboard_->refresh();
    });
    connect(&commands_->preferences(), &PreferencesKeeper::changed, this, &MainWindow::share_picture_memory);
    share_picture_memory();
    const auto share_precision = [this] { session_.set_precision(commands_->preferences().now().precision); };
    connect(&commands_->preferences(), &PreferencesKeeper::changed, this, share_precision);
    share_precision();
    connect(commands_, &WindowCommands::failed, this, [this](const QString& reason) {
        show_session_message({SessionMessage::Kind::warning, reason});
    });
    auto& on = *actions_;
    new DraftBinding(session_, {*shot_panel_, *player_, commands_->preferences(), *on["shot.preview-typing"]}, this);
    connect(on["project.export"], &QAction::triggered, this, &MainWindow::export_with_bar);
    connect(on["project.export-options"], &QAction::triggered, this, &MainWindow::show_export_options);
    connect(on["project.quit"], &QAction::triggered, this, &QWidget::close);
    connect(on["player.play-storyboard"], &QAction::triggered, this, &MainWindow::play_storyboard);
    connect_edit_actions();
    connect_shot_actions();
    connect_view_actions();
}

void MainWindow::connect_edit_actions()
{
    auto& on = *actions_;
    connect(on["edit.undo"], &QAction::triggered, &session_, &StudioSession::undo);
    connect(on["edit.redo"], &QAction::triggered, &session_, &StudioSession::redo);
    connect(on["edit.history"], &QAction::toggled, this, &MainWindow::show_history_panel);
    connect(history_, &HistoryPanel::step_chosen, &session_, &StudioSession::go_to_step);
    connect(history_, &HistoryPanel::close_requested, this, [this] { (*actions_)["edit.history"]->setChecked(false); });
    connect(&session_, &StudioSession::project_opened, this, &MainWindow::update_edit_actions);
    connect(&session_, &StudioSession::project_changed, this, &MainWindow::update_edit_actions);
    // A drag becomes a step when it ends, and that changes nothing in the document any more.
    connect(&session_, &StudioSession::step_made, this, &MainWindow::update_edit_actions);
    update_edit_actions();
}

void MainWindow::update_edit_actions()
{
    const core::History& history = session_.document().history();
    const auto name = [](std::string_view step) {
        return QCoreApplication::translate("kinora::ui::HistoryPanel", std::string(step).c_str());
    };
    QAction* undo = (*actions_)["edit.undo"];
    QAction* redo = (*actions_)["edit.redo"];
    undo->setEnabled(history.can_undo());
    undo->setText(history.can_undo() ? tr("Undo: %1").arg(name(history.undo_name())) : tr("Undo"));
    redo->setEnabled(history.can_redo());
    redo->setText(history.can_redo() ? tr("Redo: %1").arg(name(history.redo_name())) : tr("Redo"));
    if (history_->isVisible()) history_->show_history(history);
}

void MainWindow::show_history_panel(bool shown)
{
    side_->setCurrentIndex(shown ? 1 : 0);
    if (!shown) return;
    history_->show_history(session_.document().history());
}

void MainWindow::show_side_page(int page)
{
    (*actions_)["edit.history"]->setChecked(false);
    tabs_->setCurrentIndex(page);
}

void MainWindow::connect_shot_actions()
{
    auto& on = *actions_;
    auto& session = session_;
    const auto take = [&session] { return session.shot() ? session.shot()->selected_take : std::string(); };
    connect(on["shot.generate"], &QAction::triggered, &session, &StudioSession::generate);
    connect(on["shot.add"], &QAction::triggered, this, [this] {
        session_.add_shot();
        shot_panel_->focus_prompt();
    });
    connect(on["shot.prompt"], &QAction::triggered, this, [this] { shot_panel_->focus_prompt(); });
    connect(on["shot.next-take"], &QAction::triggered, this, [this] { step_take(1); });
    connect(on["shot.previous-take"], &QAction::triggered, this, [this] { step_take(-1); });
    connect(on["shot.star-take"], &QAction::triggered, &session,
            [&session, take](bool starred) { session.star_take(take(), starred); });
    connect(on["shot.use-settings"], &QAction::triggered, &session, [&session, take] { session.use_settings_of(take()); });
    connect(on["shot.remove-take"], &QAction::triggered, &session, [&session, take] { session.remove_take(take()); });
    connect(on["shot.reveal-take"], &QAction::triggered, this, [this] {
        if (const auto* shown = session_.shot() ? core::selected_take(*session_.shot()) : nullptr)
            reveal(session_.file(core::clip_file(session_.project(), *shown)));
    });
    connect(on["queue.hold"], &QAction::triggered, &session.desk(), &JobDesk::set_held);
    connect(on["queue.clear-finished"], &QAction::triggered, &session.desk(), &JobDesk::clear_finished);
    connect(&session, &StudioSession::selection_changed, this, &MainWindow::update_shot_actions);
    connect(&session, &StudioSession::project_changed, this, &MainWindow::update_shot_actions);
    connect(&session.desk(), &JobDesk::jobs_changed, this, &MainWindow::update_shot_actions);
    update_shot_actions();
}

void MainWindow::step_take(int step)
{
    const auto* shot = session_.shot();
    if (!shot) return;
    const auto place = std::find_if(shot->takes.begin(), shot->takes.end(),
                                    [&](const core::Take& take) { return take.id == shot->selected_take; });
    const auto index = place - shot->takes.begin() + step;
    if (place == shot->takes.end() || index < 0 || index >= static_cast<std::ptrdiff_t>(shot->takes.size())) return;
    session_.select_take(shot->takes[static_cast<std::size_t>(index)].id);
}

void MainWindow::update_shot_actions()
{
    const auto* shot = session_.shot();
    const auto* take = shot ? core::selected_take(*shot) : nullptr;
    auto& on = *actions_;
    for (const char* name : {"shot.star-take", "shot.remove-take", "shot.reveal-take"})
        on[name]->setEnabled(take != nullptr);
    on["shot.use-settings"]->setEnabled(take != nullptr && take->recipe.has_value());
    on["shot.star-take"]->setChecked(take != nullptr && take->starred);
    const bool several = shot && shot->takes.size() > 1;
    on["shot.next-take"]->setEnabled(several && take != nullptr && take->id != shot->takes.back().id);
    on["shot.previous-take"]->setEnabled(several && take != nullptr && take->id != shot->takes.front().id);
    for (const char* name : {"shot.next-take", "shot.previous-take"})
        on[name]->setProperty("reason",
                              several ? tr("There is no take further that way") : tr("The shot has no second take"));
    on["shot.prompt"]->setEnabled(shot != nullptr);
    on["shot.generate"]->setEnabled(shot != nullptr);
    for (const char* name : {"shot.prompt", "shot.generate"})
        on[name]->setProperty("reason", tr("The storyboard has no shot yet"));
    on["queue.hold"]->setChecked(session_.desk().held());
    on["queue.clear-finished"]->setEnabled(!session_.desk().jobs().empty());
}

void MainWindow::connect_view_actions()
{
    auto& on = *actions_;
    const std::pair<const char*, int> pages[] = {
        {"view.takes", 0}, {"view.queue", 1}, {"view.library", 2}, {"view.models", 3}};
    for (const auto& [name, page] : pages)
        connect(on[name], &QAction::triggered, this, [this, at = page] { show_side_page(at); });
    connect(on["view.player"], &QAction::triggered, player_, [this] { player_->setFocus(Qt::ShortcutFocusReason); });
    connect(on["view.storyboard"], &QAction::triggered, storyboard_,
            [this] { storyboard_->setFocus(Qt::ShortcutFocusReason); });
    connect(on["view.full-screen"], &QAction::triggered, this, [this](bool full) {
        setWindowState(full ? windowState() | Qt::WindowFullScreen : windowState() & ~Qt::WindowFullScreen);
    });
    connect(on["view.menu"], &QAction::triggered, top_, &TopBar::open_menu);
    connect(on["help.diagnostics"], &QAction::triggered, this, &MainWindow::copy_diagnostics);
    connect(on["help.about"], &QAction::triggered, this, &MainWindow::show_about);
}

void MainWindow::show_about()
{
    if (about_ == nullptr) {
        about_ = new AboutSheet(this);
        connect(about_, &AboutSheet::diagnostics_requested, this, &MainWindow::copy_diagnostics);
        connect(about_, &AboutSheet::log_requested, this,
                [this] { reveal(QString::fromStdString(core::path_to_utf8(core::log_file()))); });
    }
    about_->open();
}

void MainWindow::copy_diagnostics()
{
    const auto work = [] { return QString::fromStdString(core::log_tail()); };
    session_.keeper().disk().run(&session_.keeper(), work, [self = QPointer(this)](const QString& log) {
        if (!self) return;
        const QString text = diagnostics(self->session_.engine().device) + QStringLiteral("\n\n") + log;
        QGuiApplication::clipboard()->setText(text);
        self->show_session_message(
            {SessionMessage::Kind::info, tr("The diagnostics are on the clipboard; paste them where you like.")});
    });
}

void MainWindow::share_picture_memory()
{
    constexpr qsizetype k_megabyte = qsizetype{1} << 20;
    const qsizetype all = commands_->preferences().now().picture_memory * k_megabyte;
    const qsizetype filmstrips = std::min(ThumbnailStore::k_budget, all * 3 / 16);
    thumbnails_->set_budget(filmstrips);
    clips_->set_budget(static_cast<std::size_t>(all - filmstrips));
}

}  // namespace kinora::ui
