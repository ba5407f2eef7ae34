#include "core/project/backups.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <system_error>

#include "core/base/file.h"
#include "core/base/json_text.h"
#include "core/base/paths.h"
#include "core/project/project_json.h"

#include <nlohmann/json.hpp>

namespace kinora::core {
namespace {

namespace fs = std::filesystem;
using Time = std::chrono::sys_time<std::chrono::milliseconds>;

constexpr std::size_t k_newest = 5;
constexpr std::size_t k_hours = 8;
constexpr std::size_t k_days = 7;
constexpr std::uint64_t k_largest_project = 512ULL << 20U;

/// "20261122-181530-123", UTC.
std::string time_name(Time time)
{
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    return fmt::format("{:04}{:02}{:02}-{:02}{:02}{:02}-{:03}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

bool digits(std::string_view text, std::size_t at, std::size_t count, int& value)
{
    const auto read = std::from_chars(text.data() + at, text.data() + at + count, value);
    return read.ec == std::errc{} && read.ptr == text.data() + at + count && value >= 0;
}

/// The time in "project-20261122-181530-123.json".
std::optional<Time> time_of(std::string_view name)
{
    constexpr std::string_view k_pattern = "project-00000000-000000-000.json";
    if (name.size() != k_pattern.size()) return std::nullopt;
    for (std::size_t i = 0; i < name.size(); ++i)
        if (k_pattern[i] != '0' && name[i] != k_pattern[i]) return std::nullopt;
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, milli = 0;
    if (!digits(name, 8, 4, year) || !digits(name, 12, 2, month) || !digits(name, 14, 2, day) ||
        !digits(name, 17, 2, hour) || !digits(name, 19, 2, minute) || !digits(name, 21, 2, second) ||
        !digits(name, 24, 3, milli))
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second) + std::chrono::milliseconds(milli);
}

Time now_milliseconds()
{
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace

std::vector<Backup> list_backups(const fs::path& project_folder)
{
    std::vector<Backup> backups;
    std::error_code error;
    for (fs::directory_iterator entry(project_folder / "backups", error), end; !error && entry != end;
         entry.increment(error)) {
        const auto time = time_of(entry->path().filename().string());
        if (time) backups.push_back({entry->path(), *time});
    }
    std::sort(backups.begin(), backups.end(), [](const Backup& a, const Backup& b) { return a.time > b.time; });
    return backups;
}

std::vector<Backup> backups_to_remove(const std::vector<Backup>& backups)
{
    std::vector<Backup> remove;
    std::set<std::chrono::sys_time<std::chrono::hours>> hours;
    std::set<std::chrono::sys_days> days;
    for (std::size_t i = 0; i < backups.size(); ++i) {
        if (i < k_newest) continue;
        const auto hour = std::chrono::floor<std::chrono::hours>(backups[i].time);
        const auto day = std::chrono::floor<std::chrono::days>(backups[i].time);
        if (hours.contains(hour)) {
            remove.push_back(backups[i]);
        } else if (hours.size() < k_hours) {
            hours.insert(hour);
        } else if (days.size() < k_days && days.insert(day).second) {
            continue;
        } else {
            remove.push_back(backups[i]);
        }
    }
    return remove;
}

Result<void> keep_backup(const fs::path& project_folder, Time now)
{
    const fs::path document = project_folder / "project.json";
    const fs::path folder = project_folder / "backups";
    std::error_code error;
    if (!fs::exists(document, error)) return {};
    fs::create_directories(folder, error);
    fs::path target = folder / ("project-" + time_name(now) + ".json");
    while (!error && fs::exists(target, error))
        target = folder / ("project-" + time_name(++now) + ".json");
    // The document is never changed in place, only replaced, so a second name for the same file is a backup that takes no
    // space and no time. File systems without hard links get a copy.
    if (!error) fs::create_hard_link(document, target, error);
    if (error) {
        error.clear();
        fs::copy_file(document, target, error);
    }
    if (error)
        return make_error(ErrorKind::io,
                          "No backup could be written to " + path_to_utf8(folder) + ": " + error.message() + ".");
    for (const Backup& backup : backups_to_remove(list_backups(project_folder)))
        fs::remove(backup.file, error);
    return {};
}

Result<void> restore_backup(const fs::path& project_folder, const Backup& backup)
{
    const auto text = read_file(backup.file, k_largest_project);
    if (!text) return text.error();
    const auto json = parse_json(*text, "The backup " + path_to_utf8(backup.file));
    if (!json) return json.error();
    if (const auto project = project_from_json(*json); !project) return project.error();

    const fs::path document = project_folder / "project.json";
    std::error_code error;
    if (fs::exists(document, error)) {
        const fs::path aside = project_folder / ("project.damaged-" + time_name(now_milliseconds()) + ".json");
        fs::rename(document, aside, error);
        if (error)
            return make_error(ErrorKind::io,
                              "The damaged " + path_to_utf8(document) + " can't be put aside: " + error.message() + ".");
    }
    return write_file(document, std::string_view(*text));
}

}  // namespace kinora::core
