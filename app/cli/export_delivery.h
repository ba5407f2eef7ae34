#pragma once

#ifdef KINORA_HAS_MEDIA

#include <string>
#include <vector>

#include "app/cli/export_options.h"
#include "core/export/delivery.h"
#include "core/export/plan_run.h"

namespace kinora::cli {

/// How to export, from what was typed: an own preset (by name, or a .json file that somebody sent), changed by the other
/// options. Without a preset the output's extension chooses one, else `otherwise` is taken. `rate` is the clip's or the
/// project's. `invalid_argument` says what is possible.
[[nodiscard]] core::Result<media::Delivery> delivery_of(const ExportOptions& options, const std::string& otherwise,
                                                        core::FrameRate rate);

/// Where it goes: the file as typed, or a folder that is there (for several files, or a free name in it), or `folder`.
[[nodiscard]] core::Result<media::ExportPlace> place_of(const ExportOptions& options, const media::Delivery& delivery,
                                                        const std::filesystem::path& folder, bool several);

/// "3", "1,4-6", "all": numbers of shots from 1, ascending. `invalid_argument` says how many there are.
[[nodiscard]] core::Result<std::vector<int>> parse_shots(const std::string& text, int count);

}  // namespace kinora::cli

#endif
