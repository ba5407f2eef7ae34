#include "core/export/kept_frames.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/file.h"
#include "core/export/frame_pack.h"

namespace kinora::media {
namespace {

namespace fs = std::filesystem;

struct Pack {
    fs::path file;
    std::int64_t bytes = 0;
    fs::file_time_type time;
};

fs::path settings_file(const fs::path& project)
{
    return project / "takes" / "kept_frames.json";
}

/// The newest first.
std::vector<Pack> packs_of(const fs::path& project)
{
    std::vector<Pack> packs;
    std::error_code error;
    for (fs::directory_iterator it(project / "takes", error), end; !error && it != end; it.increment(error)) {
        std::error_code ignored;
        const fs::path file = it->path() / k_kept_frames_name;
        if (!fs::is_regular_file(fs::symlink_status(file, ignored))) continue;
        packs.push_back({file, static_cast<std::int64_t>(fs::file_size(file, ignored)), fs::last_write_time(file, ignored)});
    }
    std::sort(packs.begin(), packs.end(), [](const Pack& a, const Pack& b) { return a.time > b.time; });
    return packs;
}

void make_room(const fs::path& project, std::int64_t budget, const fs::path& newest)
{
    std::int64_t used = 0;
    std::vector<Pack> packs = packs_of(project);
    // The one just written stays whatever the clock says.
    std::stable_partition(packs.begin(), packs.end(), [&](const Pack& pack) { return pack.file == newest; });
    for (const Pack& pack : packs) {
        used += pack.bytes;
        std::error_code ignored;
        if (used > budget) fs::remove(pack.file, ignored);
    }
}

}  // namespace

std::int64_t kept_frames_budget(const fs::path& project)
{
    const auto text = core::read_file(settings_file(project), 4096);
    if (!text) return 0;
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    if (!json.is_object() || !json.contains("bytes") || !json["bytes"].is_number_integer()) return 0;
    return std::max<std::int64_t>(0, json["bytes"].get<std::int64_t>());
}

core::Result<void> set_kept_frames_budget(const fs::path& project, std::int64_t bytes)
{
    std::error_code ignored;
    fs::create_directory(project / "takes", ignored);
    const nlohmann::json json{{"bytes", std::max<std::int64_t>(0, bytes)}};
    if (auto written = core::write_file(settings_file(project), json.dump() + "\n"); !written) return written;
    make_room(project, std::max<std::int64_t>(0, bytes), {});
    return {};
}

std::int64_t kept_frames_bytes(const fs::path& project)
{
    std::int64_t bytes = 0;
    for (const Pack& pack : packs_of(project))
        bytes += pack.bytes;
    return bytes;
}

core::Result<fs::path> kept_frames_file(const core::ProjectStore& store, const core::Take& take)
{
    return store.resolve("takes/" + take.id + "/" + k_kept_frames_name);
}

core::Result<void> keep_frames(const core::ProjectStore& store, const core::Take& take, const core::FrameSequence& clip,
                               std::stop_token stop)
{
    const std::int64_t budget = kept_frames_budget(store.folder());
    if (budget == 0) return {};
    const auto file = kept_frames_file(store, take);
    if (!file) return file.error();
    if (auto written = write_frame_pack(*file, clip, std::move(stop)); !written) return written;
    make_room(store.folder(), budget, *file);
    return {};
}

}  // namespace kinora::media
