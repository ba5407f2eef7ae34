#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "core/base/run_program.h"
#include "core/base/text.h"
#include "core/runtime/gpu_runtime.h"
#include "core/runtime/pip_finder.h"

namespace kinora::core {
namespace {

/// Package names as indexes compare them (PEP 503).
std::string normal_name(std::string name)
{
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char letter) {
        return letter == '_' || letter == '.' ? '-' : static_cast<char>(std::tolower(letter));
    });
    return name;
}

bool holds_libraries(const std::string& name)
{
    return name == "torch" || name.rfind("nvidia-", 0) == 0;
}

/// The last line of what pip said that tells an error.
std::string last_error(const std::string& text)
{
    std::string found;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string line = text.substr(at, end - at);
        if (line.rfind("ERROR: ", 0) == 0) found = line.substr(7);
        at = end + 1;
    }
    return found;
}

}  // namespace

Result<std::vector<RuntimePart>> parse_pip_report(const std::string& report)
{
    try {
        std::vector<RuntimePart> parts;
        const auto begin = report.find('{');  // some versions of pip talk before
        const auto root = nlohmann::json::parse(begin == std::string::npos ? report : report.substr(begin));
        for (const auto& item : root.at("install")) {
            const auto& metadata = item.at("metadata");
            RuntimePart part;
            part.name = normal_name(metadata.at("name").get<std::string>());
            if (!holds_libraries(part.name)) continue;
            const auto& source = item.at("download_info");
            part.version = metadata.at("version").get<std::string>();
            part.url = source.at("url").get<std::string>();
            part.sha256 = source.at("archive_info").at("hashes").at("sha256").get<std::string>();
            const bool good = part.sha256.size() == 64 &&
                              part.sha256.find_first_not_of("0123456789abcdef") == std::string::npos &&
                              part.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
            if (!good) return make_error(ErrorKind::corrupt, "pip names no checksum of " + in_quotes(part.name) + ".");
            parts.push_back(std::move(part));
        }
        if (std::none_of(parts.begin(), parts.end(), [](const RuntimePart& part) { return part.name == "torch"; }))
            return make_error(ErrorKind::corrupt, "pip found no libtorch.");
        return parts;
    } catch (const nlohmann::json::exception&) {
        return make_error(ErrorKind::corrupt, "pip's report can't be read; is its version 22.2 or newer?");
    }
}

Result<std::vector<RuntimePart>> resolve_runtime(const GpuBuild& build, const std::stop_token& stop,
                                                 const std::string& python)
{
    std::vector<std::string> about{"--quiet", "--no-input", "--disable-pip-version-check", "--only-binary", ":all:"};
    if (!build.index.empty()) about.insert(about.end(), {"--index-url", build.index});
    const auto ask = [&](std::vector<std::string> command, std::vector<std::string> after) {
        command.insert(command.begin(), python);
        command.insert(command.end(), about.begin(), about.end());
        command.insert(command.end(), after.begin(), after.end());
        // A virtual environment that happens to be active has nothing to do with this.
        return run_program(command, {"PYTHONNOUSERSITE=1", "PIP_REQUIRE_VIRTUALENV=0", "PIP_TARGET="}, stop);
    };
    auto asked = ask({"-c", k_pip_finder}, {build.requirement});
    if (asked && asked->exit_code == 0) {
        if (auto parts = parse_pip_report(asked->out)) return parts;
    }
    if (asked || asked.error().kind != ErrorKind::cancelled)
        asked = ask({"-m", "pip", "install"}, {"--dry-run", "--ignore-installed", "--report", "-", build.requirement});
    const std::string need =
        "The GPU runtime is fetched by pip's own client: install Python with pip (python3-pip on Debian).";
    if (!asked) return asked.error().kind == ErrorKind::cancelled ? asked.error() : make_error(ErrorKind::not_found, need);
    if (asked->exit_code != 0) {
        if (asked->err.find("No module named pip") != std::string::npos) return make_error(ErrorKind::not_found, need);
        const std::string said = last_error(asked->err);
        return make_error(ErrorKind::io, "pip can't find " + in_quotes(build.requirement) + " for this machine" +
                                             (said.empty() ? std::string(".") : ": " + said + "."));
    }
    return parse_pip_report(asked->out);
}

}  // namespace kinora::core
