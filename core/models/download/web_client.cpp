#include "core/models/download/web_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <string_view>

namespace kinora::core {

std::string WebHead::header(const std::string& name) const
{
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

struct WebClient::Transfer {
    int key = 0;
    WebRequest request;
    WebAnswer answer;
    CURL* easy = nullptr;
    curl_slist* headers = nullptr;
    bool head_told = false;
    char reason[CURL_ERROR_SIZE] = {};

    Transfer() : easy(curl_easy_init()) {}
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;
    ~Transfer()
    {
        curl_easy_cleanup(easy);
        curl_slist_free_all(headers);
    }

    /// Once per answer, when its headers are whole.
    bool tell_head()
    {
        if (head_told) return answer.ended.has_value();
        head_told = true;
        if (request.on_head) answer.ended = request.on_head(answer.head);
        return answer.ended.has_value();
    }

    bool take(std::span<const std::byte> bytes)
    {
        if (!tell_head()) return false;
        if (request.on_bytes) {
            answer.ended = request.on_bytes(bytes);
            return answer.ended.has_value();
        }
        if (answer.body.size() + bytes.size() > request.longest) {
            if (request.longest == 0) return true;
            answer.ended = make_error(ErrorKind::corrupt, request.url + " answers with more than it should.");
            return false;
        }
        answer.body.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        return true;
    }

    void take_header(std::string_view line)
    {
        if (line.rfind("HTTP/", 0) == 0) {
            answer.head = {};
            const auto space = line.find(' ');
            if (space != std::string_view::npos)
                answer.head.status = std::atoi(std::string(line.substr(space + 1, 3)).c_str());
            return;
        }
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) return;
        std::string name(line.substr(0, colon));
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char letter) { return std::tolower(letter); });
        const auto first = line.find_first_not_of(" \t", colon + 1);
        const auto last = line.find_last_not_of(" \t\r\n");
        answer.head.headers[name] = first == std::string_view::npos || last < first
                                        ? std::string()
                                        : std::string(line.substr(first, last - first + 1));
    }
};

struct WebClient::State {
    WebPatience patience;
    CURLM* multi = nullptr;
    std::vector<std::unique_ptr<Transfer>> transfers;
};

namespace {

template <typename Transfer>
std::size_t receive_bytes(char* data, std::size_t size, std::size_t count, void* transfer)
{
    const std::size_t bytes = size * count;
    const auto span = std::as_bytes(std::span(data, bytes));
    return static_cast<Transfer*>(transfer)->take(span) ? bytes : 0;
}

template <typename Transfer>
std::size_t receive_header(char* data, std::size_t size, std::size_t count, void* transfer)
{
    static_cast<Transfer*>(transfer)->take_header({data, size * count});
    return size * count;
}

/// libcurl's own set-up, once for the program.
void start_curl()
{
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    static_cast<void>(started);
}

}  // namespace

WebClient::WebClient(WebPatience patience) : state_(std::make_unique<State>())
{
    start_curl();
    state_->patience = patience;
    state_->multi = curl_multi_init();
}

WebClient::~WebClient()
{
    drop_all();
    curl_multi_cleanup(state_->multi);
}

void WebClient::drop_all()
{
    for (const auto& transfer : state_->transfers)
        curl_multi_remove_handle(state_->multi, transfer->easy);
    state_->transfers.clear();
}

void WebClient::start(int key, WebRequest request)
{
    auto made = std::make_unique<Transfer>();
    Transfer& transfer = *made;
    transfer.key = key;
    transfer.request = std::move(request);
    const WebRequest& asked = transfer.request;
    CURL* easy = transfer.easy;
    curl_easy_setopt(easy, CURLOPT_URL, asked.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_NOBODY, asked.head ? 1L : 0L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, static_cast<long>(state_->patience.connect.count()));
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(state_->patience.silence.count()));
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "Kinora/" KINORA_VERSION);
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, 262144L);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer.reason);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &receive_bytes<Transfer>);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &receive_header<Transfer>);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, &transfer);
    const auto add_header = [&transfer](const std::string& line) {
        transfer.headers = curl_slist_append(transfer.headers, line.c_str());
    };
    add_header("Accept-Encoding: identity");
    if (!asked.token.empty()) add_header("Authorization: Bearer " + asked.token);
    if (!asked.if_range.empty()) add_header("If-Range: " + asked.if_range);
    if (asked.end > 0) {
        const std::string range = std::to_string(asked.from) + "-" + std::to_string(asked.end - 1);
        curl_easy_setopt(easy, CURLOPT_RANGE, range.c_str());
    }
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer.headers);
    // The proxy gets no header that is meant for the hub.
    curl_easy_setopt(easy, CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));
    curl_multi_add_handle(state_->multi, easy);
    state_->transfers.push_back(std::move(made));
}

std::vector<std::pair<int, WebAnswer>> WebClient::wait(std::chrono::steady_clock::time_point until,
                                                       const std::stop_token& stop)
{
    std::vector<std::pair<int, WebAnswer>> ended;
    const std::stop_callback wake(stop, [this] { curl_multi_wakeup(state_->multi); });
    while (ended.empty() && !stop.stop_requested()) {
        int running = 0;
        curl_multi_perform(state_->multi, &running);
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(state_->multi, &left)) {
            if (message->msg != CURLMSG_DONE) continue;
            const CURLcode code = message->data.result;
            const auto found = std::find_if(state_->transfers.begin(), state_->transfers.end(),
                                            [&](const auto& one) { return one->easy == message->easy_handle; });
            Transfer& transfer = **found;
            curl_multi_remove_handle(state_->multi, transfer.easy);
            if (code == CURLE_OK) transfer.tell_head();
            if (code != CURLE_OK && transfer.answer.ended) {
                const std::string why = *transfer.reason != '\0' ? transfer.reason : curl_easy_strerror(code);
                transfer.answer.ended = make_error(ErrorKind::io, transfer.request.url + " can't be fetched: " + why + ".");
                transfer.answer.network = true;
            }
            ended.emplace_back(transfer.key, std::move(transfer.answer));
            state_->transfers.erase(found);
        }
        if (!ended.empty()) break;
        const auto now = std::chrono::steady_clock::now();
        if (now >= until) break;
        const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(until - now).count() + 1;
        curl_multi_poll(state_->multi, nullptr, 0, static_cast<int>(std::min<long long>(wait, 1000)), nullptr);
    }
    return ended;
}

WebAnswer WebClient::fetch(WebRequest request, const std::stop_token& stop)
{
    start(0, std::move(request));
    while (!stop.stop_requested()) {
        auto ended = wait(std::chrono::steady_clock::now() + std::chrono::seconds(1), stop);
        if (!ended.empty()) return std::move(ended.front().second);
    }
    drop_all();
    WebAnswer answer;
    answer.ended = make_error(ErrorKind::cancelled, "Stopped.");
    return answer;
}

}  // namespace kinora::core
