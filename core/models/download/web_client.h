#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace kinora::core {

/// Status line and headers of an answer.
struct WebHead {
    int status = 0;
    std::map<std::string, std::string> headers;  ///< by lower-case name

    /// Empty where it wasn't sent.
    [[nodiscard]] std::string header(const std::string& name) const;
};

/// A request. Redirects are not followed: whoever asks decides where a token goes.
struct WebRequest {
    std::string url;    ///< of a checked `WebAddress`
    std::string token;  ///< sent as bearer token; empty: none
    bool head = false;  ///< headers only
    std::uint64_t from = 0;
    std::uint64_t end = 0;    ///< bytes [from, end); 0: the whole
    std::string if_range;     ///< the ETag that the range must belong to
    std::size_t longest = 0;  ///< body kept in `WebAnswer::body`, at most so long; 0: none is kept
    std::function<Result<void>(const WebHead&)> on_head;               ///< before the body; an error ends the transfer
    std::function<Result<void>(std::span<const std::byte>)> on_bytes;  ///< likewise; else the body is kept or dropped
};

/// How a transfer ended.
struct WebAnswer {
    WebHead head;
    std::string body;
    Result<void> ended;    ///< the error of `on_head`, `on_bytes` or the network; HTTP statuses are no errors here
    bool network = false;  ///< the error is the network's: worth another try
};

/// Patience with the network.
struct WebPatience {
    std::chrono::seconds connect{30};
    std::chrono::seconds silence{60};  ///< without a byte
};

/// Runs HTTP transfers at the same time on the calling thread (libcurl). Proxies are those of the usual environment
/// variables. Not thread-safe, but for the stop tokens.
class WebClient {
public:
    explicit WebClient(WebPatience patience = {});
    ~WebClient();
    WebClient(const WebClient&) = delete;
    WebClient& operator=(const WebClient&) = delete;

    /// Starts a transfer; `key` names it in `wait`. A key must not be in use.
    void start(int key, WebRequest request);
    /// Ends all transfers at once; their answers are dropped.
    void drop_all();
    /// Runs until a transfer ends, `until` comes or the token stops. Gives those that ended; none of the others.
    [[nodiscard]] std::vector<std::pair<int, WebAnswer>> wait(std::chrono::steady_clock::time_point until,
                                                              const std::stop_token& stop);
    /// One transfer from start to end; `cancelled` in `ended` if stopped.
    [[nodiscard]] WebAnswer fetch(WebRequest request, const std::stop_token& stop);

private:
    struct Transfer;
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kinora::core
