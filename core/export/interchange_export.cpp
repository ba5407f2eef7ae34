#include "core/export/interchange_export.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <memory>

#include "core/base/file.h"
#include "core/base/ids.h"
#include "core/base/paths.h"
#include "core/export/mapped_source.h"
#include "core/export/shot_pictures.h"
#include "core/export/sound_file.h"
#include "core/interchange/otioz.h"
#include "core/interchange/writers.h"
#include "core/media/ffmpeg_handles.h"
#include "core/provenance/disclosure.h"

namespace kinora::media {
namespace {

namespace fs = std::filesystem;

/// Removes what is left of an unfinished export.
struct HiddenFolder {
    fs::path path;
    explicit HiddenFolder(fs::path where) : path(std::move(where)) {}
    HiddenFolder(const HiddenFolder&) = delete;
    HiddenFolder& operator=(const HiddenFolder&) = delete;
    ~HiddenFolder()
    {
        std::error_code ignored;
        if (!path.empty()) fs::remove_all(path, ignored);
    }
};

core::Error wrong(std::string sentence)
{
    return core::make_error(core::ErrorKind::invalid_argument, std::move(sentence));
}

core::Error exists_already(const fs::path& file)
{
    return core::make_error(core::ErrorKind::already_exists,
                            quoted(file) + " exists already. Choose another name or allow it to be replaced.");
}

bool is_interchange_ending(std::string extension)
{
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return extension == ".otio" || extension == ".otioz" || extension == ".fcpxml" || extension == ".xml" ||
           extension == ".edl";
}

class InterchangeRun {
public:
    InterchangeRun(const core::Project& project, const InterchangeExport& job, const ExportServices& services,
                   const WriteProgress& progress, std::stop_token stop)
        : project_(project), job_(job), services_(services), progress_(progress), stop_(std::move(stop))
    {
        plan_.recipe = job.recipe;
        plan_.delivery.preset = job.preset;
    }

    core::Result<InterchangeOutcome> run()
    {
        const auto preset = find_preset(job_.preset);
        if (!preset) return preset.error();
        if ((*preset)->encoder.pictures())
            return wrong("The media of an interchange file are movies; " + (*preset)->name + " makes single pictures.");
        if (job_.formats.empty()) return wrong("No interchange format was chosen.");
        const fs::path folder = job_.file.has_parent_path() ? job_.file.parent_path() : fs::path(".");
        stem_ = is_interchange_ending(job_.file.extension().string()) ? job_.file.stem() : job_.file.filename();
        if (stem_.empty()) return wrong(quoted(job_.file) + " is a folder; a file name is needed.");
        media_folder_ = folder / (stem_.string() + "-media");
        if (auto free = check_names(folder); !free) return free.error();

        core::CutOptions options;
        options.media_folder = core::path_to_utf8(media_folder_.filename());
        options.extension = (*preset)->extension;
        options.handles = job_.handles;
        options.start = job_.start;
        options.style = job_.timecode;
        options.disclose = job_.recipe;
        const bool takes = job_.formats.contains(InterchangeFormat::otio) ||
                           job_.formats.contains(InterchangeFormat::otioz) ||
                           job_.formats.contains(InterchangeFormat::fcpxml);
        options.all_takes = job_.all_takes && takes;
        auto cut = core::make_cut(project_, options);
        if (!cut) return cut.error();

        const HiddenFolder hidden(folder / (".kinora-" + core::make_id() + ".partial"));
        std::error_code failed;
        fs::create_directory(hidden.path, failed);
        if (failed) return core::file_error(job_.file, "written", failed.value());
        if (auto rendered = render(*cut, hidden.path); !rendered) return rendered.error();
        if (auto written = write_files(*cut, options, folder, hidden.path); !written) return written.error();
        return std::move(outcome_);
    }

private:
    [[nodiscard]] fs::path file_of(const fs::path& folder, InterchangeFormat format) const
    {
        return folder / (stem_.string() + "." + extension_of(format));
    }

    [[nodiscard]] bool only_packed() const
    {
        return job_.formats.size() == 1 && job_.formats.contains(InterchangeFormat::otioz);
    }

    core::Result<void> check_names(const fs::path& folder) const
    {
        std::error_code unknown;
        for (const InterchangeFormat format : job_.formats) {
            const fs::path file = file_of(folder, format);
            if (fs::is_directory(file, unknown)) return wrong(quoted(file) + " is a folder; a file name is needed.");
            if (job_.overwrite == OverwritePolicy::refuse && fs::exists(fs::symlink_status(file, unknown)))
                return exists_already(file);
        }
        if (!only_packed() && job_.overwrite == OverwritePolicy::refuse &&
            fs::exists(fs::symlink_status(media_folder_, unknown)))
            return exists_already(media_folder_);
        if (!only_packed() && !holds_only_ours(media_folder_)) return exists_already(media_folder_);
        return {};
    }

    /// Only a folder that holds nothing but media as they are named here is ever replaced.
    static bool holds_only_ours(const fs::path& folder)
    {
        std::error_code unknown;
        for (const auto& entry : fs::directory_iterator(folder, unknown)) {
            const std::string name = entry.path().filename().string();
            const bool numbered = name.size() > 4 && std::isdigit(static_cast<unsigned char>(name[0])) != 0;
            if (!entry.is_regular_file(unknown) || !(numbered || name.starts_with("sound_"))) return false;
        }
        return true;
    }

    core::Result<void> render(const core::Cut& cut, const fs::path& into)
    {
        for (const core::CutClip& clip : cut.picture)
            for (const core::CutMedia& media : clip.media)
                total_ += static_cast<int>(media.map.length);
        for (const core::CutClip& clip : cut.picture)
            for (const core::CutMedia& media : clip.media) {
                if (auto rendered = render_take(clip, media, into); !rendered) return rendered;
                done_ += static_cast<int>(media.map.length);
            }
        for (const core::CutSoundTrack& track : cut.sound)
            for (const core::CutSound& sound : track.clips)
                if (auto rendered = render_sound(sound, into); !rendered) return rendered;
        return {};
    }

    core::Result<std::shared_ptr<FrameSource>> source_of(const core::Shot& shot, const core::Take& take)
    {
        if (const core::Asset* asset = core::find_asset(project_, take.asset))
            return source_of_asset(*asset, services_.locate);
        if (!services_.source)
            return core::make_error(core::ErrorKind::internal, "Nothing tells where the takes' pictures are.");
        return services_.source(shot, take);
    }

    core::Result<void> render_take(const core::CutClip& clip, const core::CutMedia& media, const fs::path& into)
    {
        core::Shot shot = *project_.shots[clip.shot];
        const core::Take* take = core::find_take(shot, media.take);
        if (take == nullptr) return core::make_error(core::ErrorKind::internal, "A take of the storyboard is gone.");
        shot.selected_take = media.take;
        shot.range = {0, media.map.source_frame(media.map.length - 1) + 1};
        auto source = source_of(shot, *take);
        if (!source) return source.error();
        MappedSource mapped(*source, media.map);
        ClipExport job;
        job.source = &mapped;
        job.target.file = into / fs::path(media.file).filename();
        job.target.preset = job_.preset;
        job.target.metadata["title"] = media.name;
        job.target.disclosure = job_.recipe ? Disclosure::embed : Disclosure::none;
        ExportedItem item{project_, {&shot}, plan_, {}};
        if (job_.recipe && take->recipe) item.recipe_json = core::disclosed_json({*take->recipe});
        job.target.recipe_json = item.recipe_json;
        if (services_.finishers) job.target.finishers = services_.finishers(item);
        const auto report = [this](int done, int) {
            if (progress_) progress_(done_ + done, total_);
        };
        const auto written = export_clip(job, report, stop_);
        if (!written) return written.error();
        ++outcome_.media_files;
        return {};
    }

    core::Result<void> render_sound(const core::CutSound& sound, const fs::path& into)
    {
        const core::Asset* asset = core::find_asset(project_, sound.asset);
        if (asset == nullptr || !services_.locate)
            return core::make_error(core::ErrorKind::internal, "A sound of the storyboard is gone.");
        const auto reader = SoundReader::open(services_.locate(asset->file), stop_);
        if (!reader) return reader.error();
        ++outcome_.media_files;
        return write_wav(**reader, sound.media_samples, into / fs::path(sound.file).filename(), stop_);
    }

    core::Result<void> write_packed(core::CutOptions options, const fs::path& file, const fs::path& media)
    {
        options.media_folder = "media";
        const auto cut = core::make_cut(project_, options);
        if (!cut) return cut.error();
        std::vector<core::PackedFile> packed;
        const auto add = [&](const std::string& name) { packed.emplace_back(name, media / fs::path(name).filename()); };
        for (const core::CutClip& clip : cut->picture)
            for (const core::CutMedia& one : clip.media)
                add(one.file);
        for (const core::CutSoundTrack& track : cut->sound)
            for (const core::CutSound& sound : track.clips)
                add(sound.file);
        return core::write_otioz(file, core::write_otio(*cut, project_), packed, stop_);
    }

    core::Result<void> write_files(const core::Cut& cut, const core::CutOptions& options, const fs::path& folder,
                                   const fs::path& media)
    {
        if (job_.formats.contains(InterchangeFormat::otioz)) {
            const fs::path file = file_of(folder, InterchangeFormat::otioz);
            if (auto written = write_packed(options, file, media); !written) return written;
            outcome_.files.push_back(file);
        }
        if (only_packed()) return {};
        if (auto moved = move_media(media); !moved) return moved;
        outcome_.media = media_folder_;
        const std::map<InterchangeFormat, std::string> texts{
            {InterchangeFormat::otio, core::write_otio(cut, project_)},
            {InterchangeFormat::fcpxml,
             core::write_fcpxml(cut, job_.all_takes ? core::Auditions::write : core::Auditions::leave_out)},
            {InterchangeFormat::xmeml, core::write_xmeml(cut)},
            {InterchangeFormat::edl, core::write_edl(cut)}};
        for (const auto& [format, text] : texts) {
            if (!job_.formats.contains(format)) continue;
            const fs::path file = file_of(folder, format);
            if (auto written = core::write_file(file, text); !written) return written;
            outcome_.files.push_back(file);
        }
        return {};
    }

    /// Gives the folder its name. One that is replaced is put aside first and removed when the new one stands.
    core::Result<void> move_media(const fs::path& media) const
    {
        std::error_code failed;
        const HiddenFolder old(fs::exists(fs::symlink_status(media_folder_, failed))
                                   ? media_folder_.parent_path() / (".kinora-" + core::make_id() + ".partial")
                                   : fs::path());
        if (!old.path.empty()) {
            fs::rename(media_folder_, old.path, failed);
            if (failed) return core::file_error(media_folder_, "replaced", failed.value());
        }
        fs::rename(media, media_folder_, failed);
        if (failed) return core::file_error(media_folder_, "written", failed.value());
        return {};
    }

    const core::Project& project_;
    const InterchangeExport& job_;
    const ExportServices& services_;
    const WriteProgress& progress_;
    std::stop_token stop_;
    ExportPlan plan_;
    InterchangeOutcome outcome_;
    fs::path stem_;
    fs::path media_folder_;
    int done_ = 0;
    int total_ = 0;
};

}  // namespace

std::string extension_of(InterchangeFormat format)
{
    switch (format) {
        case InterchangeFormat::otio:
            return "otio";
        case InterchangeFormat::otioz:
            return "otioz";
        case InterchangeFormat::fcpxml:
            return "fcpxml";
        case InterchangeFormat::xmeml:
            return "xml";
        case InterchangeFormat::edl:
            return "edl";
    }
    return {};
}

core::Result<InterchangeOutcome> export_interchange(const core::Project& project, const InterchangeExport& job,
                                                    const ExportServices& services, const WriteProgress& progress,
                                                    std::stop_token stop)
{
    return InterchangeRun(project, job, services, progress, std::move(stop)).run();
}

}  // namespace kinora::media
