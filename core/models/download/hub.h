#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/models/download/web_client.h"

namespace kinora::core {

/// A hub of models that speaks Hugging Face's protocol.
struct Hub {
    std::string endpoint = "https://huggingface.co";
    std::string token;  ///< sent to the endpoint's own origin only; empty: none

    /// From `HF_ENDPOINT` and `HF_TOKEN`.
    [[nodiscard]] static Hub from_environment();
};

/// A file of a repository as the hub lists it.
struct HubFile {
    std::string path;
    std::uint64_t size = 0;
    std::string sha256;  ///< of large files
    std::string git_id;  ///< of small ones: Git's SHA-1
};

/// How often and how patiently a request is tried again that the network or a busy server ended.
struct Retries {
    int most = 6;  ///< without any progress between them
    std::chrono::milliseconds first_pause{500};
    std::chrono::milliseconds longest_pause{60'000};

    /// Before try number `attempt` (1 is the second). `retry_after` is what the server asked for, if it did.
    [[nodiscard]] std::chrono::milliseconds pause(int attempt, const std::string& retry_after) const;
};

/// Whether a status asks for patience: 408, 429 and the 5xx of servers that are busy or broken.
[[nodiscard]] bool is_passing(int status);

/// The sentence for an answer that isn't the file: 401 and 403 explain tokens, 404 names what isn't there.
[[nodiscard]] Error status_error(int status, const std::string& url);

/// Every file of a repository at a revision (a branch, tag or commit). `not_found`, `io`, `corrupt` for a list that makes no
/// sense or names files outside of its folder.
[[nodiscard]] Result<std::vector<HubFile>> list_repository(WebClient& client, const Hub& hub, const std::string& repository,
                                                           const std::string& revision, const Retries& retries,
                                                           const std::stop_token& stop);

/// Where a file's bytes are, and what the hub says of them now.
struct HubLocation {
    std::string url;
    std::string token;   ///< empty where `url` leads to another server
    std::string sha256;  ///< of the hub's header `X-Linked-Etag`; empty for small files
    std::string git_id;  ///< of the header `ETag`, likewise
    std::uint64_t size = 0;
    bool size_told = false;
};

/// Asks the hub for a file's headers and follows its redirects as far as the first other server.
[[nodiscard]] Result<HubLocation> locate_file(WebClient& client, const Hub& hub, const std::string& repository,
                                              const std::string& revision, const std::string& path, const Retries& retries,
                                              const std::stop_token& stop);

/// The same for any address: asks for its headers with `token` (which stays with the address' own origin) and follows
/// redirects as far as the first other server.
[[nodiscard]] Result<HubLocation> locate_address(WebClient& client, const std::string& url, const std::string& token,
                                                 const Retries& retries, const std::stop_token& stop);

/// "owner/name" of the letters that hubs allow.
[[nodiscard]] bool is_repository_name(std::string_view name);

}  // namespace kinora::core
