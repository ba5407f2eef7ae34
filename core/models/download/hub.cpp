#include "core/models/download/hub.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/models/download/web_address.h"
#include "core/project/project_json.h"

namespace kinora::core {
namespace {

constexpr std::size_t k_longest_list = 32U << 20U;
constexpr int k_most_pages = 100;
constexpr int k_most_redirects = 5;

bool is_hexadecimal(std::string_view text, std::size_t length)
{
    return text.size() == length && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// An ETag without its quotes and weakness.
std::string bare_etag(std::string_view etag)
{
    if (etag.rfind("W/", 0) == 0) etag.remove_prefix(2);
    if (etag.size() >= 2 && etag.front() == '"' && etag.back() == '"') etag = etag.substr(1, etag.size() - 2);
    return std::string(etag);
}

std::string environment(const char* name)
{
    const char* const value = std::getenv(name);
    return value ? value : "";
}

/// Waits for a pause between tries, unless stopped.
void rest(std::chrono::milliseconds pause, WebClient& client, const std::stop_token& stop)
{
    const auto until = std::chrono::steady_clock::now() + pause;
    while (!stop.stop_requested() && std::chrono::steady_clock::now() < until)
        static_cast<void>(client.wait(until, stop));
}

/// One request, tried again as long as that makes sense.
Result<WebAnswer> ask(WebClient& client, const WebRequest& request, const Retries& retries, const std::stop_token& stop)
{
    for (int attempt = 1;; ++attempt) {
        WebAnswer answer = client.fetch(request, stop);
        const bool again = answer.network || (answer.ended && is_passing(answer.head.status));
        if (!again && !answer.ended) return answer.ended.error();
        if (!again) return answer;
        if (attempt > retries.most)
            return answer.ended ? status_error(answer.head.status, request.url) : answer.ended.error();
        rest(retries.pause(attempt, answer.head.header("retry-after")), client, stop);
    }
}

/// The address after `rel="next"` in a Link header.
std::string next_page(const std::string& link)
{
    const auto relation = link.find("rel=\"next\"");
    if (relation == std::string::npos) return {};
    const auto end = link.rfind('>', relation);
    const auto begin = end == std::string::npos ? end : link.rfind('<', end);
    return begin == std::string::npos ? std::string() : link.substr(begin + 1, end - begin - 1);
}

/// A file of the list; the reason why it can't be one.
std::string read_entry(const nlohmann::json& entry, HubFile& file)
{
    const auto text = [](const nlohmann::json& object, const char* key) {
        const auto found = object.find(key);
        return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    const auto size = [](const nlohmann::json& object, std::uint64_t& value) {
        const auto found = object.find("size");
        if (found == object.end() || !found->is_number_unsigned()) return false;
        value = found->get<std::uint64_t>();
        return true;
    };
    file.path = text(entry, "path");
    if (!is_safe_relative_path(file.path)) return "it names a file outside of its folder";
    if (!size(entry, file.size) || file.size > (1ULL << 50U)) return "a file has no size";
    file.git_id = text(entry, "oid");
    const auto large = entry.find("lfs");
    if (large != entry.end() && large->is_object()) {
        file.sha256 = text(*large, "oid");
        if (!is_hexadecimal(file.sha256, 64)) return "a file has no SHA-256";
        if (!size(*large, file.size)) return "a file has no size";
        file.git_id.clear();
    } else if (!is_hexadecimal(file.git_id, 40)) {
        return "a file has no checksum";
    }
    return {};
}

Result<void> read_page(const std::string& text, const std::string& url, std::vector<HubFile>& files)
{
    const auto json = parse_json(text, "The list of files at " + url);
    if (!json) return json.error();
    const auto damaged = [&](const std::string& why) {
        return make_error(ErrorKind::corrupt, "The list of files at " + url + " can't be used: " + why + ".");
    };
    if (!json->is_array()) return damaged("it is no list");
    for (const auto& entry : *json) {
        if (!entry.is_object()) return damaged("it holds something else than files");
        const auto type = entry.find("type");
        if (type == entry.end() || *type != "file") continue;
        HubFile file;
        if (const std::string why = read_entry(entry, file); !why.empty()) return damaged(why);
        files.push_back(std::move(file));
    }
    return {};
}

}  // namespace

Hub Hub::from_environment()
{
    Hub hub;
    if (const std::string endpoint = environment("HF_ENDPOINT"); !endpoint.empty()) hub.endpoint = endpoint;
    while (hub.endpoint.ends_with('/'))
        hub.endpoint.pop_back();
    hub.token = environment("HF_TOKEN");
    // A line end would smuggle further headers in.
    if (hub.token.find_first_of("\r\n") != std::string::npos) hub.token.clear();
    return hub;
}

std::chrono::milliseconds Retries::pause(int attempt, const std::string& retry_after) const
{
    std::chrono::milliseconds wanted = first_pause * (1LL << std::clamp(attempt - 1, 0, 16));
    int seconds = 0;
    const auto [end, failed] = std::from_chars(retry_after.data(), retry_after.data() + retry_after.size(), seconds);
    if (failed == std::errc() && end != retry_after.data() && seconds >= 0) wanted = std::chrono::seconds(seconds);
    return std::min(wanted, longest_pause);
}

bool is_passing(int status)
{
    return status == 408 || status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

Error status_error(int status, const std::string& url)
{
    const std::string code = " (HTTP " + std::to_string(status) + ")";
    if (status == 401 || status == 403) {
        return make_error(ErrorKind::io,
                          url + " asks for permission" + code +
                              ": accept the licence on the model's page and set HF_TOKEN to a token of yours.");
    }
    if (status == 404) return make_error(ErrorKind::not_found, url + " isn't there" + code + ".");
    if (status == 429)
        return make_error(ErrorKind::io, url + " answers too many requests at the moment" + code + "; try again later.");
    if (status >= 500) return make_error(ErrorKind::io, url + " has trouble at the moment" + code + "; try again later.");
    return make_error(ErrorKind::io, url + " gave no file" + code + ".");
}

bool is_repository_name(std::string_view name)
{
    const auto slash = name.find('/');
    const auto sound = [](std::string_view part) {
        const auto good = [](unsigned char letter) {
            return std::isalnum(letter) != 0 || letter == '-' || letter == '_' || letter == '.';
        };
        return !part.empty() && part.size() <= 96 && part.front() != '.' && std::all_of(part.begin(), part.end(), good);
    };
    return slash != std::string_view::npos && sound(name.substr(0, slash)) && sound(name.substr(slash + 1));
}

Result<std::vector<HubFile>> list_repository(WebClient& client, const Hub& hub, const std::string& repository,
                                             const std::string& revision, const Retries& retries,
                                             const std::stop_token& stop)
{
    if (!is_repository_name(repository))
        return make_error(ErrorKind::invalid_argument, in_quotes(repository) + " is no name of a repository.");
    auto page =
        parse_web_address(hub.endpoint + "/api/models/" + repository + "/tree/" + escape_path(revision) + "?recursive=true");
    if (!page) return page.error();
    const std::string origin = page->origin;
    std::vector<HubFile> files;
    for (int number = 0; number < k_most_pages; ++number) {
        WebRequest request;
        request.url = page->url;
        if (page->origin == origin) request.token = hub.token;
        request.longest = k_longest_list;
        const auto answer = ask(client, request, retries, stop);
        if (!answer) return answer.error();
        const int status = answer->head.status;
        if (status == 301 || status == 302 || status == 307 || status == 308) {
            page = follow_location(*page, answer->head.header("location"));
            if (!page) return page.error();
            continue;
        }
        if (status != 200) return status_error(status, request.url);
        if (auto read = read_page(answer->body, request.url, files); !read) return read.error();
        const std::string next = next_page(answer->head.header("link"));
        if (next.empty()) return files;
        page = follow_location(*page, next);
        if (!page) return page.error();
    }
    return make_error(ErrorKind::corrupt, "The list of files of " + repository + " has no end.");
}

Result<HubLocation> locate_file(WebClient& client, const Hub& hub, const std::string& repository,
                                const std::string& revision, const std::string& path, const Retries& retries,
                                const std::stop_token& stop)
{
    return locate_address(client,
                          hub.endpoint + "/" + repository + "/resolve/" + escape_path(revision) + "/" + escape_path(path),
                          hub.token, retries, stop);
}

Result<HubLocation> locate_address(WebClient& client, const std::string& url, const std::string& token,
                                   const Retries& retries, const std::stop_token& stop)
{
    auto address = parse_web_address(url);
    if (!address) return address.error();
    const std::string origin = address->origin;
    HubLocation location;
    for (int hop = 0; hop <= k_most_redirects; ++hop) {
        WebRequest request;
        request.url = address->url;
        request.token = token;
        request.head = true;
        const auto answer = ask(client, request, retries, stop);
        if (!answer) return answer.error();
        const WebHead& head = answer->head;
        const std::string linked = bare_etag(head.header("x-linked-etag"));
        if (is_hexadecimal(linked, 64)) location.sha256 = linked;
        const bool redirected = head.status >= 301 && head.status <= 308 && head.status != 304;
        const std::string told =
            head.header(redirected || location.sha256.empty() == false ? "x-linked-size" : "content-length");
        std::uint64_t size = 0;
        if (std::from_chars(told.data(), told.data() + told.size(), size).ec == std::errc()) {
            location.size = size;
            location.size_told = true;
        }
        if (redirected) {
            address = follow_location(*address, head.header("location"));
            if (!address) return address.error();
            location.url = address->url;
            // Signed addresses of other servers are good for one GET; the hub has said what is to be known.
            if (address->origin != origin) return location;
            if (!location.sha256.empty()) {
                location.token = token;
                return location;
            }
            continue;
        }
        if (head.status != 200) return status_error(head.status, request.url);
        const std::string etag = bare_etag(head.header("etag"));
        if (location.sha256.empty() && is_hexadecimal(etag, 40)) location.git_id = etag;
        if (location.sha256.empty() && is_hexadecimal(etag, 64)) location.sha256 = etag;
        location.url = address->url;
        location.token = token;
        return location;
    }
    return make_error(ErrorKind::io, url + " leads round in circles.");
}

}  // namespace kinora::core
