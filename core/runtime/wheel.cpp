#include <fcntl.h>
#include <unistd.h>
#include <zip.h>

#include <cerrno>
#include <memory>

#include "core/base/file.h"
#include "core/base/paths.h"
#include "core/base/text.h"
#include "core/runtime/gpu_runtime.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;

struct CloseZip {
    void operator()(zip_t* archive) const { zip_discard(archive); }
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, CloseZip>;
using Entry = std::unique_ptr<zip_file_t, CloseZip>;

bool begins(std::string_view text, std::string_view with)
{
    return text.substr(0, with.size()) == with;
}

/// Where an entry of a wheel goes below the runtime's folder; empty for what isn't kept.
std::string place_of(const std::string& entry)
{
    const std::string file = entry.substr(entry.rfind('/') + 1);
    if (file.empty()) return {};
    const bool library = file.find(".so") != std::string::npos;
    if (begins(entry, "torch/lib/") && library && file != "libtorch_python.so") return entry;
    if (begins(entry, "nvidia/") && library) return entry;
    const auto information = entry.find(".dist-info/");
    const bool licence = entry.find("/licenses/") != std::string::npos || begins(file, "LICENSE") ||
                         begins(file, "License") || begins(file, "NOTICE");
    return information != std::string::npos && licence ? "licences/" + entry : std::string();
}

/// Relative, and nowhere upwards.
bool stays_inside(const std::string& name)
{
    const fs::path path(name);
    if (name.empty() || path.is_absolute() || name.find('\\') != std::string::npos || name.find('\0') != std::string::npos)
        return false;
    for (const auto& part : path)
        if (part == "..") return false;
    return true;
}

Result<void> unpack_entry(zip_t* archive, zip_uint64_t index, const fs::path& target,
                          const std::function<void(std::uint64_t)>& came, const std::stop_token& stop)
{
    const Entry entry(zip_fopen_index(archive, index, 0));
    if (!entry) return make_error(ErrorKind::corrupt, "its contents can't be read");
    std::error_code failed;
    fs::create_directories(target.parent_path(), failed);
    const int file = ::open(target.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) return file_error(target, "can't be written", errno);
    std::vector<char> buffer(1U << 20U);
    std::optional<Error> error;
    while (!error) {
        if (stop.stop_requested()) {
            error = make_error(ErrorKind::cancelled, "Stopped.");
            break;
        }
        const zip_int64_t count = zip_fread(entry.get(), buffer.data(), buffer.size());
        if (count == 0) break;
        if (count < 0) {
            error = make_error(ErrorKind::corrupt, "its contents are damaged");
            break;
        }
        for (zip_int64_t written = 0; written < count;) {
            const ssize_t now = ::write(file, buffer.data() + written, static_cast<std::size_t>(count - written));
            if (now < 0 && errno == EINTR) continue;
            if (now < 0) {
                error = file_error(target, "can't be written", errno);
                break;
            }
            written += now;
        }
        came(static_cast<std::uint64_t>(count));
    }
    if (!error && ::fsync(file) != 0) error = file_error(target, "can't be written", errno);
    ::close(file);
    if (error) return *error;
    return {};
}

}  // namespace

Result<void> unpack_libraries(const fs::path& wheel, const fs::path& folder,
                              const std::function<void(std::uint64_t, std::uint64_t)>& progress, const std::stop_token& stop)
{
    const std::string name = in_quotes(path_to_utf8(wheel.filename()));
    int code = 0;
    const Archive archive(zip_open(wheel.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code));
    if (!archive) return make_error(ErrorKind::corrupt, name + " is no wheel, or a damaged one.");
    struct Wanted {
        zip_uint64_t index;
        fs::path target;
    };
    std::vector<Wanted> wanted;
    std::uint64_t total = 0;
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
        zip_stat_t facts;
        if (zip_stat_index(archive.get(), i, 0, &facts) != 0 || (facts.valid & ZIP_STAT_NAME) == 0 ||
            (facts.valid & ZIP_STAT_SIZE) == 0)
            return make_error(ErrorKind::corrupt, name + " is a damaged wheel.");
        const std::string entry = facts.name;
        if (!stays_inside(entry))
            return make_error(ErrorKind::corrupt, name + " names a file outside of its folder, so nothing of it was taken.");
        const std::string place = place_of(entry);
        if (place.empty()) continue;
        wanted.push_back({i, folder / place});
        total += facts.size;
    }
    std::uint64_t done = 0;
    for (const Wanted& one : wanted) {
        const auto came = [&](std::uint64_t bytes) {
            done += bytes;
            if (progress) progress(done, total);
        };
        if (auto unpacked = unpack_entry(archive.get(), one.index, one.target, came, stop); !unpacked) {
            if (unpacked.error().kind != ErrorKind::corrupt) return unpacked;
            return make_error(ErrorKind::corrupt, name + " can't be unpacked: " + unpacked.error().message + ".");
        }
    }
    return {};
}

}  // namespace kinora::core
