#include "core/models/part_names.h"

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <utility>
#include <vector>

#include "core/models/lora_keys.h"
#include "core/models/part_renaming.h"

namespace kinora::core {
namespace {

using Rename = std::function<std::string(std::string_view)>;

constexpr std::array<std::string_view, 5> k_prefixes{"model.diffusion_model.", "diffusion_model.", "model.model.", "model.",
                                                     "module."};

/// The endings by which quantised files store a scale beside a weight; what follows the module's name.
constexpr std::array<std::string_view, 2> k_scales{".scale_weight", ".weight_scale"};

bool starts_with(std::string_view text, std::string_view beginning)
{
    return text.substr(0, beginning.size()) == beginning;
}

bool ends_with(std::string_view text, std::string_view ending)
{
    return text.size() >= ending.size() && text.substr(text.size() - ending.size()) == ending;
}

/// A prefix that all but a few marker tensors share.
std::string_view shared_prefix(std::span<const WeightEntry> entries)
{
    for (const std::string_view prefix : k_prefixes) {
        const auto count = std::count_if(entries.begin(), entries.end(),
                                         [&](const WeightEntry& entry) { return starts_with(entry.name, prefix); });
        if (count > 0 && 2 * count > static_cast<std::ptrdiff_t>(entries.size())) return prefix;
    }
    return {};
}

/// One layout of one part: names that only it has, and the way from its names to the model's.
struct Layout {
    PartKind kind;
    const char* name;
    std::vector<std::string_view> telling;  ///< all of them have to be there
    Rename rename;
};

std::string unchanged(std::string_view name)
{
    return std::string(name);
}

std::vector<Layout> known_layouts(const std::set<std::string_view>& names)
{
    return {
        {PartKind::transformer,
         "original",
         {"patch_embedding.weight", "blocks.0.self_attn.q.weight", "head.modulation"},
         wan_transformer_name},
        {PartKind::transformer,
         "diffusers",
         {"patch_embedding.weight", "blocks.0.attn1.to_q.weight", "condition_embedder.time_proj.weight"},
         unchanged},
        {PartKind::vae,
         "original",
         {"encoder.conv1.weight", "decoder.head.2.weight", "conv2.weight"},
         [&names](std::string_view name) { return wan_vae_name(name, names); }},
        {PartKind::vae,
         "diffusers",
         {"encoder.conv_in.weight", "decoder.conv_out.weight", "post_quant_conv.weight"},
         unchanged},
        {PartKind::text_encoder,
         "original",
         {"token_embedding.weight", "blocks.0.attn.q.weight", "blocks.0.ffn.gate.0.weight"},
         umt5_name},
        {PartKind::text_encoder, "transformers", {"encoder.block.0.layer.0.SelfAttention.q.weight"}, unchanged},
        {PartKind::text_encoder, "llama.cpp", {"token_embd.weight", "enc.blk.0.attn_q.weight"}, llama_name},
        {PartKind::image_encoder,
         "original",
         {"visual.patch_embedding.weight", "visual.transformer.0.attn.to_qkv.weight"},
         wan_clip_name},
        {PartKind::image_encoder,
         "OpenCLIP",
         {"visual.conv1.weight", "visual.transformer.resblocks.0.attn.in_proj_weight"},
         open_clip_name},
        {PartKind::image_encoder, "transformers", {"vision_model.embeddings.patch_embedding.weight"}, unchanged},
        {PartKind::image_encoder,
         "transformers",
         {"embeddings.patch_embedding.weight", "pre_layrnorm.weight"},
         [](std::string_view name) { return "vision_model." + std::string(name); }},
    };
}

/// The model's name of a tensor, scales of quantised weights included; empty for what no model needs.
std::string name_in_model(std::string_view name, const Rename& rename)
{
    for (const std::string_view scale : k_scales) {
        if (!ends_with(name, scale)) continue;
        const auto module = rename(std::string(name.substr(0, name.size() - scale.size())) + ".weight");
        return module.empty() ? module : module.substr(0, module.size() - 7) + ".scale_weight";
    }
    for (const std::string_view marker : {"scaled_fp8", "spiece_model", "tokenizer_json"})
        if (name == marker) return {};
    for (const std::string_view marker : {".scale_input", ".input_scale", ".comfy_quant"})
        if (ends_with(name, marker)) return {};
    return rename(name);
}

bool looks_like_lora(std::span<const WeightEntry> entries)
{
    std::vector<std::string> names;
    for (const WeightEntry& entry : entries)
        names.push_back(entry.name);
    const auto keys = parse_lora_keys(names);
    return !keys.modules.empty() && keys.unknown.size() * 2 < names.size();
}

}  // namespace

std::string_view folder_of(PartKind kind)
{
    switch (kind) {
        case PartKind::transformer:
            return "transformer";
        case PartKind::vae:
            return "vae";
        case PartKind::text_encoder:
            return "text_encoder";
        case PartKind::image_encoder:
            return "image_encoder";
        case PartKind::lora:
            return "loras";
        case PartKind::unknown:
            break;
    }
    return "unknown";
}

PartNames recognise_part(std::span<const WeightEntry> entries)
{
    PartNames part;
    const std::string_view prefix = shared_prefix(entries);
    std::set<std::string_view> names;
    for (const WeightEntry& entry : entries) {
        std::string_view name = entry.name;
        if (starts_with(name, prefix)) name.remove_prefix(prefix.size());
        names.insert(name);
    }
    for (const Layout& layout : known_layouts(names)) {
        const bool fits = std::all_of(layout.telling.begin(), layout.telling.end(),
                                      [&](std::string_view name) { return names.contains(name); });
        if (!fits) continue;
        part.kind = layout.kind;
        part.layout = prefix.empty() ? layout.name : "ComfyUI";
        for (const WeightEntry& entry : entries) {
            std::string_view name = entry.name;
            if (starts_with(name, prefix)) name.remove_prefix(prefix.size());
            if (auto renamed = name_in_model(name, layout.rename); !renamed.empty())
                part.names.emplace(entry.name, std::move(renamed));
        }
        return part;
    }
    if (looks_like_lora(entries)) part.kind = PartKind::lora;
    for (const WeightEntry& entry : entries)
        if (auto renamed = name_in_model(entry.name, unchanged); !renamed.empty()) part.names.emplace(entry.name, renamed);
    return part;
}

}  // namespace kinora::core
