#include "ui/window/main_window.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/history/history_panel.h"
#include "ui/models/model_desk.h"
#include "ui/panels/library_panel.h"
#include "ui/panels/models_panel.h"
#include "ui/panels/queue_panel.h"
#include "ui/panels/takes_panel.h"
#include "ui/player/bar_button.h"
#include "ui/player/player_widget.h"
#include "ui/player/thumbnail_store.h"
#include "ui/project/project_strip.h"
#include "ui/shot/shot_panel.h"
#include "ui/storyboard/storyboard_widget.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/image_loader.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/export_popover.h"
#include "ui/window/focus_round.h"
#include "ui/window/top_bar.h"
#include "ui/window/window_actions.h"

namespace kinora::ui {

MainWindow::MainWindow(StudioSession& session, QWidget* parent)
    : QMainWindow(parent),
      session_(session),
      clips_(std::make_shared<media::ClipCache>()),
      thumbnails_(std::make_shared<ThumbnailStore>()),
      images_(new ImageLoader(this)),
      actions_(new WindowActions(this))
{
    setWindowTitle(QStringLiteral("Kinora"));
    resize(1600, 1000);
    setMinimumSize(1000, 620);
    build();
    connect_shot_panel();
    connect_player();
    connect_storyboard();
    connect_side();
    connect_top();
    connect_session();
    connect_models();
    add_stall_meter();
    connect_actions();
    connect(qApp, &QApplication::focusChanged, this, &MainWindow::show_hints);
    if (session_.keeper().store()) show_project();
    shot_panel_->focus_prompt();
    show_hints();
}

MainWindow::~MainWindow()
{
    // The parts ask the session while they go; it outlives the window, its signals shall not reach it any more.
    disconnect(&session_, nullptr, this, nullptr);
    disconnect(qApp, nullptr, this, nullptr);
}

void MainWindow::build()
{
    auto* root = new QWidget(this);
    root->setObjectName(QStringLiteral("Window"));
    root->setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(root);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    top_ = new TopBar(root);
    top_->set_device(session_.engine().device);
    shot_panel_ = new ShotPanel(root);
    player_ = new PlayerWidget(clips_, thumbnails_, root);
    player_->installEventFilter(this);
    message_ = new MessageBar(player_);
    message_->installEventFilter(this);
    storyboard_ = new StoryboardWidget(thumbnails_, root);
    columns_ = new QSplitter(Qt::Horizontal, root);
    columns_->addWidget(shot_panel_);
    columns_->addWidget(player_);
    columns_->addWidget(build_side());
    columns_->setStretchFactor(1, 1);
    rows_ = new QSplitter(Qt::Vertical, root);
    rows_->addWidget(columns_);
    rows_->addWidget(storyboard_);
    rows_->setStretchFactor(0, 1);
    for (auto* splitter : {columns_, rows_}) {
        splitter->setHandleWidth(1);
        splitter->setChildrenCollapsible(false);
        connect(splitter, &QSplitter::splitterMoved, this, [this] { divided_ = true; });
    }
    shot_panel_->setMinimumWidth(300);
    player_->setMinimumWidth(448);
    storyboard_->setMinimumHeight(150);
    strip_ = new ProjectStrip(root);
    column->addWidget(top_);
    column->addWidget(strip_);
    column->addWidget(rows_, 1);
    column->addWidget(build_status());
    setCentralWidget(root);
    export_ = new ExportPopover(this);
    const auto& enhances = session_.engine().enhances;
    export_->set_interpolates(enhances && enhances(core::Verb::interpolate));
}

QWidget* MainWindow::build_side()
{
    side_ = new QStackedWidget;
    side_->setProperty("kind", "panel");
    side_->setAttribute(Qt::WA_StyledBackground);
    side_->setMinimumWidth(240);
    auto* tabbed = new QWidget(side_);
    auto* column = new QVBoxLayout(tabbed);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(0);
    tabs_ = new QTabBar(tabbed);
    tabs_->setDrawBase(false);
    tabs_->setExpanding(false);
    tabs_->setUsesScrollButtons(false);
    tabs_->setAccessibleName(tr("Side panel"));
    tabs_->setFocusPolicy(Qt::TabFocus);
    pages_ = new QStackedWidget(tabbed);
    takes_ = new TakesPanel(thumbnails_, pages_);
    queue_ = new QueuePanel(pages_);
    library_ = new LibraryPanel(thumbnails_, pages_);
    model_desk_ = new ModelDesk(ModelShelf::standard(), this);
    models_ = new ModelsPanel(*model_desk_, pages_);
    const std::pair<QString, QWidget*> pages[] = {
        {tr("Takes"), takes_}, {tr("Queue"), queue_}, {tr("Library"), library_}, {tr("Models"), models_}};
    for (const auto& [name, page] : pages) {
        tabs_->addTab(name);
        pages_->addWidget(page);
    }
    auto* tab_row = new QHBoxLayout;
    tab_row->setContentsMargins(10, 0, 6, 0);
    tab_row->addWidget(tabs_);
    tab_row->addStretch(1);
    tab_row->addWidget(BarButton::with_action((*actions_)["edit.history"], tabbed));
    auto* line = new QFrame(tabbed);
    line->setFixedHeight(1);
    line->setObjectName(QStringLiteral("Line"));
    column->addLayout(tab_row);
    column->addWidget(line);
    column->addWidget(pages_, 1);
    connect(tabs_, &QTabBar::currentChanged, pages_, &QStackedWidget::setCurrentIndex);
    history_ = new HistoryPanel(side_);
    side_->addWidget(tabbed);
    side_->addWidget(history_);
    return side_;
}

QWidget* MainWindow::build_status()
{
    auto* status = new QWidget;
    status->setProperty("kind", "panel");
    status->setAttribute(Qt::WA_StyledBackground);
    status->setFixedHeight(26);
    auto* row = new QHBoxLayout(status);
    row->setContentsMargins(14, 0, 14, 0);
    hints_ = new ElidedLabel({}, status);
    hints_->setProperty("kind", "small");
    row->addWidget(hints_, 1);
    row->addWidget(make_label(tr("Nothing leaves this computer"), "small", status));
    return status;
}

void MainWindow::divide_space()
{
    const int side = width() >= 1440 ? 304 : 298;
    const int shot = width() >= 1440 ? 340 : 316;
    columns_->setSizes({shot, width() - shot - side - 2, side});
    const int inner = height() - 40 - 26 - 3;
    const int board = std::clamp(static_cast<int>(height() * 0.27), 186, 290);
    rows_->setSizes({inner - board, board});
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    if (!divided_) divide_space();
}

void MainWindow::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    if (!divided_) divide_space();
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    const bool moved =
        event->type() == QEvent::Resize || event->type() == QEvent::Show || event->type() == QEvent::LayoutRequest;
    if (moved && (watched == player_ || watched == message_)) place_message();
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::place_message()
{
    // Above the scrub bar, in the picture's surround: it covers little, and nothing moves when it comes.
    constexpr int k_transport = 92;
    const int width = std::min(player_->width() - 32, 560);
    const int height = message_->heightForWidth(width) > 0 ? message_->heightForWidth(width) : message_->sizeHint().height();
    message_->setGeometry((player_->width() - width) / 2, player_->height() - k_transport - height - 14, width, height);
    message_->raise();
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        player_->setFocus(Qt::ShortcutFocusReason);
    else if (event->key() == Qt::Key_Space && storyboard_->isAncestorOf(focusWidget()))
        play_storyboard();
    else
        QMainWindow::keyPressEvent(event);
}

bool MainWindow::focusNextPrevChild(bool next)
{
    // By what is seen rather than by what was made first: rows and buttons come and go.
    return move_focus({top_, shot_panel_, player_, side_, storyboard_}, next) || QMainWindow::focusNextPrevChild(next);
}

}  // namespace kinora::ui
