#pragma once

#include <string>

#include "app/cli/console.h"
#include "core/models/catalogue.h"

namespace kinora::cli {

/// `models …` as it was typed.
struct ModelsOptions {
    std::string model;  ///< name or path; empty for `list`
    bool tensors = false;
    bool no_hashes = false;
    bool json = false;
    [[nodiscard]] Answer answer() const { return json ? Answer::json : Answer::text; }
};

/// Each prints its answer and returns the exit code.
int list_models(const ModelsOptions& options);
int inspect_model(const ModelsOptions& options);
int add_model(const ModelsOptions& options);
int remove_model(const ModelsOptions& options);

/// "1.4 GB".
[[nodiscard]] std::string size_text(std::uint64_t bytes);

/// "built in", "user's folder", "added".
[[nodiscard]] const char* origin_name(core::ModelOrigin origin);

}  // namespace kinora::cli
