#include "core/prompt/wildcards.h"

#include <algorithm>
#include <system_error>

#include "core/base/file.h"
#include "core/base/paths.h"
#include "core/base/utf8.h"
#include "core/prompt/names.h"

namespace kinora::core {
namespace {

constexpr std::uint64_t k_largest_file = 1U << 20U;
constexpr std::size_t k_most_lines = 10'000;

std::string_view trimmed(std::string_view line)
{
    constexpr std::string_view k_space = " \t\r";
    const std::size_t begin = line.find_first_not_of(k_space);
    if (begin == std::string_view::npos) return {};
    return line.substr(begin, line.find_last_not_of(k_space) - begin + 1);
}

/// Adds one file's choices, or says why it has none.
void read_one(const std::filesystem::path& file, Wildcards& result)
{
    const std::string shown = path_to_utf8(file.filename());
    const std::string name = path_to_utf8(file.stem());
    const auto problem = [&](const std::string& why) {
        result.problems.push_back("The wildcard file " + shown + " " + why);
    };
    if (!is_prompt_name(name))
        return problem("can't be named in a prompt; a name is letters, digits and single \"_\" and begins with a letter.");
    const auto text = read_file(file, k_largest_file);
    if (!text) {
        result.problems.push_back(text.error().message);
        return;
    }
    if (!is_valid_utf8(*text)) return problem("is not UTF-8 text; save it as UTF-8.");
    auto lines = wildcard_lines(*text);
    if (lines.empty()) return problem("has no lines to choose from.");
    if (lines.size() == k_most_lines) problem("is longer than 10,000 lines; the first ones are used.");
    result.lines[name] = std::move(lines);
}

}  // namespace

Wildcards read_wildcards(const std::vector<std::filesystem::path>& folders)
{
    Wildcards result;
    for (const auto& folder : folders) {
        std::vector<std::filesystem::path> files;
        std::error_code failed;
        for (std::filesystem::directory_iterator entry(folder, failed), end; !failed && entry != end;
             entry.increment(failed)) {
            std::error_code ignored;
            if (entry->path().extension() == ".txt" && entry->is_regular_file(ignored)) files.push_back(entry->path());
        }
        std::sort(files.begin(), files.end());
        for (const auto& file : files)
            read_one(file, result);
    }
    return result;
}

std::vector<std::filesystem::path> wildcard_folders(const std::filesystem::path& project)
{
    return {data_dir() / "wildcards", project / "wildcards"};
}

std::vector<std::string> wildcard_lines(std::string_view text)
{
    constexpr std::string_view k_mark = "\xEF\xBB\xBF";
    if (text.starts_with(k_mark)) text.remove_prefix(k_mark.size());
    std::vector<std::string> lines;
    while (!text.empty() && lines.size() < k_most_lines) {
        const std::size_t end = text.find_first_of("\r\n");
        const std::string_view line = trimmed(text.substr(0, end));
        if (!line.empty() && line.front() != '#') lines.emplace_back(line);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

}  // namespace kinora::core
