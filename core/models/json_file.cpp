#include "core/models/json_file.h"

#include "core/base/file.h"
#include "core/base/json_text.h"
#include "core/base/text.h"

namespace kinora::core {

Result<nlohmann::json> read_json_object(const std::filesystem::path& file, std::uint64_t limit)
{
    const auto text = read_file(file, limit);
    if (!text) return text.error();
    auto json = parse_json(*text, in_quotes(file.string()));
    if (json && !json->is_object()) {
        return make_error(ErrorKind::corrupt, in_quotes(file.string()) + " holds JSON, but not an object.");
    }
    return json;
}

}  // namespace kinora::core
