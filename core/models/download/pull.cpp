#include "core/models/download/pull.h"

#include <algorithm>
#include <chrono>
#include <iomanip>
#include <sstream>

#include "core/base/file.h"
#include "core/base/folder_lock.h"
#include "core/base/paths.h"
#include "core/base/text.h"
#include "core/models/download/partial_file.h"
#include "core/models/download/pull_record.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;

/// What stays free, so that the rest of the machine can go on.
constexpr std::uint64_t k_spare = 256ULL << 20U;

std::string in_gigabytes(std::uint64_t bytes)
{
    std::ostringstream text;
    text << std::fixed << std::setprecision(1) << static_cast<double>(bytes) / 1e9 << " GB";
    return text.str();
}

bool wanted(const std::string& path, const PublishedPart& part)
{
    const auto fits = [&](const std::string& pattern) { return fits_pattern(path, pattern); };
    return std::any_of(part.files.begin(), part.files.end(), fits) &&
           std::none_of(part.except.begin(), part.except.end(), fits);
}

/// Bytes of an order that have to come over the network.
std::uint64_t bytes_missing(const FileOrder& order)
{
    std::error_code failed;
    const std::uint64_t size = fs::file_size(order.target, failed);
    if (!failed && size == order.file.size) return 0;
    return order.file.size - PartialFile::bytes_there(order.target, checksum_of(order.file), order.file.size);
}

/// The nearest folder that exists, for asking how much room there is.
fs::path existing(fs::path folder)
{
    std::error_code failed;
    while (!fs::exists(folder, failed) && folder.has_parent_path() && folder != folder.parent_path())
        folder = folder.parent_path();
    return folder;
}

Result<void> check_room(const PullPlan& plan, const DownloadOptions& options)
{
    std::error_code failed;
    const fs::path folder = existing(plan.root);
    const std::uint64_t room = options.free_space ? options.free_space(folder) : fs::space(folder, failed).available;
    if (failed) return {};  // file systems that don't tell say it when they are full
    const std::uint64_t needed = plan.missing + k_spare;
    if (room >= needed || plan.missing == 0) return {};
    return make_error(ErrorKind::disk_full, plan.model.title + " needs " + in_gigabytes(plan.missing) + " and " +
                                                in_gigabytes(k_spare) + " to spare, but the disk of " +
                                                in_quotes(path_to_utf8(plan.root)) + " has " + in_gigabytes(room) +
                                                " free. Make room or choose another folder.");
}

/// Whether the file is here already: of the right size, and known from an earlier pull or with the right checksum.
bool is_here(const FileOrder& order, const std::string& below, const PullRecord& record, const std::stop_token& stop)
{
    std::error_code failed;
    const std::uint64_t size = fs::file_size(order.target, failed);
    if (failed || size != order.file.size) return false;
    const auto known = record.files.find(below);
    if (known != record.files.end() && checksum_of(known->second) == checksum_of(order.file)) return true;
    return check_file(order.target, order.file, stop).has_value();
}

/// Turns a file's progress into the pull's, with a speed over the last seconds.
class Meter {
public:
    Meter(const PullPlan& plan, const std::function<void(const PullProgress&)>& progress) : progress_(progress)
    {
        state_.count = static_cast<int>(plan.files.size());
        state_.total = plan.bytes;
    }
    void begin(const FileOrder& order)
    {
        state_.file = order.file.path;
        ++state_.number;
        first_ = true;
    }
    void end(const FileOrder& order)
    {
        before_ += order.file.size;
        tell(before_, false);
    }
    void tell(const FileProgress& file)
    {
        const auto now = std::chrono::steady_clock::now();
        if (first_ || file.done < last_done_) {
            first_ = false;
            last_time_ = now;
            last_done_ = file.done;
        }
        const double seconds = std::chrono::duration<double>(now - last_time_).count();
        if (seconds >= 1) {
            const double speed = static_cast<double>(file.done - last_done_) / seconds;
            state_.bytes_per_second = state_.bytes_per_second > 0 ? 0.7 * state_.bytes_per_second + 0.3 * speed : speed;
            last_time_ = now;
            last_done_ = file.done;
        }
        tell(before_ + file.done, file.checking);
    }

private:
    void tell(std::uint64_t done, bool checking)
    {
        state_.done = done;
        state_.checking = checking;
        if (progress_) progress_(state_);
    }

    const std::function<void(const PullProgress&)>& progress_;
    PullProgress state_;
    std::uint64_t before_ = 0;
    std::uint64_t last_done_ = 0;
    std::chrono::steady_clock::time_point last_time_;
    bool first_ = true;
};

}  // namespace

fs::path default_pull_root()
{
    return data_dir() / "models";
}

fs::path pull_folder(const PublishedModel& model, const fs::path& root)
{
    return root / (model.is_folder() ? model.id : "files");
}

PullState pull_state(const PublishedModel& model, const fs::path& root)
{
    const fs::path folder = pull_folder(model, root);
    std::error_code failed;
    if (model.is_folder()) {
        if (fs::exists(folder / "model_index.json", failed)) return PullState::whole;
        return fs::exists(folder, failed) ? PullState::begun : PullState::none;
    }
    const auto record = PullRecord::read(folder);
    std::size_t here = 0;
    std::size_t wanted_files = 0;
    bool begun = false;
    for (const PublishedPart& part : model.parts) {
        for (const std::string& pattern : part.files) {
            ++wanted_files;
            if (record) {
                here += std::any_of(record->files.begin(), record->files.end(), [&](const auto& entry) {
                    return fits_pattern(entry.second.path, pattern) &&
                           fs::exists(folder / path_from_utf8(entry.first), failed);
                });
            }
            const fs::path name = path_from_utf8(pattern).filename();
            begun = begun || fs::exists(folder / part.into / (name.string() + ".partial"), failed);
        }
    }
    if (here == wanted_files) return PullState::whole;
    return begun ? PullState::begun : PullState::none;
}

Result<PullPlan> plan_pull(const Hub& hub, const PublishedModel& model, const fs::path& root, const DownloadOptions& options,
                           const std::stop_token& stop)
{
    PullPlan plan;
    plan.model = model;
    plan.root = pull_folder(model, root);
    plan.result = plan.root;
    WebClient client(options.patience);
    for (const PublishedPart& part : model.parts) {
        const auto listed = list_repository(client, hub, part.repository, part.revision, options.retries, stop);
        if (!listed) return listed.error();
        const std::size_t before = plan.files.size();
        for (const HubFile& file : *listed) {
            if (!wanted(file.path, part)) continue;
            const fs::path below =
                part.into.empty() ? path_from_utf8(file.path) : fs::path(part.into) / path_from_utf8(file.path).filename();
            plan.files.push_back({part.repository, part.revision, file, plan.root / below});
        }
        if (plan.files.size() == before) {
            return make_error(ErrorKind::not_found, part.repository + " has none of the files that Kinora looks for (" +
                                                        part.files.front() + "); its authors may have renamed them.");
        }
    }
    // A folder counts as a model once its index is there, so that comes last.
    std::stable_sort(plan.files.begin(), plan.files.end(), [](const FileOrder& one, const FileOrder& other) {
        const bool index = one.file.path == "model_index.json";
        const bool other_index = other.file.path == "model_index.json";
        return index != other_index ? other_index : one.file.size < other.file.size;
    });
    for (const FileOrder& order : plan.files) {
        plan.bytes += order.file.size;
        plan.missing += bytes_missing(order);
    }
    return plan;
}

Result<void> run_pull(const Hub& hub, const PullPlan& plan, const DownloadOptions& options,
                      const std::function<void(const PullProgress&)>& progress, const std::stop_token& stop)
{
    if (auto room = check_room(plan, options); !room) return room;
    std::error_code failed;
    fs::create_directories(plan.root, failed);
    if (failed) return file_error(plan.root, "created", failed.value());
    const auto lock = FolderLock::acquire(plan.root, "The folder of models");
    if (!lock) return lock.error();
    auto record = PullRecord::read(plan.root);
    if (!record) return record.error();
    Meter meter(plan, progress);
    for (const FileOrder& order : plan.files) {
        if (stop.stop_requested()) return make_error(ErrorKind::cancelled, "Stopped.");
        const std::string below = path_to_utf8(order.target.lexically_relative(plan.root));
        meter.begin(order);
        if (!is_here(order, below, *record, stop)) {
            fs::create_directories(order.target.parent_path(), failed);
            if (failed) return file_error(order.target.parent_path(), "created", failed.value());
            auto fetched = download_file(
                hub, order, options, [&](const FileProgress& file) { meter.tell(file); }, stop);
            if (!fetched) return fetched;
        }
        record->files[below] = order.file;
        if (auto written = record->write(plan.root); !written) return written;
        meter.end(order);
    }
    return {};
}

Result<std::vector<DamagedFile>> verify_pulled(const fs::path& folder,
                                               const std::function<void(const PullProgress&)>& progress,
                                               const std::stop_token& stop)
{
    const auto record = PullRecord::read(folder);
    if (!record) return record.error();
    if (record->files.empty()) {
        return make_error(ErrorKind::not_found, in_quotes(path_to_utf8(folder)) +
                                                    " wasn't pulled by Kinora, so there are no checksums to compare with.");
    }
    PullProgress state;
    state.count = static_cast<int>(record->files.size());
    state.checking = true;
    for (const auto& [below, file] : record->files)
        state.total += file.size;
    std::vector<DamagedFile> damaged;
    for (const auto& [below, file] : record->files) {
        if (stop.stop_requested()) return make_error(ErrorKind::cancelled, "Stopped.");
        state.file = below;
        ++state.number;
        if (progress) progress(state);
        const fs::path path = folder / path_from_utf8(below);
        const auto checked = check_file(path, file, stop);
        if (!checked && checked.error().kind == ErrorKind::cancelled) return checked.error();
        if (!checked) damaged.push_back({path, checked.error().message});
        state.done += file.size;
    }
    if (progress) progress(state);
    return damaged;
}

}  // namespace kinora::core
