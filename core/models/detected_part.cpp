#include "core/models/detected_part.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <mutex>

#include "core/base/mapped_file.h"
#include "core/models/json_file.h"
#include "core/models/lora_keys.h"
#include "core/models/model_files.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::string lower_case(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

bool contains(const std::string& text, std::string_view word)
{
    return text.find(word) != std::string::npos;
}

/// What the name (and the folder it is in, as in the authors' own releases) says.
std::string words_of(const fs::path& path)
{
    return lower_case(path.parent_path().filename().string() + "/" + path.filename().string());
}

NoiseExpert expert_of(const std::string& words)
{
    if (contains(words, "high_noise") || contains(words, "high-noise") || contains(words, "highnoise"))
        return NoiseExpert::high;
    if (contains(words, "low_noise") || contains(words, "low-noise") || contains(words, "lownoise")) return NoiseExpert::low;
    return NoiseExpert::none;
}

std::string size_name(std::int64_t width, std::int64_t layers)
{
    if (width == 1536 && layers == 30) return " 1.3B";
    if (width == 3072 && layers == 30) return " 5B";
    if (width == 5120 && layers == 40) return " 14B";
    return {};
}

std::string transformer_variant(DetectedPart& part, const std::string& words)
{
    const auto number = [&](const char* key) {
        return part.config.at(key).is_number() ? part.config.at(key).get<int>() : 0;
    };
    const int in = number("in_channels");
    const int out = number("out_channels");
    const auto width =
        part.config.at("num_attention_heads").get<std::int64_t>() * part.config.at("attention_head_dim").get<std::int64_t>();
    const std::string size = size_name(width, number("num_layers"));
    if (in == out && out == 48) return "Wan 2.2 TI2V" + size;
    const bool pictures = in != out;
    // Files of the experts and of Wan 2.1 have one shape: only what they are called tells.
    const bool second = part.expert != NoiseExpert::none || (pictures && !part.config.at("image_dim").is_number());
    if (second) {
        const std::string noise = part.expert == NoiseExpert::high  ? ", high noise"
                                  : part.expert == NoiseExpert::low ? ", low noise"
                                                                    : "";
        return std::string("Wan 2.2 A14B ") + (pictures ? "I2V" : "T2V") + noise;
    }
    part.expert = NoiseExpert::none;
    if (!part.config.at("pos_embed_seq_len").is_null()) return "Wan 2.1 FLF2V" + size;
    if (contains(words, "fun") && pictures) return "Wan 2.1 Fun" + size;
    return (pictures ? "Wan 2.1 I2V" : "Wan 2.1 T2V") + size;
}

/// The type that most of the numbers are in.
std::string precision_of(const std::vector<WeightEntry>& entries)
{
    std::map<std::string, std::int64_t> counts;
    bool scaled = false;
    for (const WeightEntry& entry : entries) {
        counts[entry.type] += entry.elements();
        scaled = scaled || contains(entry.name, "scale_weight") || contains(entry.name, "weight_scale");
    }
    const auto most =
        std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most == counts.end()) return {};
    return most->first + (scaled ? " scaled" : "");
}

/// A configuration that stands beside the weights or in their metadata; null where there is none.
json told_config(const fs::path& path, const std::map<std::string, std::string>& metadata)
{
    fs::path beside = path;
    beside.replace_extension(".config.json");
    std::error_code ignored;
    for (const fs::path& file : {fs::is_directory(path, ignored) ? path / "config.json" : beside}) {
        if (!fs::is_regular_file(file, ignored)) continue;
        if (const auto read = read_json_object(file, 1U << 20U)) return *read;
    }
    const auto found = metadata.find("config");
    if (found == metadata.end() || found->second.size() > (1U << 20U)) return nullptr;
    const json parsed = json::parse(found->second, nullptr, false);
    if (!parsed.is_object()) return nullptr;
    return parsed.contains("transformer") && parsed["transformer"].is_object() ? parsed["transformer"] : parsed;
}

std::string first_of(const std::map<std::string, std::string>& metadata, std::initializer_list<const char*> keys)
{
    for (const char* key : keys)
        if (const auto found = metadata.find(key); found != metadata.end()) return found->second.substr(0, 4096);
    return {};
}

void name_variant(DetectedPart& part, const std::map<std::string, std::string>& metadata)
{
    const std::string words = words_of(part.path);
    part.expert = expert_of(words);
    switch (part.kind) {
        case PartKind::transformer:
            part.family = "Wan";
            if (part.config.is_object()) part.variant = transformer_variant(part, words);
            break;
        case PartKind::vae:
            part.family = "Wan";
            part.variant = part.config.is_object() && part.config.value("z_dim", 0) == 48 ? "Wan 2.2 VAE" : "Wan 2.1 VAE";
            break;
        case PartKind::text_encoder:
            part.variant = part.config.is_object() && part.config.value("d_model", 0) == 4096 ? "UMT5-XXL" : "UMT5";
            break;
        case PartKind::image_encoder:
            part.variant = part.config.is_object() && part.config.value("hidden_size", 0) == 1280 ? "CLIP ViT-H" : "CLIP";
            break;
        case PartKind::lora: {
            part.family = "Wan";
            const auto schedule = recognise_few_step(part.path.filename().string(), metadata);
            part.variant =
                schedule ? "LoRA (" + schedule->name + ", " + std::to_string(schedule->steps) + " steps)" : "LoRA";
            break;
        }
        case PartKind::unknown:
            break;
    }
}

/// Whether a told value is of the kind that its key has; it comes from outside, and what isn't is left out.
bool is_sensible(std::string_view key, const json& value)
{
    if (key == "latents_mean" || key == "latents_std") return value.is_array();
    if (key == "hidden_act") return value.is_string();
    if (key == "eps" || key == "layer_norm_epsilon" || key == "layer_norm_eps") return value.is_number();
    constexpr std::int64_t k_most = 1 << 20;
    return value.is_number_integer() && value.get<std::int64_t>() >= 1 && value.get<std::int64_t>() <= k_most;
}

/// The configuration by the shapes, overlaid with what is told; both have to agree where both speak.
void find_config(DetectedPart& part, const PartShapes& shapes, const json& told)
{
    switch (part.kind) {
        case PartKind::transformer:
            part.config = detect_transformer(shapes, part.problem);
            break;
        case PartKind::vae:
            part.config = detect_vae(shapes, part.problem);
            break;
        case PartKind::text_encoder:
            part.config = detect_text_encoder(shapes, part.problem);
            break;
        case PartKind::image_encoder:
            part.config = detect_image_encoder(shapes, part.problem);
            break;
        default:
            return;
    }
    if (!part.config.is_object() || !told.is_object()) return;
    // Only what shapes can't tell is taken from it: known configurations lie about the rest.
    bool helped = false;
    for (const char* key :
         {"num_attention_heads", "attention_head_dim", "latents_mean", "latents_std", "eps", "rope_max_seq_len",
          "layer_norm_epsilon", "relative_attention_max_distance", "hidden_act", "layer_norm_eps"}) {
        if (!told.contains(key) || !is_sensible(key, told[key])) continue;
        part.config[key] = told[key];
        helped = true;
    }
    const bool heads_told =
        is_sensible("attention_head_dim", told.value("attention_head_dim", json())) || part.kind != PartKind::transformer;
    if (helped && heads_told && contains(part.problem, "NAME.config.json")) part.problem.clear();
}

Result<DetectedPart> detect(const fs::path& path)
{
    std::vector<fs::path> files{path};
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
        const auto found = find_weight_files(path);
        if (!found) return found.error();
        files = found->files;
    }
    DetectedPart part;
    part.path = path;
    std::map<std::string, std::string> metadata;
    for (const fs::path& file : files) {
        const auto map = MappedFile::open(file);
        if (!map) return map.error();
        auto header = parse_weight_file((*map)->bytes(), file.string());
        if (!header) return header.error();
        part.bytes += (*map)->bytes().size();
        part.format = to_string(header->format);
        part.has_tokenizer = part.has_tokenizer || !embedded_tokenizer((*map)->bytes(), *header).empty();
        metadata.insert(header->metadata.begin(), header->metadata.end());
        part.entries.insert(part.entries.end(), header->entries.begin(), header->entries.end());
    }
    const auto names = recognise_part(part.entries);
    part.kind = names.kind;
    part.layout = names.layout;
    part.precision = precision_of(part.entries);
    PartShapes shapes;
    for (const WeightEntry& entry : part.entries) {
        part.parameters += static_cast<std::uint64_t>(entry.elements());
        if (const auto found = names.names.find(entry.name); found != names.names.end())
            shapes.emplace(found->second, entry.shape);
    }
    find_config(part, shapes, told_config(path, metadata));
    name_variant(part, metadata);
    part.licence = first_of(metadata, {"modelspec.license", "license", "general.license", "licence"});
    part.training_data =
        first_of(metadata, {"modelspec.training_data", "training_data", "general.datasets", "ss_dataset_dirs"});
    return part;
}

/// What tells an unchanged file.
std::string stamp_of(const fs::path& path)
{
    std::error_code ignored;
    const auto size = fs::is_regular_file(path, ignored) ? fs::file_size(path, ignored) : 0;
    const auto time = fs::last_write_time(path, ignored).time_since_epoch();
    return std::to_string(size) + " " + std::to_string(std::chrono::duration_cast<std::chrono::nanoseconds>(time).count());
}

}  // namespace

Result<DetectedPart> detect_part(const fs::path& file_or_folder)
{
    static std::mutex mutex;
    static std::map<std::string, std::pair<std::string, DetectedPart>> remembered;
    const std::string key = file_or_folder.string();
    fs::path beside = file_or_folder;
    beside.replace_extension(".config.json");
    const std::string stamp = stamp_of(file_or_folder) + " " + stamp_of(beside);
    {
        const std::lock_guard lock(mutex);
        const auto found = remembered.find(key);
        if (found != remembered.end() && found->second.first == stamp) return found->second.second;
    }
    auto part = detect(file_or_folder);
    if (!part) return part;
    const std::lock_guard lock(mutex);
    remembered[key] = {stamp, *part};
    return part;
}

}  // namespace kinora::core
