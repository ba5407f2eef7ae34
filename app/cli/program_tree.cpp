#include "app/cli/program_tree.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/cli/exit_codes.h"

namespace kinora::cli {
namespace {

/// Hidden commands and options have no group.
std::vector<const CLI::App*> commands_of(const CLI::App& app)
{
    return app.get_subcommands([](const CLI::App* command) { return !command->get_group().empty(); });
}

std::vector<const CLI::Option*> options_of(const CLI::App& app)
{
    return app.get_options([](const CLI::Option* option) { return !option->get_group().empty(); });
}

const CLI::App* command_named(const CLI::App& app, const std::string& name)
{
    for (const CLI::App* command : commands_of(app))
        if (command->get_name() == name) return command;
    return nullptr;
}

/// Text as roff shows it: no line begins with a control character, hyphens and backslashes stay what they are.
std::string roff(const std::string& text)
{
    std::string out;
    bool line_begins = true;
    for (const char c : text) {
        if (line_begins && (c == '.' || c == '\'')) out += "\\&";
        if (c == '\\')
            out += "\\e";
        else if (c == '-')
            out += "\\-";
        else
            out += c;
        line_begins = c == '\n';
    }
    return out;
}

std::string literal(const std::string& text)
{
    return text.empty() ? std::string() : ".PP\n.nf\n" + roff(text) + "\n.fi\n";
}

std::string manual_options(const CLI::App& app)
{
    std::string out;
    for (const CLI::Option* option : options_of(app)) {
        const std::string value = option->get_items_expected_max() > 0 ? " " + option->get_type_name() : std::string();
        out += ".TP\n.B " + roff(option->get_name(option->get_positional(), true)) + "\n" + roff(value) + "\n" +
               roff(option->get_description()) + "\n";
    }
    return out;
}

void append_command(std::string& out, const CLI::App& app, const std::string& name)
{
    out += ".SS " + roff(name) + "\n" + roff(app.get_description()) + "\n" + manual_options(app) + literal(app.get_footer());
    for (const CLI::App* command : commands_of(app))
        append_command(out, *command, name + " " + command->get_name());
}

std::string line(const std::string& word, const std::string& description)
{
    const std::string first = description.substr(0, description.find('\n'));
    return first.empty() ? word : word + "\t" + first;
}

bool begins(const std::string& word, const std::string& with)
{
    return word.compare(0, with.size(), with) == 0;
}

/// The option that waits for a value after `word`; null if none does.
const CLI::Option* waiting(const CLI::App& app, const std::string& word)
{
    if (!begins(word, "-")) return nullptr;
    const CLI::Option* option = app.get_option_no_throw(word);
    return option && option->get_items_expected_max() > 0 ? option : nullptr;
}

/// "{off,balanced,fast}" as its values; empty for other types.
std::vector<std::string> values_of(const CLI::Option& option)
{
    std::vector<std::string> values;
    std::string text = option.get_type_name();
    const auto open = text.find('{');
    const auto close = text.find('}', open);
    if (open == std::string::npos || close == std::string::npos) return values;
    text = text.substr(open + 1, close - open - 1);
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        values.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return values;
}

}  // namespace

std::string manual_page(const CLI::App& app)
{
    std::string out =
        ".TH KINORA\\-CLI 1 \"\" \"Kinora " KINORA_VERSION "\" \"User Commands\"\n.SH NAME\nkinora\\-cli \\- " +
        roff("make, cut and export AI video on this machine") +
        "\n.SH SYNOPSIS\n.B kinora\\-cli\n.I COMMAND\n[\\fIOPTIONS\\fR]\n.SH DESCRIPTION\n" + roff(app.get_description()) +
        "\n" + literal(app.get_footer()) + manual_options(app) + ".SH COMMANDS\n";
    for (const CLI::App* command : commands_of(app))
        append_command(out, *command, command->get_name());
    return out + ".SH SEE ALSO\n.BR kinora (1)\n";
}

std::vector<std::string> completions(const CLI::App& app, const std::vector<std::string>& words)
{
    const CLI::App* at = &app;
    const CLI::Option* asks = nullptr;
    const std::string last = words.empty() ? std::string() : words.back();
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (asks) {
            asks = nullptr;
            continue;
        }
        asks = waiting(*at, words[i]);
        if (const CLI::App* command = asks ? nullptr : command_named(*at, words[i])) at = command;
    }
    std::vector<std::string> found;
    if (asks) {
        for (const std::string& value : values_of(*asks))
            if (begins(value, last)) found.push_back(value);
        return found;
    }
    if (begins(last, "-")) {
        for (const CLI::Option* option : options_of(*at))
            for (const std::string& name : option->get_lnames())
                if (begins("--" + name, last)) found.push_back(line("--" + name, option->get_description()));
        return found;
    }
    for (const CLI::App* command : commands_of(*at))
        if (begins(command->get_name(), last)) found.push_back(line(command->get_name(), command->get_description()));
    return found;
}

std::optional<int> run_packaging_command(const CLI::App& app, const std::vector<std::string>& words)
{
    if (words == std::vector<std::string>{"manual"}) {
        fmt::print("{}", manual_page(app));
        return exit_done;
    }
    if (words.size() < 2 || words[0] != "complete" || words[1] != "--") return std::nullopt;
    for (const std::string& one : completions(app, std::vector<std::string>(words.begin() + 2, words.end())))
        fmt::print("{}\n", one);
    return exit_done;
}

}  // namespace kinora::cli
