#include "app/cli/named_clip.h"

#include <charconv>
#include <utility>

#include "core/base/paths.h"
#include "core/base/text.h"
#include "core/project/project_store.h"

namespace kinora::cli {
namespace {

namespace fs = std::filesystem;

core::Error missing(const std::string& sentence)
{
    return core::make_error(core::ErrorKind::not_found, sentence);
}

std::string in_words(const fs::path& path)
{
    return core::in_quotes(core::path_to_utf8(path));
}

bool is_file(const fs::path& path)
{
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

/// The files of a take in its folder.
core::Result<NamedClip> in_folder(const fs::path& folder)
{
    NamedClip clip;
    if (is_file(folder / "clip.mp4")) clip.video = folder / "clip.mp4";
    if (is_file(folder / "latents.safetensors")) clip.latents = folder / "latents.safetensors";
    if (clip.best().empty())
        return missing(is_file(folder / "project.json")
                           ? in_words(folder) + " is a project: name one of its shots too, such as " +
                                 in_words(folder.string() + ":1") + "."
                           : in_words(folder) + " is a folder without a clip.");
    return clip;
}

/// "2" or "2/1" behind a project's name: shot and take, from 1; take 0: the selected one.
std::optional<std::pair<int, int>> parse_place(std::string_view text)
{
    const auto number = [](std::string_view digits, int& value) {
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return error == std::errc() && end == digits.data() + digits.size() && value > 0;
    };
    std::pair<int, int> place{0, 0};
    const auto slash = text.find('/');
    if (!number(text.substr(0, slash), place.first)) return std::nullopt;
    if (slash != std::string_view::npos && !number(text.substr(slash + 1), place.second)) return std::nullopt;
    return place;
}

const core::Take* take_of(const core::Shot& shot, int number)
{
    if (number == 0) return core::selected_take(shot);
    for (const core::Take& take : shot.takes)
        if (take.number == number) return &take;
    return nullptr;
}

core::Result<NamedClip> in_project(const fs::path& folder, int shot_number, int take_number)
{
    const auto opened = core::open_project(folder);
    if (!opened) return opened.error();
    const auto& shots = opened->project.shots;
    if (shot_number > static_cast<int>(shots.size()))
        return missing(in_words(folder) + " has " + std::to_string(shots.size()) + " shots, so there is no shot " +
                       std::to_string(shot_number) + ".");
    const core::Shot& shot = *shots[static_cast<std::size_t>(shot_number - 1)];
    const core::Take* take = take_of(shot, take_number);
    if (take == nullptr)
        return missing("Shot " + std::to_string(shot_number) + " of " + in_words(folder) +
                       (take_number > 0 ? " has no take " + std::to_string(take_number) + "." : " has no take yet."));
    NamedClip clip;
    const auto video = opened->store.locate(core::clip_file(opened->project, *take));
    if (!video) return video.error();
    clip.video = *video;
    if (const auto latents = opened->store.resolve(take->latents); latents && is_file(*latents)) clip.latents = *latents;
    if (take_number == 0) clip.shown = shot.range;
    return clip;
}

}  // namespace

core::Result<NamedClip> find_clip(const fs::path& typed)
{
    std::error_code ignored;
    if (fs::is_directory(typed, ignored)) return in_folder(typed);
    const std::string text = core::path_to_utf8(typed);
    const auto colon = text.rfind(':');
    if (!fs::exists(typed, ignored) && colon != std::string::npos) {
        const fs::path folder = core::path_from_utf8(text.substr(0, colon));
        const auto place = parse_place(std::string_view(text).substr(colon + 1));
        if (place && (is_file(folder / "project.json") || folder.filename() == "project.json"))
            return in_project(folder, place->first, place->second);
    }
    NamedClip clip;
    (typed.extension() == ".safetensors" ? clip.latents : clip.video) = typed;
    return clip;
}

}  // namespace kinora::cli
