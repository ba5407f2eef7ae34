#include "ui/player/screen_window.h"

#include <QApplication>
#include <QKeyEvent>
#include <QScreen>
#include <QVBoxLayout>
#include <QWindow>
#include <algorithm>

#include "ui/player/picture_canvas.h"
#include "ui/player/player_actions.h"
#include "ui/player/scrub_bar.h"
#include "ui/player/transport_bar.h"

namespace kinora::ui {

namespace {
constexpr int k_rest = 2500;  // milliseconds until the controls go
constexpr int k_widest = 1100;
constexpr int k_margin = 24;
}  // namespace

ScreenWindow::ScreenWindow(const PlayerActions& actions, const QString& title, QWidget* parent)
    : QWidget(parent, Qt::Window | Qt::FramelessWindowHint)
{
    setWindowTitle(title);
    setAccessibleName(title);
    setFocusPolicy(Qt::StrongFocus);
    canvas_ = new PictureCanvas(this);
    canvas_->set_bare(true);
    canvas_->set_texts(false);
    controls_ = new QWidget(canvas_);
    controls_->setProperty("kind", "panel");
    controls_->setAttribute(Qt::WA_StyledBackground);
    controls_->setCursor(Qt::ArrowCursor);
    scrub_ = new ScrubBar(controls_);
    bar_ = new TransportBar(actions, controls_);
    auto* column = new QVBoxLayout(controls_);
    column->setContentsMargins(16, 10, 16, 10);
    column->setSpacing(6);
    column->addWidget(scrub_);
    column->addWidget(bar_);
    controls_->hide();
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(canvas_);
    actions.add_to(this);
    rest_.setSingleShot(true);
    rest_.setInterval(k_rest);
    connect(&rest_, &QTimer::timeout, this, &ScreenWindow::hide_controls);
    connect(canvas_, &PictureCanvas::hand_moved, this, &ScreenWindow::show_controls);
    controls_->installEventFilter(this);
}

void ScreenWindow::show_on(QScreen* screen, bool takes_keys)
{
    setAttribute(Qt::WA_ShowWithoutActivating, !takes_keys);
    setGeometry(screen->geometry());  // for a screen without a window manager, and to be on the right one
    winId();
    windowHandle()->setScreen(screen);
    setGeometry(screen->geometry());
    showFullScreen();
    if (!takes_keys) return;
    raise();
    activateWindow();
    setFocus(Qt::OtherFocusReason);
}

bool ScreenWindow::controls_shown() const
{
    return controls_->isVisible();
}

void ScreenWindow::show_controls()
{
    canvas_->set_texts(true);
    unsetCursor();
    controls_->show();
    controls_->raise();
    rest_.start();
}

void ScreenWindow::hide_controls()
{
    // Not from under the hand, and not while a menu of theirs is open.
    if (controls_->underMouse() || QApplication::activePopupWidget() != nullptr) return rest_.start();
    controls_->hide();
    canvas_->set_texts(false);
    setCursor(Qt::BlankCursor);
}

void ScreenWindow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const int width = std::min(this->width() - 2 * k_margin, k_widest);
    const int height = controls_->sizeHint().height();
    controls_->setGeometry((this->width() - width) / 2, this->height() - height - k_margin, width, height);
}

void ScreenWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && !scrub_->cancel_drag()) Q_EMIT left();
}

void ScreenWindow::closeEvent(QCloseEvent* event)
{
    QWidget::closeEvent(event);
    Q_EMIT left();
}

bool ScreenWindow::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Enter || event->type() == QEvent::MouseMove) rest_.start();
    return QWidget::eventFilter(watched, event);
}

}  // namespace kinora::ui
