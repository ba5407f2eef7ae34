#include "core/export/own_presets.h"

#include <algorithm>

#include "core/base/file.h"
#include "core/base/json_reader.h"
#include "core/base/paths.h"
#include "core/base/text.h"
#include "core/export/naming.h"

namespace kinora::media {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::uint64_t k_largest_file = 64U << 10U;
constexpr std::size_t k_longest_name = 80;
constexpr std::size_t k_longest_description = 300;
constexpr const char* k_version_key = "kinora_export_preset";

core::Error refused(const fs::path& file, const std::string& reason)
{
    return core::make_error(core::ErrorKind::invalid_argument,
                            core::in_quotes(core::path_to_utf8(file)) + " is no export preset: " + reason + ".");
}

bool is_plain(const std::string& text)
{
    return std::none_of(text.begin(), text.end(), [](char letter) {
        const auto code = static_cast<unsigned char>(letter);
        return code < 0x20 || code == 0x7f;
    });
}

/// Why a name and a description can't be; empty if they can.
std::string wrong_words(const OwnPreset& preset)
{
    if (preset.name.empty() || preset.name.size() > k_longest_name || !is_plain(preset.name))
        return "its name is empty, longer than 80 bytes or has control characters in it";
    if (preset.description.size() > k_longest_description || !is_plain(preset.description))
        return "its description is longer than 300 bytes or has control characters in it";
    return {};
}

/// The first key of an object that isn't among those of the format.
std::string unknown_key(const json& object, std::initializer_list<const char*> known)
{
    for (const auto& [key, value] : object.items())
        if (std::find(known.begin(), known.end(), key) == known.end()) return key;
    return {};
}

}  // namespace

fs::path own_presets_dir()
{
    return core::config_dir() / "export-presets";
}

core::Result<OwnPreset> read_own_preset(const fs::path& file)
{
    const auto text = core::read_file(file, k_largest_file);
    if (!text) return text.error();
    // A file of brackets would take the parser's stack: ours is three objects deep.
    const auto shallow = [](int depth, json::parse_event_t, json&) { return depth <= 4; };
    const json object = json::parse(*text, shallow, false);
    if (!object.is_object() || !object.contains(k_version_key)) return refused(file, "it is no JSON file of that kind");
    if (object[k_version_key] != 1) return refused(file, "it was made by another version of Kinora");
    if (const std::string key = unknown_key(object, {k_version_key, "name", "description", "delivery"}); !key.empty())
        return refused(file, "it holds " + core::in_quotes(key.substr(0, 60)) + ", which means nothing");
    OwnPreset preset;
    core::JsonReader reader(object, "");
    reader.text("name", preset.name);
    reader.text("description", preset.description);
    if (!reader.error().empty()) return refused(file, reader.error());
    if (const std::string wrong = wrong_words(preset); !wrong.empty()) return refused(file, wrong);
    if (!object.contains("delivery") || !object["delivery"].is_object())
        return refused(file, "it says nothing about how to export");
    const json& choices = object["delivery"];
    const std::string key = unknown_key(choices, {"preset", "quality", "colour", "rate", "conform", "timecode", "loudness"});
    if (!key.empty()) return refused(file, "it holds " + core::in_quotes(key.substr(0, 60)) + ", which means nothing");
    const auto named = choices.find("preset");
    const auto known = find_preset(named != choices.end() && named->is_string() ? named->get<std::string>() : std::string());
    if (known && (*known)->use == PresetUse::internal) return refused(file, "its preset is not for exports");
    auto delivery = delivery_from_json(core::json_text(choices));
    if (!delivery) {
        std::string reason = delivery.error().message;
        if (!reason.empty() && reason.back() == '.') reason.pop_back();
        return refused(file, reason);
    }
    preset.delivery = std::move(*delivery);
    return preset;
}

core::Result<void> write_own_preset(const fs::path& file, const OwnPreset& preset)
{
    if (const std::string wrong = wrong_words(preset); !wrong.empty()) return refused(file, wrong);
    const json object{{k_version_key, 1},
                      {"name", preset.name},
                      {"description", preset.description},
                      {"delivery", json::parse(delivery_to_json(preset.delivery))}};
    std::error_code ignored;
    fs::create_directories(file.parent_path(), ignored);
    return core::write_file(file, object.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
}

fs::path own_preset_file(const fs::path& folder, const std::string& name)
{
    return folder / core::path_from_utf8(safe_name(name) + ".json");
}

std::vector<OwnPreset> list_own_presets(const fs::path& folder, std::vector<std::string>* problems)
{
    std::vector<OwnPreset> presets;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        if (it->path().extension() != ".json") continue;
        auto preset = read_own_preset(it->path());
        if (preset) {
            presets.push_back(std::move(*preset));
        } else if (problems) {
            problems->push_back(preset.error().message);
        }
    }
    std::sort(presets.begin(), presets.end(), [](const OwnPreset& a, const OwnPreset& b) { return a.name < b.name; });
    return presets;
}

}  // namespace kinora::media
