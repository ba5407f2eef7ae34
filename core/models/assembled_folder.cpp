#include <algorithm>
#include <string>

#include "core/base/file.h"
#include "core/base/json_text.h"
#include "core/base/mapped_file.h"
#include "core/base/text.h"
#include "core/models/composed_model.h"
#include "core/models/model_files.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

Result<void> make_folder(const fs::path& folder)
{
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed) return file_error(folder, "created", failed.value());
    return {};
}

/// Writes a file unless it already says the same.
Result<void> put(const fs::path& file, const std::string& content)
{
    const auto there = read_file(file);
    if (there && *there == content) return {};
    return write_file(file, content);
}

Result<void> put(const fs::path& file, const json& content)
{
    return put(file, json_text(content, 2) + "\n");
}

/// A link to a file where it lies.
Result<void> link(const fs::path& from, const fs::path& to)
{
    std::error_code failed;
    const fs::path target = fs::absolute(to);
    if (fs::is_symlink(from, failed) && fs::read_symlink(from, failed) == target) return {};
    fs::remove_all(from, failed);
    fs::create_symlink(target, from, failed);
    if (failed) return file_error(from, "created", failed.value());
    return {};
}

/// What lies in a part's folder from another time and would be taken for its weights.
void remove_others(const fs::path& folder, const std::vector<fs::path>& wanted)
{
    std::error_code failed;
    std::vector<fs::path> others;
    for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed))
        if (std::find(wanted.begin(), wanted.end(), entry->path()) == wanted.end()) others.push_back(entry->path());
    for (const fs::path& other : others)
        fs::remove_all(other, failed);
}

/// A part's configuration and links to its weights.
Result<void> put_part(const fs::path& folder, const DetectedPart& part)
{
    if (auto made = make_folder(folder); !made) return made;
    std::vector<fs::path> wanted{folder / "config.json"};
    std::vector<std::pair<fs::path, fs::path>> links;
    std::error_code ignored;
    if (fs::is_directory(part.path, ignored)) {
        const auto files = find_weight_files(part.path);
        if (!files) return files.error();
        for (const fs::path& file : files->files)
            links.emplace_back(folder / file.filename(), file);
        for (fs::directory_iterator entry(part.path, ignored), end; !ignored && entry != end; entry.increment(ignored))
            if (entry->path().filename().string().find(".safetensors.index.json") != std::string::npos)
                links.emplace_back(folder / entry->path().filename(), entry->path());
    } else {
        const std::string ending = part.path.extension().string();
        const bool transformers = part.kind == PartKind::text_encoder || part.kind == PartKind::image_encoder;
        links.emplace_back(folder / ((transformers ? "model" : "diffusion_pytorch_model") + ending), part.path);
    }
    for (const auto& [from, to] : links)
        wanted.push_back(from);
    remove_others(folder, wanted);
    for (const auto& [from, to] : links)
        if (auto linked = link(from, to); !linked) return linked;
    return put(folder / "config.json", part.config);
}

/// A link to a tokenizer's folder, or a folder with the model that a text encoder's file brings.
Result<void> put_tokenizer(const fs::path& folder, const fs::path& tokenizer)
{
    std::error_code ignored;
    if (fs::is_directory(tokenizer, ignored)) return link(folder, tokenizer);
    if (fs::is_symlink(folder, ignored)) fs::remove(folder, ignored);
    if (auto made = make_folder(folder); !made) return made;
    const auto map = MappedFile::open(tokenizer);
    if (!map) return map.error();
    const auto header = parse_weight_file((*map)->bytes(), tokenizer.string());
    if (!header) return header.error();
    return put(folder / "spiece.model", embedded_tokenizer((*map)->bytes(), *header));
}

json index_of(const ComposedModel& model)
{
    const auto& config = model.transformer.config;
    const bool pictures = config.at("in_channels") != config.at("out_channels");
    json index{{"_class_name", pictures ? "WanImageToVideoPipeline" : "WanPipeline"},
               {"scheduler", {"diffusers", "UniPCMultistepScheduler"}},
               {"text_encoder", {"transformers", "UMT5EncoderModel"}},
               {"tokenizer", {"transformers", "T5TokenizerFast"}},
               {"transformer", {"diffusers", "WanTransformer3DModel"}},
               {"vae", {"diffusers", "AutoencoderKLWan"}}};
    if (model.transformer_2) {
        index["transformer_2"] = {"diffusers", "WanTransformer3DModel"};
        index["boundary_ratio"] = pictures ? 0.9 : 0.875;
    }
    if (model.image_encoder) index["image_encoder"] = {"transformers", "CLIPVisionModel"};
    // The 2.2 VAE's latents are those of the one model whose tokens have time steps of their own.
    if (!pictures && model.vae->config.value("is_residual", false)) index["expand_timesteps"] = true;
    return index;
}

}  // namespace

Result<void> assemble_folder(const ComposedModel& model, const fs::path& folder)
{
    if (auto made = make_folder(folder / "scheduler"); !made) return made;
    const std::vector<std::pair<const char*, const std::optional<DetectedPart>*>> parts{
        {"transformer_2", &model.transformer_2},
        {"vae", &model.vae},
        {"text_encoder", &model.text_encoder},
        {"image_encoder", &model.image_encoder}};
    if (auto done = put_part(folder / "transformer", model.transformer); !done) return done;
    for (const auto& [name, part] : parts) {
        if (!*part) continue;
        if (auto done = put_part(folder / name, **part); !done) return done;
    }
    if (auto done = put_tokenizer(folder / "tokenizer", model.tokenizer); !done) return done;
    // No shift is named: the engine takes the released model's own.
    if (auto done = put(folder / "scheduler" / "scheduler_config.json", json{{"_class_name", "UniPCMultistepScheduler"},
                                                                             {"prediction_type", "flow_prediction"},
                                                                             {"use_flow_sigmas", true}});
        !done)
        return done;
    return put(folder / "model_index.json", index_of(model));
}

}  // namespace kinora::core
