#include "core/models/extra_model_paths.h"

#include <yaml.h>

#include <cstdlib>
#include <sstream>

#include "core/base/file.h"
#include "core/base/paths.h"
#include "core/base/text.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t k_longest_file = 1U << 20U;
constexpr int k_deepest = 16;

/// libyaml's parser for as long as the text is read.
class Events {
public:
    explicit Events(std::string_view text)
    {
        ready_ = yaml_parser_initialize(&parser_) != 0;
        if (ready_) yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    }
    Events(const Events&) = delete;
    Events& operator=(const Events&) = delete;
    ~Events()
    {
        yaml_event_delete(&event_);
        if (ready_) yaml_parser_delete(&parser_);
    }

    /// Goes on to the next event; false where the text is no YAML.
    bool next()
    {
        yaml_event_delete(&event_);
        event_ = {};
        return ready_ && yaml_parser_parse(&parser_, &event_) != 0;
    }
    [[nodiscard]] yaml_event_type_t type() const { return event_.type; }
    [[nodiscard]] std::string text() const
    {
        return {reinterpret_cast<const char*>(event_.data.scalar.value), event_.data.scalar.length};
    }
    [[nodiscard]] std::size_t line() const { return (ready_ ? parser_.mark.line : 0) + 1; }

private:
    yaml_parser_t parser_{};
    yaml_event_t event_{};
    bool ready_ = false;
};

std::string trimmed(const std::string& text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

fs::path without_tilde(const std::string& text)
{
    const char* home = std::getenv("HOME");
    if (home != nullptr && (text == "~" || text.rfind("~/", 0) == 0))
        return path_from_utf8(home) / path_from_utf8(text.substr(std::min<std::size_t>(2, text.size())));
    return path_from_utf8(text);
}

/// One section: its base path and what it names, in order.
struct Section {
    std::string base;
    std::vector<std::pair<std::string, std::string>> entries;
};

void resolve(const Section& section, const fs::path& beside, std::vector<ModelPath>& paths)
{
    const fs::path base = (beside / without_tilde(section.base)).lexically_normal();
    for (const auto& [kind, folders] : section.entries) {
        std::istringstream lines(folders);
        for (std::string line; std::getline(lines, line);) {
            const std::string folder = trimmed(line);
            if (!folder.empty()) paths.push_back({kind, (base / without_tilde(folder)).lexically_normal()});
        }
    }
}

}  // namespace

Result<std::vector<ModelPath>> parse_extra_model_paths(std::string_view yaml, const fs::path& beside,
                                                       std::string_view file_name)
{
    Events events(yaml);
    const auto refused = [&](const std::string& reason) {
        return make_error(ErrorKind::corrupt, in_quotes(file_name) + " can't be used as a list of model folders: " + reason +
                                                  " in line " + std::to_string(events.line()) + ".");
    };
    std::vector<ModelPath> paths;
    Section section;
    std::string key;
    bool at_key = true;
    int depth = 0;
    int lists = 0;
    for (;;) {
        if (!events.next()) return refused("it isn't valid YAML");
        switch (events.type()) {
            case YAML_STREAM_END_EVENT:
                return paths;
            case YAML_ALIAS_EVENT:
                return refused("it has an alias");
            case YAML_SEQUENCE_START_EVENT:
                ++lists;
                break;
            case YAML_SEQUENCE_END_EVENT:
                --lists;
                at_key = true;
                break;
            case YAML_MAPPING_START_EVENT:
                if (++depth > k_deepest || lists > k_deepest) return refused("it is nested too deep");
                at_key = true;
                if (depth == 2) section = {};
                break;
            case YAML_MAPPING_END_EVENT:
                if (depth-- == 2) resolve(section, beside, paths);
                at_key = true;
                break;
            case YAML_SCALAR_EVENT:
                if (depth == 2 && !at_key) {
                    if (key == "base_path")
                        section.base = events.text();
                    else if (!key.empty())
                        section.entries.emplace_back(key, events.text());
                }
                if (lists > 0) break;
                if (at_key) key = events.text();
                at_key = !at_key;
                break;
            default:
                break;
        }
    }
}

Result<std::vector<ModelPath>> read_extra_model_paths(const fs::path& file)
{
    const auto text = read_file(file, k_longest_file);
    if (!text) return text.error();
    return parse_extra_model_paths(*text, fs::absolute(file).parent_path(), file.string());
}

}  // namespace kinora::core
