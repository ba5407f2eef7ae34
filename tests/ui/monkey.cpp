#include "tests/ui/monkey.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDesktopServices>
#include <QDropEvent>
#include <QFileDialog>
#include <QLineEdit>
#include <QMimeData>
#include <QTimer>
#include <QUrl>
#include <QWheelEvent>
#include <QWindow>

#include "tests/ui/storyboard_film.h"
#include "tests/ui/test_clips.h"
#include "ui/storyboard/storyboard_view.h"
#include "ui/storyboard/storyboard_widget.h"

namespace kinora::tests {

namespace {

constexpr int k_nested_after = 60;  // milliseconds after which an action that hasn't ended has a loop of its own
constexpr int k_batch = 40;

}  // namespace

Monkey::Monkey(Studio& studio, Options options)
    : studio_(studio), options_(std::move(options)), random_(options_.seed), log_(options_.log)
{
    // A handler that has no such method: nothing is opened in another program.
    for (const char* scheme : {"file", "http", "https"})
        QDesktopServices::setUrlHandler(QLatin1String(scheme), this, "nothing");
    studio_.window->storyboard()->view()->set_drag_starter([](const auto&, const auto&) {});
    qApp->installEventFilter(this);
    const std::filesystem::path folder = std::filesystem::path(studio_.folder.path().toStdString()) / "media";
    std::filesystem::create_directories(folder);
    write_tone(folder / "tone.wav", 4);
    QImage still(320, 192, QImage::Format_RGB32);
    still.fill(QColor("#335577"));
    still.save(QString::fromStdString((folder / "still.png").string()));
    static_cast<void>(write_test_clip(folder / "clip.mp4", 24, core::FrameRate{24}, QColor("#664422")));
    std::ofstream(folder / "broken.mp4") << "no film at all";
    for (const char* name : {"tone.wav", "still.png", "clip.mp4", "broken.mp4"})
        media_.append(QString::fromStdString((folder / name).string()));
}

Monkey::~Monkey()
{
    for (const char* scheme : {"file", "http", "https"})
        QDesktopServices::unsetUrlHandler(QLatin1String(scheme));
}

bool Monkey::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Show) {
        // At once: under its own menu, which Qt keeps on the stack as its child, it could not go.
        if (auto* dialog = qobject_cast<QFileDialog*>(watched)) {
            QMetaObject::invokeMethod(
                dialog,
                [dialog] {
                    if (QApplication::activePopupWidget() != nullptr) QApplication::activePopupWidget()->close();
                    QTimer::singleShot(0, dialog, &QDialog::reject);
                },
                Qt::QueuedConnection);
        }
    }
    if (event->type() == QEvent::Close && watched == studio_.window.get()) {
        event->ignore();
        return true;
    }
    return QObject::eventFilter(watched, event);
}

std::string Monkey::run()
{
    clock_.start();
    begin_another_project();
    later(0);
    loop_.exec();
    return wrong_;
}

void Monkey::later(int milliseconds)
{
    QTimer::singleShot(milliseconds, this, [this] { tick(); });
}

void Monkey::tick()
{
    if (!wrong_.empty() || (clock_.elapsed() > options_.seconds * 1000 && acting_ == 0)) return loop_.quit();
    // Events that an action sends are handled at once, this one among them; only a loop of its own (a menu) goes on acting.
    if (checking_ || (acting_ > 0 && acting_since_.elapsed() < k_nested_after) || acting_ > 3) {
        if (acting_ > 3) QTest::keyClick(target(), Qt::Key_Escape);
        return later(5);
    }
    later(0);
    ++acting_;
    acting_since_.start();
    act();
    --acting_;
    acting_since_.start();
    if (acting_ > 0 || ++actions_ % k_batch != 0) return;
    checking_ = true;
    settle();
    check();
    checking_ = false;
}

void Monkey::act()
{
    const std::int64_t what = number(0, 99);
    if (what < 24) return click();
    if (what < 46) return drag();
    if (what < 52) return wheel();
    if (what < 72) return press_key();
    if (what < 76) return type_words();
    if (what < 92) return use_shortcut();
    if (what < 93) return drop_file();
    if (what < 94) return resize_window();
    if (what < 96) return leave_text();
    wait_a_little();
}

std::int64_t Monkey::number(std::int64_t least, std::int64_t most)
{
    // Not a distribution of the library: the same seed shall do the same everywhere.
    return least + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(most - least + 1));
}

void Monkey::say(const std::string& what)
{
    log_ << clock_.elapsed() << ' ' << what << std::endl;
}

QWidget* Monkey::target()
{
    if (auto* popup = QApplication::activePopupWidget()) return popup;
    if (auto* modal = QApplication::activeModalWidget()) return modal;
    return studio_.window.get();
}

QPoint Monkey::place_in(QWidget* window)
{
    const QRect all = window->rect();
    if (window == studio_.window.get() && chance(55)) {
        auto* board = studio_.window->storyboard()->view();
        const QPoint corner = board->mapTo(window, QPoint());
        return corner +
               QPoint(static_cast<int>(number(0, board->width() - 1)), static_cast<int>(number(0, board->height() - 1)));
    }
    // Now and then beside a popup, which closes it.
    const int beside = window != studio_.window.get() && chance(8) ? 30 : 0;
    return {static_cast<int>(number(-beside, all.width() - 1)), static_cast<int>(number(-beside, all.height() - 1))};
}

Qt::KeyboardModifiers Monkey::modifiers()
{
    Qt::KeyboardModifiers keys;
    if (chance(12)) keys |= Qt::ShiftModifier;
    if (chance(12)) keys |= Qt::ControlModifier;
    if (chance(12)) keys |= Qt::AltModifier;
    return keys;
}

void Monkey::click()
{
    QWidget* window = target();
    const QPoint at = place_in(window);
    const auto keys = modifiers();
    const auto button = chance(12) ? Qt::RightButton : chance(4) ? Qt::MiddleButton : Qt::LeftButton;
    const bool twice = chance(12);
    say("click " + std::to_string(at.x()) + ' ' + std::to_string(at.y()) + (twice ? " twice" : "") + " button " +
        std::to_string(button));
    QWindow* handle = window->windowHandle();
    if (handle == nullptr) return;
    twice ? QTest::mouseDClick(handle, button, keys, at) : QTest::mouseClick(handle, button, keys, at);
}

void Monkey::drag()
{
    QWidget* window = target();
    const QPoint from = place_in(window);
    const QPoint to = chance(60) ? from + QPoint(static_cast<int>(number(-200, 200)), static_cast<int>(number(-40, 40)))
                                 : place_in(window);
    const auto keys = modifiers();
    say("drag " + std::to_string(from.x()) + ' ' + std::to_string(from.y()) + " to " + std::to_string(to.x()) + ' ' +
        std::to_string(to.y()));
    const QPointer<QWindow> handle = window->windowHandle();
    if (!handle) return;
    QTest::mousePress(handle, Qt::LeftButton, keys, from);
    const int steps = static_cast<int>(number(1, 8));
    for (int step = 1; step <= steps && handle; ++step) {
        QTest::mouseMove(handle, from + (to - from) * step / steps);
        // The move may have closed what was under the hand.
        if (chance(3) && handle) QTest::keyClick(handle, Qt::Key_Escape);
    }
    // The button is released wherever the hand is, even if the window under it is gone.
    if (handle)
        QTest::mouseRelease(handle, Qt::LeftButton, keys, to);
    else
        QTest::mouseRelease(studio_.window->windowHandle(), Qt::LeftButton, keys, to);
}

void Monkey::wheel()
{
    QWidget* window = target();
    const QPoint at = place_in(window);
    const QPoint angle = chance(80) ? QPoint(0, chance(50) ? 120 : -120) : QPoint(chance(50) ? 120 : -120, 0);
    const auto keys = modifiers();
    say("wheel " + std::to_string(at.x()) + ' ' + std::to_string(at.y()));
    QWindow* handle = window->windowHandle();
    if (handle == nullptr) return;
    QWheelEvent event(at, window->mapToGlobal(at), {}, angle, Qt::NoButton, keys, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(handle, &event);
}

bool Monkey::is_path_field(const QWidget* widget)
{
    const auto* line = qobject_cast<const QLineEdit*>(widget);
    return line != nullptr &&
           (line->text().contains(QLatin1Char('/')) || line->placeholderText().contains(QLatin1Char('/')));
}

void Monkey::press_key()
{
    static const Qt::Key k_keys[] = {
        Qt::Key_Left,   Qt::Key_Right,     Qt::Key_Up,       Qt::Key_Down,        Qt::Key_Home,        Qt::Key_End,
        Qt::Key_Delete, Qt::Key_Backspace, Qt::Key_Return,   Qt::Key_Escape,      Qt::Key_Tab,         Qt::Key_Backtab,
        Qt::Key_Space,  Qt::Key_PageUp,    Qt::Key_PageDown, Qt::Key_J,           Qt::Key_K,           Qt::Key_L,
        Qt::Key_I,      Qt::Key_O,         Qt::Key_S,        Qt::Key_Q,           Qt::Key_W,           Qt::Key_M,
        Qt::Key_N,      Qt::Key_A,         Qt::Key_C,        Qt::Key_V,           Qt::Key_X,           Qt::Key_Z,
        Qt::Key_D,      Qt::Key_T,         Qt::Key_B,        Qt::Key_G,           Qt::Key_F,           Qt::Key_1,
        Qt::Key_2,      Qt::Key_5,         Qt::Key_Plus,     Qt::Key_Minus,       Qt::Key_Comma,       Qt::Key_Period,
        Qt::Key_F2,     Qt::Key_F11,       Qt::Key_Slash,    Qt::Key_BracketLeft, Qt::Key_BracketRight};
    QWidget* window = target();
    QWidget* focus = window->focusWidget() != nullptr ? window->focusWidget() : window;
    if (is_path_field(focus)) return;
    const Qt::Key key = k_keys[static_cast<std::size_t>(number(0, static_cast<std::int64_t>(std::size(k_keys)) - 1))];
    const auto keys = modifiers();
    say("key " + std::to_string(key) + " with " + std::to_string(keys.toInt()));
    QTest::keyClick(focus, key, keys);
}

void Monkey::type_words()
{
    static const char* const k_words[] = {"boat ",  "(fog:1.3) ", "{dawn|dusk} ", "$hero ", "__place__ ", "[0-2s] ",
                                          "Ärmel ", "海 ",        "((",           "1:2",    "12.5 ",      "\n"};
    QWidget* window = target();
    QWidget* focus = window->focusWidget();
    if (focus == nullptr || is_path_field(focus)) return;
    const QString text = QString::fromUtf8(k_words[static_cast<std::size_t>(number(0, 11))]);
    say("type " + text.toStdString());
    for (const QChar letter : text) {
        QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, QString(letter));
        QKeyEvent release(QEvent::KeyRelease, 0, Qt::NoModifier, QString(letter));
        const QPointer<QWidget> still = focus;
        QCoreApplication::sendEvent(focus, &press);
        if (!still) return;
        QCoreApplication::sendEvent(focus, &release);
        if (!still) return;
    }
}

void Monkey::use_shortcut()
{
    std::vector<QAction*> actions;
    for (auto* action : studio_.window->findChildren<QAction*>())
        if (!action->shortcut().isEmpty()) actions.push_back(action);
    if (actions.empty()) return;
    auto* action = actions[static_cast<std::size_t>(number(0, static_cast<std::int64_t>(actions.size()) - 1))];
    const QKeyCombination keys = action->shortcut()[0];
    QWidget* window = target();
    QWidget* focus = window->focusWidget() != nullptr ? window->focusWidget() : window;
    if (is_path_field(focus)) return;
    say("shortcut " + action->text().toStdString());
    QTest::keyClick(focus, keys.key(), keys.keyboardModifiers());
}

void Monkey::drop_file()
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(media_[number(0, media_.size() - 1)])});
    auto* port = studio_.window->storyboard()->view()->viewport();
    if (QApplication::activePopupWidget() != nullptr || QApplication::activeModalWidget() != nullptr) return;
    const QPoint at(static_cast<int>(number(0, port->width() - 1)), static_cast<int>(number(0, port->height() - 1)));
    say("drop " + data.urls().front().fileName().toStdString() + " at " + std::to_string(at.x()) + ' ' +
        std::to_string(at.y()));
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(port, &enter);
    QDragMoveEvent move(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(port, &move);
    if (chance(15)) {
        QDragLeaveEvent leave;
        QCoreApplication::sendEvent(port, &leave);
        return;
    }
    QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(port, &drop);
}

void Monkey::resize_window()
{
    const QSize size(static_cast<int>(number(1000, 1900)), static_cast<int>(number(620, 1150)));
    say("resize " + std::to_string(size.width()) + ' ' + std::to_string(size.height()));
    studio_.window->showNormal();
    studio_.window->resize(size);
}

void Monkey::leave_text()
{
    // Most keys mean something only where nothing is written.
    say("to the storyboard");
    if (QApplication::activePopupWidget() == nullptr && QApplication::activeModalWidget() == nullptr)
        studio_.window->storyboard()->setFocus();
}

void Monkey::wait_a_little()
{
    const int milliseconds = static_cast<int>(chance(90) ? number(1, 30) : number(30, 400));
    QTest::qWait(milliseconds);
}

}  // namespace kinora::tests
