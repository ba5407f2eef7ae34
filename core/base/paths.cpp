#include "core/base/paths.h"

#include <cstdlib>
#include <system_error>

namespace kinora::core {
namespace {

namespace fs = std::filesystem;

/// An environment variable's value if it is an absolute path.
fs::path absolute_from_environment(const char* name)
{
    const char* const value = std::getenv(name);
    if (!value || *value == '\0') return {};
    fs::path path(value);
    return path.is_absolute() ? path : fs::path();
}

fs::path home()
{
    const fs::path path = absolute_from_environment("HOME");
    return path.empty() ? fs::path("/tmp") : path;
}

fs::path xdg(const char* variable, const char* below_home)
{
    const fs::path base = absolute_from_environment(variable);
    return (base.empty() ? home() / below_home : base) / "kinora";
}

bool is_folder(const fs::path& path)
{
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

fs::path beside_program()
{
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    if (error) return {};
    return program.parent_path().parent_path() / "share" / "kinora";
}

}  // namespace

fs::path data_dir()
{
    return xdg("XDG_DATA_HOME", ".local/share");
}
fs::path config_dir()
{
    return xdg("XDG_CONFIG_HOME", ".config");
}
fs::path cache_dir()
{
    return xdg("XDG_CACHE_HOME", ".cache");
}
fs::path state_dir()
{
    return xdg("XDG_STATE_HOME", ".local/state");
}

fs::path default_projects_dir()
{
    const fs::path videos = home() / "Videos";
    return is_folder(videos) ? videos / "Kinora" : data_dir() / "projects";
}

Result<fs::path> resources_dir()
{
    const fs::path asked = absolute_from_environment("KINORA_RESOURCES");
    const fs::path installed = beside_program();
    const fs::path source = KINORA_SOURCE_RESOURCES;
    for (const fs::path& candidate : {asked, installed, source})
        if (!candidate.empty() && is_folder(candidate)) return candidate;
    return make_error(ErrorKind::not_found, "Kinora's resources were found neither in " + path_to_utf8(installed) +
                                                " nor in " + path_to_utf8(source) +
                                                (asked.empty() ? std::string() : " nor in " + path_to_utf8(asked)) +
                                                "; set KINORA_RESOURCES to the folder that holds them.");
}

fs::path path_from_utf8(std::string_view text)
{
    return {std::u8string(text.begin(), text.end())};
}

std::string path_to_utf8(const fs::path& path)
{
    const std::u8string text = path.u8string();
    return {text.begin(), text.end()};
}

}  // namespace kinora::core
