#include "inference/pipeline/model_hash.h"

#include <chrono>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/base/file.h"
#include "core/base/paths.h"
#include "core/base/sha256.h"
#include "core/models/json_file.h"
#include "core/models/model_files.h"

namespace kinora::inference {
namespace {

using nlohmann::json;

/// What tells an unchanged file: size and time of the last change.
std::string stamp_of(const std::filesystem::path& file)
{
    std::error_code ignored;
    const auto size = std::filesystem::file_size(file, ignored);
    const auto time = std::filesystem::last_write_time(file, ignored).time_since_epoch();
    return std::to_string(size) + " " + std::to_string(std::chrono::duration_cast<std::chrono::nanoseconds>(time).count());
}

core::Result<std::string> remembered_hash(const std::filesystem::path& file, json& cache)
{
    const std::string key = core::path_to_utf8(std::filesystem::absolute(file));
    const std::string stamp = stamp_of(file);
    const auto found = cache.find(key);
    const bool fits = found != cache.end() && found->is_object() && found->value("stamp", json()) == stamp;
    if (fits && (*found)["sha256"].is_string()) return (*found)["sha256"].get<std::string>();
    auto hash = core::sha256_of_file(file);
    if (hash) cache[key] = {{"stamp", stamp}, {"sha256", *hash}};
    return hash;
}

}  // namespace

core::Result<std::string> model_hash(const std::filesystem::path& folder)
{
    const auto cache_file = core::cache_dir() / "weights.json";
    const auto read = core::read_json_object(cache_file);
    json cache = read ? *read : json::object();
    const json before = cache;
    core::Sha256 hash;
    for (const char* part : {"image_encoder", "text_encoder", "transformer", "transformer_2", "vae"}) {
        // Only some models have a second transformer and an image encoder; of the others a lack was found before.
        std::error_code ignored;
        const bool optional = std::string_view(part) == "image_encoder" || std::string_view(part) == "transformer_2";
        if (optional && !std::filesystem::is_directory(folder / part, ignored)) continue;
        const auto files = core::find_weight_files(folder / part);
        if (!files) return files.error();
        for (const auto& file : files->files) {
            const auto one = remembered_hash(file, cache);
            if (!one) return one.error();
            hash.update(*one);
        }
    }
    if (cache != before) {
        std::error_code ignored;
        std::filesystem::create_directories(cache_file.parent_path(), ignored);
        const auto written = core::write_file(cache_file, cache.dump());
        static_cast<void>(written);  // without the cache the next run only hashes again
    }
    return hash.hex_digest();
}

}  // namespace kinora::inference
