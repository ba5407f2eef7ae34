#include "app/cli/clip_output.h"

#include <sys/statvfs.h>

#include <nlohmann/json.hpp>

#include "app/cli/picture_folder.h"
#include "core/base/file.h"
#include "core/base/json_text.h"
#include "core/base/paths.h"
#include "core/base/text.h"
#include "core/generation/recipe_json.h"
#ifdef KINORA_HAS_MEDIA
#include "core/export/clip_export.h"
#endif

namespace kinora::cli {
namespace {

namespace fs = std::filesystem;

std::string quoted(const fs::path& path)
{
    return core::in_quotes(core::path_to_utf8(path));
}

bool means_folder(const fs::path& path)
{
    std::error_code ignored;
    return !path.has_filename() || fs::is_directory(path, ignored) || !path.has_extension();
}

core::Error taken(const fs::path& path)
{
    return core::make_error(core::ErrorKind::already_exists,
                            quoted(path) + " exists already; choose another name or add --overwrite to replace it.");
}

#ifdef KINORA_HAS_MEDIA
core::Result<ClipOutput> plan_video(const fs::path& path, const std::optional<std::string>& preset, Existing existing)
{
    const std::string ending = path.extension().string();
    const std::string extension = ending.empty() ? ending : ending.substr(1);
    const media::Preset* fitting = media::preset_for_extension(extension);
    // Frames of an engine have its rate, which MXF doesn't hold; pictures go into a folder.
    if (!fitting || fitting->encoder.pictures() || fitting->encoder.standard_rates) {
        return core::make_error(core::ErrorKind::invalid_argument,
                                "Kinora can't write " + quoted(path) +
                                    ": name a .mp4, .mov, .webm, .gif or .webp file, or a folder such as pictures/ for PNG "
                                    "pictures. Other kinds are made of it by kinora-cli export.");
    }
    const auto found = media::find_preset(preset ? std::string_view(*preset) : std::string_view(fitting->id));
    if (!found) return found.error();
    if ((*found)->extension != extension) {
        return core::make_error(
            core::ErrorKind::invalid_argument,
            "The preset " + core::in_quotes((*found)->id) + " makes ." + (*found)->extension + " files: name the output " +
                quoted(fs::path(path).replace_extension((*found)->extension)) + " or choose another preset.");
    }
    return ClipOutput{ClipOutput::Kind::video, path, (*found)->id, existing};
}

core::Result<void> write_video(const ClipOutput& output, const core::FrameSequence& clip, const core::Recipe& recipe,
                               const WriteReport& report, std::stop_token stop)
{
    media::ExportTarget target;
    target.file = output.path;
    target.preset = output.preset;
    target.overwrite =
        output.existing == Existing::replace ? media::OverwritePolicy::replace : media::OverwritePolicy::refuse;
    target.recipe_json = core::json_text(core::to_json(recipe));
    const auto written = media::export_frames(clip, target, report, std::move(stop));
    if (!written) return written.error();
    return {};
}
#else
core::Result<ClipOutput> plan_video(const fs::path& path, const std::optional<std::string>&, Existing)
{
    return core::make_error(core::ErrorKind::invalid_argument, "This build of Kinora writes no video files such as " +
                                                                   quoted(path) +
                                                                   ": name a folder such as pictures/ for PNG pictures.");
}
#endif

double expected_bytes(const ClipOutput& output, int width, int height, int frames)
{
#ifdef KINORA_HAS_MEDIA
    if (output.kind == ClipOutput::Kind::video) {
        const auto preset = media::find_preset(output.preset);
        return preset ? static_cast<double>(media::estimate_bytes(**preset, width, height, frames)) : 0;
    }
#endif
    // 16-bit pictures of soft scenes need about half of their raw size.
    return output.kind == ClipOutput::Kind::pictures ? 3.0 * width * height * frames : 0;
}

core::Result<void> check_room(const fs::path& folder, double bytes)
{
    struct statvfs system {};
    if (statvfs(folder.c_str(), &system) != 0 || system.f_blocks == 0) return {};
    const double available = static_cast<double>(system.f_bavail) * static_cast<double>(system.f_frsize);
    if (available >= bytes * 1.35) return {};
    const auto megabytes = [](double count) { return std::to_string(static_cast<long long>(count / 1e6)) + " MB"; };
    return core::make_error(core::ErrorKind::disk_full, "The disk of " + quoted(folder) + " is too full: about " +
                                                            megabytes(bytes * 1.35 + 1e6) + " are needed, " +
                                                            megabytes(available) +
                                                            " are free; free some space or choose another folder.");
}

fs::path parent_of(const fs::path& path)
{
    const fs::path parent = (path.has_filename() ? path : path.parent_path()).parent_path();
    return parent.empty() ? fs::path(".") : parent;
}

}  // namespace

core::Result<ClipOutput> plan_output(const fs::path& path, const std::optional<std::string>& preset, Existing existing)
{
    if (!means_folder(path)) return plan_video(path, preset, existing);
    if (preset) {
        return core::make_error(core::ErrorKind::invalid_argument,
                                quoted(path) + " is a folder for PNG pictures; the preset " + core::in_quotes(*preset) +
                                    " needs a file name such as clip.mp4.");
    }
    return ClipOutput{ClipOutput::Kind::pictures, path.has_filename() ? path : path.parent_path(), {}, existing};
}

core::Result<void> check_new_file(const fs::path& file, Existing existing)
{
    std::error_code ignored;
    if (existing == Existing::keep && fs::exists(fs::symlink_status(file, ignored))) return taken(file);
    const fs::path folder = parent_of(file);
    if (!fs::is_directory(folder, ignored)) {
        return core::make_error(core::ErrorKind::not_found, "There is no folder " + quoted(folder) + " to write " +
                                                                quoted(file.filename()) +
                                                                " into; make it or choose another place.");
    }
    // The file system itself is asked, with a file that vanishes again: permissions alone don't tell (read-only disks,
    // ACLs).
    auto trial = core::AtomicFile::create(file);
    if (trial) return {};
    return core::make_error(trial.error().kind, quoted(file) + " can't be written; choose a folder that you may write to.");
}

core::Result<void> check_output(const ClipOutput& output, int width, int height, int frames)
{
    std::error_code ignored;
    if (output.kind == ClipOutput::Kind::pictures && fs::is_directory(output.path, ignored)) {
        if (output.existing == Existing::keep && !fs::is_empty(output.path, ignored)) {
            return core::make_error(core::ErrorKind::already_exists,
                                    "The folder " + quoted(output.path) +
                                        " isn't empty; choose another one or add --overwrite to replace its pictures.");
        }
        if (auto writable = check_new_file(output.path / "recipe.json", Existing::replace); !writable) return writable;
    } else if (auto writable = check_new_file(output.path, output.existing); !writable) {
        return writable;
    }
    return check_room(parent_of(output.path), expected_bytes(output, width, height, frames));
}

core::Result<void> write_output(const ClipOutput& output, const core::FrameSequence& clip, const core::Recipe& recipe,
                                const WriteReport& report, std::stop_token stop)
{
    if (output.kind == ClipOutput::Kind::pictures) return write_pictures(output.path, clip, recipe, report, stop);
#ifdef KINORA_HAS_MEDIA
    return write_video(output, clip, recipe, report, std::move(stop));
#else
    return core::make_error(core::ErrorKind::unsupported, "This build of Kinora writes no video files.");
#endif
}

}  // namespace kinora::cli
