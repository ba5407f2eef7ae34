#include "core/models/download/file_download.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <fstream>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/file.h"
#include "core/base/paths.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/models/download/git_id.h"
#include "core/models/download/partial_file.h"

namespace kinora::core {
namespace {

using Clock = std::chrono::steady_clock;

/// "bytes 100-199/1000" → 100 and 1000.
struct ContentRange {
    std::uint64_t begin = 0;
    std::uint64_t total = 0;
};
std::optional<ContentRange> parse_content_range(std::string_view text)
{
    ContentRange range;
    const auto number = [&text](std::uint64_t& value, char before) {
        if (before != '\0') {
            const auto place = text.find(before);
            if (place == std::string_view::npos) return false;
            text.remove_prefix(place + 1);
        }
        return std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc();
    };
    if (!number(range.begin, ' ') || !number(range.total, '/')) return std::nullopt;
    return range;
}

/// One file's way from the hub to the disk.
class Download {
public:
    Download(const Hub& hub, const FileOrder& order, const DownloadOptions& options,
             const std::function<void(const FileProgress&)>& progress, const std::stop_token& stop)
        : hub_(hub),
          order_(order),
          options_(options),
          progress_(progress),
          stop_(stop),
          data_(options.patience),
          talk_(options.patience)
    {
    }

    Result<void> run()
    {
        if (auto located = locate(); !located) return located;
        auto partial = PartialFile::open(order_.target, checksum_of(order_.file), order_.file.size, options_.chunk_size);
        if (!partial) return partial.error();
        partial_.emplace(std::move(*partial));
        for (int round = 0;; ++round) {
            if (auto fetched = fetch_all(); !fetched) return fetched;
            if (auto flushed = partial_->flush(); !flushed) return flushed;
            if (progress_) progress_({order_.file.size, order_.file.size, true});
            const auto checked = check_file(partial_->path(), order_.file, stop_);
            if (checked) return partial_->finish();
            if (checked.error().kind != ErrorKind::corrupt) return checked;
            if (round > 0) {
                partial_->discard();
                return make_error(ErrorKind::corrupt, in_quotes(path_to_utf8(order_.target.filename())) + " of " +
                                                          order_.repository +
                                                          " arrived damaged twice (its checksum isn't the hub's), so it "
                                                          "was thrown away; try again later.");
            }
            if (auto again = partial_->restart(false); !again) return again;
        }
    }

private:
    /// What `on_head` found out that isn't an error of the file.
    enum class Turn { none, range_ignored, range_refused, locate_again, later };

    Result<void> locate()
    {
        auto found = order_.url.empty() ? locate_file(talk_, hub_, order_.repository, order_.revision, order_.file.path,
                                                      options_.retries, stop_)
                                        : locate_address(talk_, order_.url, {}, options_.retries, stop_);
        if (!found) return found.error();
        const bool other = (found->size_told && found->size != order_.file.size) ||
                           (!found->sha256.empty() && !order_.file.sha256.empty() && found->sha256 != order_.file.sha256) ||
                           (!found->git_id.empty() && !order_.file.git_id.empty() && found->git_id != order_.file.git_id);
        if (other) {
            return make_error(ErrorKind::corrupt,
                              "The hub lists another " + in_quotes(order_.file.path) + " of " + order_.repository +
                                  " than it has (" + std::to_string(order_.file.size) + " and " +
                                  std::to_string(found->size) + " bytes); it may be changing just now, try again later.");
        }
        location_ = std::move(*found);
        return {};
    }

    Result<void> fetch_all()
    {
        failures_ = 0;
        restarts_ = 0;
        not_before_ = Clock::now();
        report(true);
        while (!partial_->complete()) {
            if (stop_.stop_requested()) {
                drop_requests();
                if (auto noted = partial_->note(); !noted) return noted;
                return make_error(ErrorKind::cancelled, "Stopped.");
            }
            start_requests();
            const auto now = Clock::now();
            const auto next =
                not_before_ > now ? std::min(not_before_, now + std::chrono::seconds(1)) : now + std::chrono::seconds(1);
            const int generation = generation_;
            for (auto& [chunk, answer] : data_.wait(next, stop_)) {
                const Turn turn = running_[chunk];
                running_.erase(chunk);
                if (auto settled = settle(chunk, answer, turn); !settled) {
                    drop_requests();
                    static_cast<void>(partial_->note());
                    return settled;
                }
                if (generation != generation_) break;  // the rest belonged to requests that were dropped
            }
            report(false);
        }
        report(true);
        return {};
    }

    void start_requests()
    {
        if (Clock::now() < not_before_) return;
        const auto& chunks = partial_->chunks();
        for (std::size_t i = 0; i < chunks.size() && static_cast<int>(running_.size()) < std::max(1, options_.parts); ++i) {
            const int key = static_cast<int>(i);
            if (chunks[i].complete() || running_.contains(key)) continue;
            running_[key] = Turn::none;
            data_.start(key, request_for(i));
        }
    }

    WebRequest request_for(std::size_t chunk)
    {
        const PartialFile::Chunk& part = partial_->chunks()[chunk];
        WebRequest request;
        request.url = location_.url;
        request.token = location_.token;
        const bool whole = part.begin + part.done == 0 && part.end == order_.file.size;
        if (!whole) {
            request.from = part.begin + part.done;
            request.end = part.end;
            request.if_range = etag_;
        }
        const int key = static_cast<int>(chunk);
        request.on_head = [this, key, whole, from = part.begin + part.done](const WebHead& head) {
            return judge(key, whole, from, head);
        };
        request.on_bytes = [this, chunk](std::span<const std::byte> bytes) {
            failures_ = 0;
            auto written = partial_->write(chunk, bytes);
            report(false);
            return written;
        };
        return request;
    }

    /// Looks at an answer's headers before its bytes are taken.
    Result<void> judge(int key, bool whole, std::uint64_t from, const WebHead& head)
    {
        const auto turn = [&](Turn what) {
            running_[key] = what;
            return make_error(ErrorKind::io, "Not taken.");
        };
        if (head.status == 206) {
            const auto range = parse_content_range(head.header("content-range"));
            if (!range || range->begin != from || range->total != order_.file.size) {
                return make_error(ErrorKind::corrupt, "The server says that " + in_quotes(order_.file.path) + " has " +
                                                          (range ? std::to_string(range->total) : std::string("some")) +
                                                          " bytes, the hub says " + std::to_string(order_.file.size) +
                                                          "; it may be changing just now, try again later.");
            }
            remember_etag(head);
            return {};
        }
        if (head.status == 200) {
            if (!whole) return turn(Turn::range_ignored);
            remember_etag(head);
            return {};
        }
        if (head.status == 416) return turn(Turn::range_refused);
        if (head.status == 401 || head.status == 403 || (head.status >= 301 && head.status <= 308))
            return turn(Turn::locate_again);
        if (is_passing(head.status)) return turn(Turn::later);
        return status_error(head.status, location_.url);
    }

    /// A weak ETag is no promise that the bytes are the same.
    void remember_etag(const WebHead& head)
    {
        const std::string etag = head.header("etag");
        if (etag_.empty() && etag.rfind('"', 0) == 0) etag_ = etag;
    }

    /// What to do after a request ended.
    Result<void> settle(int chunk, const WebAnswer& answer, Turn turn)
    {
        switch (turn) {
            case Turn::range_ignored:
                return start_over(Chunks::one);
            case Turn::range_refused:
                return start_over(Chunks::many);
            case Turn::locate_again:
                if (++failures_ > 2) return status_error(answer.head.status, location_.url);
                drop_requests();
                return locate();
            case Turn::later:
                return again_later(answer);
            case Turn::none:
                break;
        }
        const bool short_of = answer.ended && !partial_->chunks()[static_cast<std::size_t>(chunk)].complete();
        if (answer.network || short_of) return again_later(answer);
        return answer.ended;
    }

    enum class Chunks { one, many };
    /// The server can't go on from where we are, or has other bytes.
    Result<void> start_over(Chunks chunks)
    {
        if (++restarts_ > options_.retries.most) {
            return make_error(ErrorKind::io, "The server can't send " + in_quotes(order_.file.path) +
                                                 " in parts and broke off every time; try again later.");
        }
        drop_requests();
        etag_.clear();
        if (auto restarted = partial_->restart(chunks == Chunks::one); !restarted) return restarted;
        return chunks == Chunks::one ? Result<void>() : locate();
    }

    Result<void> again_later(const WebAnswer& answer)
    {
        const auto now = Clock::now();
        if (now < not_before_) return {};  // its sisters failed with it
        if (++failures_ > options_.retries.most) {
            if (answer.network) return answer.ended;
            if (answer.head.status >= 300) return status_error(answer.head.status, location_.url);
            return make_error(ErrorKind::corrupt, "The server ends " + in_quotes(order_.file.path) + " before its " +
                                                      std::to_string(order_.file.size) + " bytes; try again later.");
        }
        not_before_ = now + options_.retries.pause(failures_, answer.head.header("retry-after"));
        return {};
    }

    void drop_requests()
    {
        data_.drop_all();
        running_.clear();
        ++generation_;
    }

    void report(bool always)
    {
        const auto now = Clock::now();
        if (!progress_ || (!always && now - reported_ < std::chrono::milliseconds(100))) return;
        reported_ = now;
        progress_({partial_->bytes_done(), order_.file.size, false});
    }

    const Hub& hub_;
    const FileOrder& order_;
    const DownloadOptions& options_;
    const std::function<void(const FileProgress&)>& progress_;
    const std::stop_token& stop_;
    HubLocation location_;
    std::optional<PartialFile> partial_;
    std::string etag_;  ///< of the server that sends the bytes
    std::map<int, Turn> running_;
    int failures_ = 0;  ///< since the last byte
    int restarts_ = 0;
    int generation_ = 0;  ///< of the requests under way
    Clock::time_point not_before_;
    Clock::time_point reported_;
    WebClient data_;
    WebClient talk_;
};

/// The SHA-256 of a file, unless stopped.
Result<std::string> sha256_until(const std::filesystem::path& path, const std::stop_token& stop)
{
    std::ifstream stream(path, std::ios::binary);
    if (!stream) return file_error(path, "read", ENOENT);
    std::vector<char> buffer(1U << 20U);
    Sha256 hash;
    while (stream) {
        if (stop.stop_requested()) return make_error(ErrorKind::cancelled, "Stopped.");
        stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        hash.update(std::string_view(buffer.data(), static_cast<std::size_t>(stream.gcount())));
    }
    if (stream.bad() || !stream.eof()) return file_error(path, "read", EIO);
    return hash.hex_digest();
}

}  // namespace

const std::string& checksum_of(const HubFile& file)
{
    return file.sha256.empty() ? file.git_id : file.sha256;
}

Result<void> check_file(const std::filesystem::path& path, const HubFile& file, const std::stop_token& stop)
{
    const auto found = file.sha256.empty() ? git_id_of_file(path) : sha256_until(path, stop);
    if (!found) return found.error();
    if (*found == checksum_of(file)) return {};
    return make_error(ErrorKind::corrupt, in_quotes(path.filename().string()) + " has the checksum " + *found +
                                              ", the hub lists " + checksum_of(file) + ".");
}

Result<void> download_file(const Hub& hub, const FileOrder& order, const DownloadOptions& options,
                           const std::function<void(const FileProgress&)>& progress, const std::stop_token& stop)
{
    return Download(hub, order, options, progress, stop).run();
}

}  // namespace kinora::core
