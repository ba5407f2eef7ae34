#pragma once

#include <QString>
#include <string>
#include <vector>

#include "core/generation/generator.h"
#include "core/jobs/job.h"

namespace kinora::ui {

/// Something that may help a job that failed: a word on a button.
struct WayOut {
    std::string id;  ///< "smaller", "shorter", "tiled", "cpu", "models", "edit"
    QString text;
    QString tip;
};

/// What may help, by the kind of its error; the best first. Empty for jobs that didn't fail, and where only another try can
/// help.
[[nodiscard]] std::vector<WayOut> ways_out(const core::Job& job);

/// The job's request as a way out changes it. `invalid_argument` if it is as small, or as short, as can be.
[[nodiscard]] core::Result<core::GenerationRequest> changed_request(const core::Job& job, const std::string& way,
                                                                    const core::ModelCapabilities& model);

}  // namespace kinora::ui
