#pragma once

#include <QMimeData>
#include <QString>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/project/project.h"

namespace kinora::ui {

/// The type under which shots and sounds travel on the clipboard and in drags; the data is Kinora's clipboard text.
inline constexpr const char* k_storyboard_mime = "application/x-kinora-storyboard+json";

/// What a copy or a drag hands out: Kinora's own text for other projects, the takes' files for other programs, and (on the
/// clipboard) the prompts as plain text for editors.
[[nodiscard]] core::Result<std::unique_ptr<QMimeData>> storyboard_mime(const core::Project& project, const QString& folder,
                                                                       const std::vector<std::string>& shots,
                                                                       const std::vector<std::string>& sounds);

/// Kinora's clipboard text of some data; empty if there is none.
[[nodiscard]] std::string storyboard_text(const QMimeData* data);

/// Local files that some data names.
[[nodiscard]] QStringList files_of(const QMimeData* data);

}  // namespace kinora::ui
