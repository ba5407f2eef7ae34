#include "app/cli/progress_display.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace kinora::cli {
namespace {

/// Over at once; what follows (writing the file) tells of itself.
constexpr const char* k_last_stage = "finishing";

const char* name_of(core::Stage stage)
{
    switch (stage) {
        case core::Stage::loading:
            return "loading";
        case core::Stage::encoding_text:
            return "reading the prompt";
        case core::Stage::sampling:
            return "sampling";
        case core::Stage::decoding:
            return "decoding";
        case core::Stage::finishing:
            break;
    }
    return k_last_stage;
}

int columns()
{
    winsize size{};
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return 80;
}

bool is_terminal()
{
    const char* const kind = std::getenv("TERM");
    return isatty(STDERR_FILENO) != 0 && kind != nullptr && std::string_view(kind) != "dumb";
}

std::string left_text(double seconds)
{
    if (seconds < 0) return {};
    const int whole = static_cast<int>(std::ceil(seconds));
    return whole < 60 ? fmt::format("  {} s left", whole) : fmt::format("  {}:{:02} min left", whole / 60, whole % 60);
}

}  // namespace

ProgressDisplay::ProgressDisplay(Form form) : silent_(form == Form::silent), terminal_(is_terminal()) {}

void ProgressDisplay::show(const core::Progress& progress)
{
    std::string what = name_of(progress.stage);
    if (progress.stage == core::Stage::sampling && progress.steps > 0)
        what += fmt::format(" {}/{}", progress.step, progress.steps);
    draw(what, progress.fraction, progress.seconds_left);
}

void ProgressDisplay::show(const std::string& what, int done, int total)
{
    draw(what, total > 0 ? static_cast<double>(done) / total : 0.0, -1);
}

void ProgressDisplay::clear()
{
    if (drawn_) fmt::print(stderr, "\r\x1b[K");
    drawn_ = false;
}

void ProgressDisplay::draw(const std::string& what, double fraction, double seconds_left)
{
    if (silent_ || what == k_last_stage) return;
    const double within = std::clamp(fraction, 0.0, 1.0);
    if (terminal_) {
        draw_bar(what, within, seconds_left);
    } else {
        print_line(what, within);
    }
}

void ProgressDisplay::draw_bar(const std::string& what, double fraction, double seconds_left)
{
    const std::string figures = fmt::format(" {:3.0f} %{}", std::floor(100 * fraction), left_text(seconds_left));
    const std::string label = fmt::format("{:<18} ", what);
    const int room = std::clamp(columns() - 1 - static_cast<int>(label.size() + figures.size()), 0, 40);
    const int full = static_cast<int>(std::lround(room * fraction));
    std::string bar;
    for (int i = 0; i < room; ++i)
        bar += i < full ? "█" : "·";
    const std::string line = label + bar + figures;
    fmt::print(stderr, "\r{}\x1b[K", line);
    std::fflush(stderr);
    drawn_ = true;
}

void ProgressDisplay::print_line(const std::string& what, double fraction)
{
    const std::string stage = what.substr(0, what.find_first_of("0123456789"));
    const int tenths = static_cast<int>(10 * fraction);
    if (stage == stage_ && tenths == tenths_) return;
    stage_ = stage;
    tenths_ = tenths;
    fmt::print(stderr, "{:3.0f} % {}\n", std::floor(100 * fraction), what);
}

}  // namespace kinora::cli
