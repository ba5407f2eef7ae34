#include "core/base/file_copy.h"

#include <cerrno>
#include <fstream>
#include <span>
#include <vector>

#include "core/base/file.h"
#include "core/base/paths.h"
#include "core/base/sha256.h"

namespace kinora::core {

Result<CopiedFile> copy_file_whole(const std::filesystem::path& from, const std::filesystem::path& to,
                                   const std::function<void(std::uint64_t)>& progress, std::stop_token stop)
{
    std::error_code error;
    if (!std::filesystem::is_regular_file(from, error))
        return make_error(ErrorKind::not_found, "There is no file " + path_to_utf8(from) + ".");
    std::ifstream in(from, std::ios::binary);
    if (!in) return file_error(from, "read", errno);
    auto file = AtomicFile::create(to);
    if (!file) return file.error();
    std::vector<char> block(std::size_t{1} << 20U);
    Sha256 sum;
    CopiedFile copied;
    while (in) {
        if (stop.stop_requested())
            return make_error(ErrorKind::cancelled, "Copying " + path_to_utf8(from) + " was cancelled.");
        in.read(block.data(), static_cast<std::streamsize>(block.size()));
        const auto bytes = std::as_bytes(std::span(block.data(), static_cast<std::size_t>(in.gcount())));
        if (bytes.empty()) break;
        sum.update(bytes);
        if (auto written = file->write(bytes); !written) return written.error();
        copied.bytes += bytes.size();
        if (progress) progress(copied.bytes);
    }
    if (in.bad()) return file_error(from, "read", errno);
    if (auto committed = file->commit(); !committed) return committed.error();
    copied.sha256 = sum.hex_digest();
    return copied;
}

}  // namespace kinora::core
