#include "core/models/download/partial_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <numeric>
#include <utility>

#include "core/base/file.h"
#include "core/base/json_reader.h"
#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/models/json_file.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;

/// So many bytes are lost at most when the machine stops.
constexpr std::uint64_t k_note_every = 32U << 20U;
constexpr std::uint64_t k_longest_note = 4U << 20U;

fs::path with(const fs::path& file, const char* ending)
{
    fs::path result = file;
    result += ending;
    return result;
}

}  // namespace

PartialFile::PartialFile(fs::path file, std::string checksum, std::uint64_t size, std::uint64_t chunk_size)
    : file_(std::move(file)),
      partial_(with(file_, ".partial")),
      note_(with(file_, ".partial.json")),
      checksum_(std::move(checksum)),
      size_(size),
      chunk_size_(std::max<std::uint64_t>(chunk_size, 1))
{
    divide(chunk_size_);
}

PartialFile::PartialFile(PartialFile&& other) noexcept
    : file_(std::move(other.file_)),
      partial_(std::move(other.partial_)),
      note_(std::move(other.note_)),
      checksum_(std::move(other.checksum_)),
      size_(other.size_),
      chunk_size_(other.chunk_size_),
      chunks_(std::move(other.chunks_)),
      unnoted_(std::exchange(other.unnoted_, 0)),
      descriptor_(std::exchange(other.descriptor_, -1))
{
}

PartialFile::~PartialFile()
{
    if (descriptor_ >= 0 && unnoted_ > 0) static_cast<void>(note());
    close();
}

void PartialFile::close() noexcept
{
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

void PartialFile::divide(std::uint64_t chunk_size)
{
    chunks_.clear();
    for (std::uint64_t begin = 0; begin < size_; begin += chunk_size)
        chunks_.push_back({begin, std::min(size_, begin + chunk_size), 0});
}

/// Takes the note's word for what is there, as far as the file is as long as that. A wrong note shows in the checksum.
void PartialFile::read_note()
{
    const auto json = read_json_object(note_, k_longest_note);
    if (!json) return;
    std::error_code failed;
    const std::uint64_t length = fs::file_size(partial_, failed);
    if (failed) return;
    JsonReader reader(*json, "");
    std::string checksum;
    std::int64_t size = -1;
    std::int64_t chunk_size = 0;
    reader.text("checksum", checksum, 100);
    reader.whole("size", size, 0, INT64_MAX);
    reader.whole("chunk_size", chunk_size, 1, INT64_MAX);
    const auto* done = reader.find("done");
    if (!reader.error().empty() || checksum != checksum_ || static_cast<std::uint64_t>(size) != size_) return;
    const auto wanted = static_cast<std::uint64_t>(chunk_size);
    const std::uint64_t count = size_ / wanted + (size_ % wanted != 0 ? 1 : 0);
    if (!done || !done->is_array() || done->size() != count) return;
    divide(wanted);
    chunk_size_ = wanted;
    for (std::size_t i = 0; i < chunks_.size(); ++i) {
        Chunk& chunk = chunks_[i];
        const auto& value = (*done)[i];
        if (!value.is_number_unsigned()) continue;
        const std::uint64_t bytes = value.get<std::uint64_t>();
        if (bytes <= chunk.end - chunk.begin && chunk.begin + bytes <= length) chunk.done = bytes;
    }
}

Result<PartialFile> PartialFile::open(const fs::path& file, const std::string& checksum, std::uint64_t size,
                                      std::uint64_t chunk_size)
{
    PartialFile partial(file, checksum, size, chunk_size);
    partial.read_note();
    partial.descriptor_ = ::open(partial.partial_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (partial.descriptor_ < 0) return file_error(partial.partial_, "written", errno);
    // Bytes of another content behind the new end would spoil it.
    struct stat status {};
    const bool too_long = ::fstat(partial.descriptor_, &status) == 0 && status.st_size > static_cast<off_t>(size);
    if (too_long && ::ftruncate(partial.descriptor_, static_cast<off_t>(size)) != 0)
        return file_error(partial.partial_, "written", errno);
    if (auto noted = partial.note(); !noted) return noted.error();
    return partial;
}

std::uint64_t PartialFile::bytes_there(const fs::path& file, const std::string& checksum, std::uint64_t size)
{
    PartialFile partial(file, checksum, size, std::max<std::uint64_t>(size, 1));
    partial.read_note();
    return partial.bytes_done();
}

std::uint64_t PartialFile::bytes_done() const
{
    return std::accumulate(chunks_.begin(), chunks_.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const Chunk& chunk) { return sum + chunk.done; });
}

bool PartialFile::complete() const
{
    return std::all_of(chunks_.begin(), chunks_.end(), [](const Chunk& chunk) { return chunk.complete(); });
}

Result<void> PartialFile::write(std::size_t chunk, std::span<const std::byte> bytes)
{
    Chunk& into = chunks_[chunk];
    if (bytes.size() > into.end - into.begin - into.done)
        return make_error(ErrorKind::corrupt, "The server sends more of " + in_quotes(file_.filename().string()) +
                                                  " than it announced; nothing of that was kept.");
    while (!bytes.empty()) {
        const auto place = static_cast<off_t>(into.begin + into.done);
        const ssize_t count = ::pwrite(descriptor_, bytes.data(), bytes.size(), place);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return file_error(partial_, "written", errno);
        bytes = bytes.subspan(static_cast<std::size_t>(count));
        into.done += static_cast<std::uint64_t>(count);
        unnoted_ += static_cast<std::uint64_t>(count);
    }
    return unnoted_ >= k_note_every ? note() : Result<void>();
}

Result<void> PartialFile::restart(bool one_chunk)
{
    divide(one_chunk ? std::max<std::uint64_t>(size_, 1) : chunk_size_);
    if (one_chunk) chunk_size_ = std::max<std::uint64_t>(size_, 1);
    return note();
}

Result<void> PartialFile::note()
{
    nlohmann::json done = nlohmann::json::array();
    for (const Chunk& chunk : chunks_)
        done.push_back(chunk.done);
    unnoted_ = 0;
    return write_file(
        note_,
        json_text({{"checksum", checksum_}, {"size", size_}, {"chunk_size", chunk_size_}, {"done", std::move(done)}}));
}

Result<void> PartialFile::flush()
{
    if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != EROFS) return file_error(partial_, "written", errno);
    return {};
}

Result<void> PartialFile::finish()
{
    close();
    if (::rename(partial_.c_str(), file_.c_str()) != 0) return file_error(file_, "written", errno);
    ::unlink(note_.c_str());
    const int folder = ::open(file_.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        static_cast<void>(::fsync(folder));
        ::close(folder);
    }
    return {};
}

void PartialFile::discard()
{
    close();
    ::unlink(partial_.c_str());
    ::unlink(note_.c_str());
}

}  // namespace kinora::core
