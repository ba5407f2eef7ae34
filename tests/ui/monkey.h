#pragma once

#include <QElapsedTimer>
#include <QEventLoop>
#include <QObject>
#include <QPoint>
#include <QPointer>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/ui/studio_fixture.h"

namespace kinora::tests {

/// Someone who presses everything: seeded mouse, key, wheel and drop events on the real window, in the event loop, so that
/// menus and drags with loops of their own get theirs too. Dialogs that choose files are turned away and nothing is opened
/// outside; a folder with a few media files lies ready to be dropped. What it does is written into `log`, line by line.
class Monkey : public QObject {
public:
    struct Options {
        unsigned seed = 1;
        double seconds = 20;
        int picture_memory = 256;  ///< megabytes of the preference, set anew at each project: the caches fill up early
        std::filesystem::path log;
    };
    Monkey(Studio& studio, Options options);
    ~Monkey() override;

    /// Runs until the time is over or a check failed. Gives what is wrong, or nothing.
    [[nodiscard]] std::string run();

    [[nodiscard]] std::int64_t actions() const { return actions_; }
    [[nodiscard]] int checks() const { return checks_; }
    [[nodiscard]] int projects() const { return projects_; }
    /// Megabytes of the process, once after each project that was begun, when nothing is under way.
    [[nodiscard]] const std::vector<double>& memory() const { return memory_; }
    /// Megabytes in use on the heap at the same moments, without what the caches of pictures hold.
    [[nodiscard]] const std::vector<double>& heap() const { return heap_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void tick();
    void act();
    void later(int milliseconds);

    // what it does
    void click();
    void drag();
    void wheel();
    void press_key();
    void type_words();
    void use_shortcut();
    void drop_file();
    void resize_window();
    void wait_a_little();
    void leave_text();

    // monkey_checks.cpp: what must hold
    void settle();
    void check();
    void check_history();
    void begin_another_project();
    void expect(bool holds, const std::string& what);

    [[nodiscard]] std::int64_t number(std::int64_t least, std::int64_t most);
    [[nodiscard]] bool chance(int percent) { return number(0, 99) < percent; }
    [[nodiscard]] QWidget* target();
    [[nodiscard]] QPoint place_in(QWidget* window);
    [[nodiscard]] Qt::KeyboardModifiers modifiers();
    void say(const std::string& what);
    /// A field that holds a path, or might: nothing is typed there.
    [[nodiscard]] static bool is_path_field(const QWidget* widget);

    Studio& studio_;
    Options options_;
    std::mt19937 random_;
    std::ofstream log_;
    QEventLoop loop_;
    QElapsedTimer clock_;
    QElapsedTimer acting_since_;
    int acting_ = 0;
    std::int64_t actions_ = 0;
    int checks_ = 0;
    int projects_ = 0;
    bool checking_ = false;
    std::vector<double> memory_;
    std::vector<double> heap_;
    std::string wrong_;
    QStringList media_;
};

/// Resident megabytes of this process.
[[nodiscard]] double resident_megabytes();
/// Megabytes that this process has in use on the heap; 0 where the library doesn't tell.
[[nodiscard]] double heap_megabytes();

}  // namespace kinora::tests
