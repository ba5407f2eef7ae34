#include "app/cli/engine.h"

#include "core/base/paths.h"
#include "core/base/text.h"
#include "core/models/catalogue.h"
#include "inference/pipeline/wan_generator.h"

namespace kinora::cli {

std::shared_ptr<inference::WanGenerator> make_engine()
{
    return std::make_shared<inference::WanGenerator>(find_model);
}

std::string model_id_of(const std::string& typed)
{
    std::error_code failed;
    const auto path = core::path_from_utf8(typed);
    const bool is_path = typed.find('/') != std::string::npos || std::filesystem::exists(path, failed);
    if (!is_path || core::Catalogue().find(typed)) return typed;
    const auto absolute = std::filesystem::absolute(path, failed).lexically_normal();
    return core::path_to_utf8(absolute.has_filename() ? absolute : absolute.parent_path());
}

core::Result<std::filesystem::path> find_model(const std::string& model_id)
{
    const auto path = core::path_from_utf8(model_id);
    std::error_code failed;
    // Files need what is known of the rest of their model; folders are whole.
    if (!path.is_absolute() || std::filesystem::is_regular_file(path, failed)) {
        const auto entry = core::Catalogue().find(model_id);
        if (!entry) return entry.error();
        return entry->folder;
    }
    if (std::filesystem::is_directory(path, failed)) return path;
    return core::make_error(core::ErrorKind::not_found, "There is no model folder " + core::in_quotes(model_id) +
                                                            "; \"kinora-cli models list\" shows what is installed.");
}

}  // namespace kinora::cli
