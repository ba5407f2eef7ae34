#pragma once

#include <QTemporaryDir>
#include <QTest>
#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>

#include "tests/ui/test_engine.h"
#include "ui/session/studio_session.h"
#include "ui/window/main_window.h"

namespace kinora::tests {

/// A whole studio on a fresh profile with the drawn generator.
struct Studio {
    explicit Studio(DrawnGenerator::Look look = DrawnGenerator::Look::numbered, QSize size = {1600, 1000});
    /// On a fresh profile with another engine, beginning with a sample project where one is named. Has no `generator`.
    Studio(ui::Engine engine, const std::filesystem::path& sample, QSize size = {1600, 1000});

    /// Handles events until `done`, at most 60 s; fails the test otherwise.
    static void wait_for(const std::function<bool()>& done, const char* what);
    void wait_for_project();
    void wait_for_takes(std::size_t count);
    void wait_until_idle();

    /// Types into whatever has the focus, letter by letter.
    void type(const QString& text);
    void click(QWidget* widget);
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {});
    /// Saves a picture of the window into the build folder's `screenshots`.
    void screenshot(const QString& name);
    static void screenshot(const QString& name, QWidget* widget);

    QTemporaryDir folder;
    std::shared_ptr<DrawnGenerator> generator;
    std::unique_ptr<ui::StudioSession> session;
    std::unique_ptr<ui::MainWindow> window;

private:
    void open(ui::Engine engine, const std::filesystem::path& sample, QSize size);
};

}  // namespace kinora::tests
