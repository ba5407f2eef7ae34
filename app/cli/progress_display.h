#pragma once

#include <string>

#include "core/generation/generator.h"

namespace kinora::cli {

/// Progress on the standard error: one bar that is drawn over itself on a terminal; elsewhere (a file, a pipe) a line when a
/// stage begins and for every tenth of the work. Used from one thread.
class ProgressDisplay {
public:
    enum class Form { automatic, silent };
    explicit ProgressDisplay(Form form);
    ProgressDisplay(const ProgressDisplay&) = delete;
    ProgressDisplay& operator=(const ProgressDisplay&) = delete;
    ~ProgressDisplay() { clear(); }

    /// A report of the engine.
    void show(const core::Progress& progress);
    /// Any other work: "writing", 12 of 33.
    void show(const std::string& what, int done, int total);
    /// Takes the bar away, so that a line can be written.
    void clear();

private:
    void draw(const std::string& what, double fraction, double seconds_left);
    void draw_bar(const std::string& what, double fraction, double seconds_left);
    void print_line(const std::string& what, double fraction);

    bool silent_;
    bool terminal_;
    bool drawn_ = false;
    std::string stage_;  ///< of the last line
    int tenths_ = -1;
};

}  // namespace kinora::cli
