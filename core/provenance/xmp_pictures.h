#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace kinora::core {

/// XMP in single picture files, as bytes to bytes. Files come from outside: `corrupt` if they break off, `not_found` if they
/// have no packet, `unsupported` for forms that have no place for one.

[[nodiscard]] Result<std::string> png_with_xmp(std::string_view file, std::string_view packet);
[[nodiscard]] Result<std::string> xmp_of_png(std::string_view file);

/// Classic TIFF of either byte order; the packet and a new directory are appended.
[[nodiscard]] Result<std::string> tiff_with_xmp(std::string_view file, std::string_view packet);
[[nodiscard]] Result<std::string> xmp_of_tiff(std::string_view file);

/// Simple files become extended ones.
[[nodiscard]] Result<std::string> webp_with_xmp(std::string_view file, std::string_view packet);
[[nodiscard]] Result<std::string> xmp_of_webp(std::string_view file);

[[nodiscard]] Result<std::string> gif_with_xmp(std::string_view file, std::string_view packet);
[[nodiscard]] Result<std::string> xmp_of_gif(std::string_view file);

}  // namespace kinora::core
