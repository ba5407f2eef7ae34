#include "core/models/download/web_address.h"

#include <curl/curl.h>

#include <memory>

#include "core/base/text.h"

namespace kinora::core {
namespace {

struct FreeUrl {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, FreeUrl>;

/// A part of an address; empty where it has none.
std::string part_of(const Url& url, CURLUPart part, unsigned flags = 0)
{
    char* text = nullptr;
    if (curl_url_get(url.get(), part, &text, flags) != CURLUE_OK || !text) return {};
    std::string result = text;
    curl_free(text);
    return result;
}

bool is_this_machine(const std::string& host)
{
    const bool numeric = host.find_first_not_of("0123456789.") == std::string::npos;
    return host == "localhost" || host == "[::1]" || (numeric && host.rfind("127.", 0) == 0);
}

Result<WebAddress> checked(const Url& url, const std::string& typed)
{
    const std::string scheme = part_of(url, CURLUPART_SCHEME);
    const std::string host = part_of(url, CURLUPART_HOST);
    if (host.empty() || (scheme != "https" && scheme != "http"))
        return make_error(ErrorKind::invalid_argument, in_quotes(typed) + " is no web address.");
    if (scheme == "http" && !is_this_machine(host)) {
        return make_error(ErrorKind::invalid_argument,
                          in_quotes(typed) + " is not encrypted; models are fetched only over https.");
    }
    if (!part_of(url, CURLUPART_USER).empty() || !part_of(url, CURLUPART_PASSWORD).empty())
        return make_error(ErrorKind::invalid_argument, "An address with a password in it isn't used; set HF_TOKEN instead.");
    const std::string port = part_of(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
    return WebAddress{part_of(url, CURLUPART_URL), scheme + "://" + host + ":" + port};
}

}  // namespace

Result<WebAddress> parse_web_address(const std::string& url)
{
    const Url parsed(curl_url());
    if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK)
        return make_error(ErrorKind::invalid_argument, in_quotes(url) + " is no web address.");
    return checked(parsed, url);
}

Result<WebAddress> follow_location(const WebAddress& from, const std::string& location)
{
    const Url url(curl_url());
    const bool sound = url && curl_url_set(url.get(), CURLUPART_URL, from.url.c_str(), 0) == CURLUE_OK &&
                       curl_url_set(url.get(), CURLUPART_URL, location.c_str(), 0) == CURLUE_OK;
    if (!sound) return make_error(ErrorKind::io, from.url + " leads to no web address.");
    return checked(url, location);
}

std::string escape_path(std::string_view path)
{
    std::string result;
    for (const char letter : path) {
        const bool plain = (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
                           (letter >= 'A' && letter <= 'Z') ||
                           std::string_view("-._~/").find(letter) != std::string_view::npos;
        if (plain) {
            result += letter;
            continue;
        }
        const auto byte = static_cast<unsigned char>(letter);
        result += '%';
        result += "0123456789ABCDEF"[byte >> 4U];
        result += "0123456789ABCDEF"[byte & 15U];
    }
    return result;
}

}  // namespace kinora::core
