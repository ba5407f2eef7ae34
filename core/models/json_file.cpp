#include "core/models/json_file.h"

#include <string>

#include "core/base/file.h"
#include "core/base/text.h"

namespace kinora::core {

Result<nlohmann::json> read_json_object(const std::filesystem::path& file, std::uint64_t limit)
{
    const auto text = read_file(file, limit);
    if (!text) return text.error();
    try {
        auto json = nlohmann::json::parse(*text);
        if (json.is_object()) return json;
    } catch (const nlohmann::json::parse_error& error) {
        return make_error(ErrorKind::corrupt,
                          in_quotes(file.string()) + " is not valid JSON at byte " + std::to_string(error.byte) + ".");
    }
    return make_error(ErrorKind::corrupt, in_quotes(file.string()) + " holds JSON, but not an object.");
}

}  // namespace kinora::core
