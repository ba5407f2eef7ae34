#include "ui/meter/stall_log.h"

#include <QDateTime>
#include <QStringList>
#include <utility>

#include "core/base/paths.h"

namespace kinora::ui {

namespace {

const char* const k_figures = "# figures";

QString number(double value)
{
    return QString::number(value, 'f', 2);
}

double milliseconds(std::chrono::nanoseconds time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

core::Error damaged(const std::filesystem::path& file, int line)
{
    return core::make_error(core::ErrorKind::corrupt, core::path_to_utf8(file) + " is no stall log: line " +
                                                          std::to_string(line) + " isn't one of its.");
}

}  // namespace

core::Result<std::unique_ptr<StallLog>> StallLog::open(const std::filesystem::path& file, StallMeter& meter)
{
    std::ofstream out(file);
    if (!out)
        return core::make_error(core::ErrorKind::io, "The stall log " + core::path_to_utf8(file) +
                                                         " can't be written; name a file in a folder that can be.");
    return std::unique_ptr<StallLog>(new StallLog(std::move(out), meter));
}

StallLog::StallLog(std::ofstream out, StallMeter& meter) : out_(std::move(out)), meter_(meter)
{
    out_ << "# Kinora's stalls of more than " << StallMeter::k_limit.count()
         << " ms: time, ms away, ms computed, ms without a processor, ms waited, events, ms blamed, what" << std::endl;
    meter_.set_listener([this](const Stall& stall) { write(stall); });
}

StallLog::~StallLog()
{
    meter_.set_listener({});
    const StallFigures figures = meter_.figures();
    const QStringList columns{QString::number(figures.passes),
                              QString::number(figures.stalls),
                              number(figures.p50),
                              number(figures.p95),
                              number(figures.p99),
                              number(figures.worst),
                              QString::number(figures.own_stalls),
                              number(figures.own_p99),
                              number(figures.own_worst)};
    out_ << "# passes, stalls, p50, p95, p99, worst in ms; stalls, p99, worst without the time others had the processors\n"
         << k_figures << '\t' << columns.join(QLatin1Char('\t')).toStdString() << std::endl;
}

void StallLog::write(const Stall& stall)
{
    const QStringList columns{QDateTime::currentDateTime().toString(Qt::ISODateWithMs),
                              number(milliseconds(stall.duration)),
                              number(milliseconds(stall.cpu)),
                              number(milliseconds(stall.queued)),
                              number(milliseconds(stall.waited)),
                              QString::number(stall.events),
                              number(milliseconds(stall.what_took)),
                              stall.what};
    out_ << columns.join(QLatin1Char('\t')).toStdString() << std::endl;
}

core::Result<StallReport> read_stall_log(const std::filesystem::path& file)
{
    std::ifstream in(file);
    if (!in)
        return core::make_error(core::ErrorKind::not_found, "The stall log " + core::path_to_utf8(file) + " can't be read.");
    StallReport report;
    int at = 0;
    for (std::string line; std::getline(in, line);) {
        ++at;
        const bool figures = line.starts_with(k_figures);
        if (line.empty() || (line.front() == '#' && !figures)) continue;
        const QStringList columns = QString::fromStdString(line).split(QLatin1Char('\t'));
        if (columns.size() != (figures ? 10 : 8)) return damaged(file, at);
        const qsizetype first_number = 1;
        const qsizetype numbers = figures ? 9 : 6;
        std::vector<double> values;
        for (qsizetype column = first_number; column < first_number + numbers; ++column) {
            bool is_number = false;
            values.push_back(columns[column].toDouble(&is_number));
            if (!is_number || values.back() < 0) return damaged(file, at);
        }
        if (figures) {
            report.figures = {static_cast<std::uint64_t>(values[0]),
                              static_cast<std::uint64_t>(values[1]),
                              values[2],
                              values[3],
                              values[4],
                              values[5],
                              static_cast<std::uint64_t>(values[6]),
                              values[7],
                              values[8]};
        } else {
            report.stalls.push_back({columns[0].toStdString(), values[0], values[1], values[2], values[3],
                                     static_cast<int>(values[4]), values[5], columns[7].toStdString()});
        }
    }
    return report;
}

}  // namespace kinora::ui
