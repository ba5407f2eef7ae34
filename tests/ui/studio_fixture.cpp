#include "tests/ui/studio_fixture.h"

#include "tests/paths.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QPixmap>

namespace kinora::tests {

Studio::Studio(DrawnGenerator::Look look, QSize size) : generator(std::make_shared<DrawnGenerator>(look))
{
    open(drawn_engine(generator), {}, size);
}

Studio::Studio(ui::Engine engine, const std::filesystem::path& sample, QSize size)
{
    open(std::move(engine), sample, size);
}

void Studio::open(ui::Engine engine, const std::filesystem::path& sample, QSize size)
{
    const std::filesystem::path root = folder.path().toStdString();
    std::filesystem::create_directories(root / "state");
    std::filesystem::create_directories(root / "projects");
    ui::SessionPlaces places;
    places.state = root / "state";
    places.projects = root / "projects";
    places.sample = sample;
    session = std::make_unique<ui::StudioSession>(std::move(engine), places);
    window = std::make_unique<ui::MainWindow>(*session);
    window->resize(size);
    window->show();
    session->start();
    REQUIRE(QTest::qWaitForWindowExposed(window.get()));
    // A bare virtual screen has no window manager to give it the focus.
    QApplication::setActiveWindow(window.get());
    wait_for_project();
}

void Studio::wait_for(const std::function<bool()>& done, const char* what)
{
    INFO(what);
    QElapsedTimer timer;
    timer.start();
    while (!done() && timer.elapsed() < 60'000)
        QApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 20);
    REQUIRE(done());
}

void Studio::wait_for_project()
{
    wait_for([this] { return session->keeper().store() != nullptr && !session->models().empty(); },
             "a project and its models");
    QApplication::processEvents();
}

void Studio::wait_for_takes(std::size_t count)
{
    wait_for([this, count] { return session->shot() && session->shot()->takes.size() >= count; },
             "takes of the selected shot");
    wait_until_idle();
}

void Studio::wait_until_idle()
{
    wait_for([this] { return session->desk().unfinished() == 0; }, "an idle queue");
    QApplication::processEvents();
}

void Studio::type(const QString& text)
{
    // A bare virtual screen has no window manager that gives the keys back when a dialog closes.
    wait_for(
        [this] {
            if (QApplication::focusWidget() == nullptr) QApplication::setActiveWindow(window.get());
            return QApplication::focusWidget() != nullptr;
        },
        "something that takes the keys");
    QTest::keyClicks(QApplication::focusWidget(), text);
}

void Studio::click(QWidget* widget)
{
    QTest::mouseClick(widget->window()->windowHandle(), Qt::LeftButton, {},
                      widget->mapTo(widget->window(), widget->rect().center()));
    QApplication::processEvents();
}

void Studio::key(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : window.get(), key, modifiers);
    QApplication::processEvents();
}

void Studio::screenshot(const QString& name)
{
    screenshot(name, window.get());
}

void Studio::screenshot(const QString& name, QWidget* widget)
{
    QApplication::processEvents();
    const QString target = QString::fromStdString((binary_dir() / "screenshots").string());
    QDir().mkpath(target);
    REQUIRE(widget->grab().save(QStringLiteral("%1/%2.png").arg(target, name)));
}

}  // namespace kinora::tests
