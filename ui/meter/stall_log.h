#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "ui/meter/stall_meter.h"

namespace kinora::ui {

/// Writes every stall into a text file, at once, so that it is there whatever comes after. One line a stall, columns
/// divided by tabs: time of day (ISO 8601), milliseconds away, of it computed, without a processor, and waiting for
/// somebody, events, milliseconds of what is blamed, and what is blamed. Lines that begin with # are for people, but for the
/// last: the figures of all passes.
class StallLog {
public:
    /// `io` if the file can't be written.
    [[nodiscard]] static core::Result<std::unique_ptr<StallLog>> open(const std::filesystem::path& file, StallMeter& meter);
    /// Ends the log with the figures.
    ~StallLog();
    StallLog(const StallLog&) = delete;
    StallLog& operator=(const StallLog&) = delete;

private:
    StallLog(std::ofstream out, StallMeter& meter);
    void write(const Stall& stall);

    std::ofstream out_;
    StallMeter& meter_;
};

/// A line of the log.
struct LoggedStall {
    std::string time;
    double milliseconds = 0;
    double computed = 0;
    double queued = 0;  ///< others had the processors
    double waited = 0;
    int events = 0;
    double blamed = 0;
    std::string what;
};

/// What a log says.
struct StallReport {
    std::vector<LoggedStall> stalls;
    StallFigures figures;  ///< zero if the program didn't end by itself
};

/// `corrupt` names the line that isn't one.
[[nodiscard]] core::Result<StallReport> read_stall_log(const std::filesystem::path& file);

}  // namespace kinora::ui
