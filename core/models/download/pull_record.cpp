#include "core/models/download/pull_record.h"

#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/base/json_reader.h"
#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/models/json_file.h"
#include "core/project/project_json.h"

namespace kinora::core {
namespace {

constexpr const char* k_name = "kinora-pulled.json";

}  // namespace

Result<PullRecord> PullRecord::read(const std::filesystem::path& folder)
{
    PullRecord record;
    const auto file = folder / k_name;
    const auto json = read_json_object(file);
    if (!json && json.error().kind == ErrorKind::not_found) return record;
    if (!json) return json.error();
    JsonReader reader(*json, "");
    reader.objects("files", [&](JsonReader& entry) {
        std::string path;
        HubFile pulled;
        std::int64_t size = 0;
        entry.text("path", path);
        entry.text("from", pulled.path);
        entry.whole("size", size, 0, INT64_MAX);
        entry.text("sha256", pulled.sha256, 64);
        entry.text("git_id", pulled.git_id, 40);
        pulled.size = static_cast<std::uint64_t>(size);
        if (!is_safe_relative_path(path)) entry.fail("path", "leaves its folder");
        record.files[path] = std::move(pulled);
    });
    if (!reader.error().empty())
        return make_error(ErrorKind::corrupt, in_quotes(file.string()) + " is damaged: " + reader.error() + ".");
    return record;
}

Result<void> PullRecord::write(const std::filesystem::path& folder) const
{
    nlohmann::json list = nlohmann::json::array();
    for (const auto& [path, file] : files) {
        list.push_back(
            {{"path", path}, {"from", file.path}, {"size", file.size}, {"sha256", file.sha256}, {"git_id", file.git_id}});
    }
    return write_file(folder / k_name, json_text({{"version", 1}, {"files", std::move(list)}}, 1) + "\n");
}

}  // namespace kinora::core
