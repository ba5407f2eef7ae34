#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace kinora::core {

/// Attributes in the header of an OpenEXR picture of one part in lines (https://openexr.com, "OpenEXR File Layout"), as
/// bytes to bytes. Files come from outside: `corrupt` if they break off, `unsupported` for tiled, deep and multi-part files.

[[nodiscard]] bool is_exr(std::string_view head);

/// The picture with one more attribute; its table of offsets is moved along.
[[nodiscard]] Result<std::string> exr_with_attribute(std::string_view file, std::string_view name, std::string_view type,
                                                     std::string_view data);

/// An attribute's bytes; `not_found` if there is none of that name.
[[nodiscard]] Result<std::string> exr_attribute(std::string_view file, std::string_view name);

}  // namespace kinora::core
