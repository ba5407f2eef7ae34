#include "core/base/log.h"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/spdlog.h>

#include <deque>
#include <fstream>
#include <memory>
#include <mutex>
#include <system_error>

#include "core/base/paths.h"

namespace kinora::core {
namespace {

constexpr std::size_t k_file_bytes = 1U << 20U;
constexpr std::size_t k_older_files = 2;

struct Log {
    std::mutex mutex;
    std::shared_ptr<spdlog::logger> logger;
    std::filesystem::path file;
};

Log& log()
{
    static Log instance;
    return instance;
}

std::shared_ptr<spdlog::logger> logger()
{
    const std::lock_guard lock(log().mutex);
    return log().logger;
}

void write(spdlog::level::level_enum level, std::string_view message)
{
    // spdlog reports a failing sink through its error handler; nothing here may throw into a caller that only wanted to log.
    if (const auto target = logger()) target->log(level, spdlog::string_view_t(message.data(), message.size()));
}

}  // namespace

Result<void> start_log(std::filesystem::path file)
{
    if (file.empty()) file = state_dir() / "kinora.log";
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    if (error)
        return make_error(ErrorKind::io,
                          "The log folder " + path_to_utf8(file.parent_path()) + " can't be made: " + error.message() + ".");
    try {
        auto sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file.string(), k_file_bytes, k_older_files);
        auto made = std::make_shared<spdlog::logger>("kinora", std::move(sink));
        made->set_pattern("%Y-%m-%d %H:%M:%S.%e %^%l%$ [%t] %v");
        made->flush_on(spdlog::level::info);
        made->set_error_handler([](const std::string&) {});
        const std::lock_guard lock(log().mutex);
        log().logger = std::move(made);
        log().file = std::move(file);
    } catch (const std::exception& failure) {
        return make_error(ErrorKind::io, "The log " + path_to_utf8(file) + " can't be written: " + failure.what() + ".");
    }
    return {};
}

void log_info(std::string_view message)
{
    write(spdlog::level::info, message);
}
void log_warning(std::string_view message)
{
    write(spdlog::level::warn, message);
}
void log_error(std::string_view message)
{
    write(spdlog::level::err, message);
}

std::filesystem::path log_file()
{
    const std::lock_guard lock(log().mutex);
    return log().file;
}

std::string log_tail(int lines)
{
    std::ifstream in(log_file());
    std::deque<std::string> last;
    for (std::string line; std::getline(in, line);) {
        last.push_back(std::move(line));
        if (last.size() > static_cast<std::size_t>(std::max(lines, 0))) last.pop_front();
    }
    std::string text;
    for (const std::string& line : last)
        text += line + "\n";
    return text;
}

}  // namespace kinora::core
