#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace kinora::core {

/// An address that Kinora may fetch from: https anywhere, http only from this machine.
struct WebAddress {
    std::string url;
    std::string origin;  ///< scheme, host and port: whom a token may be sent to
};

/// Checks an address. `invalid_argument` says why it can't be used; addresses with a name and password are refused too.
[[nodiscard]] Result<WebAddress> parse_web_address(const std::string& url);

/// Where a `Location` leads that `from` answered with. Errors as above.
[[nodiscard]] Result<WebAddress> follow_location(const WebAddress& from, const std::string& location);

/// A path for use in an address: every part escaped, "/" kept.
[[nodiscard]] std::string escape_path(std::string_view path);

}  // namespace kinora::core
