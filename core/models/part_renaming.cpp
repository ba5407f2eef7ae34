#include "core/models/part_renaming.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "core/models/part_names.h"

namespace kinora::core {
namespace {

using Rule = std::pair<std::string_view, std::string_view>;

bool starts_with(std::string_view text, std::string_view beginning)
{
    return text.substr(0, beginning.size()) == beginning;
}

/// Replaces the first occurrence; whether there was one.
bool replace(std::string& text, std::string_view from, std::string_view to)
{
    const auto place = text.find(from);
    if (place == std::string::npos) return false;
    text.replace(place, from.size(), to);
    return true;
}

std::vector<std::string_view> split(std::string_view name)
{
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0; begin <= name.size();) {
        const auto end = std::min(name.find('.', begin), name.size());
        parts.push_back(name.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

std::string joined(const std::vector<std::string_view>& parts, std::size_t first)
{
    std::string text;
    for (std::size_t i = first; i < parts.size(); ++i) {
        if (i != first) text += '.';
        text += parts[i];
    }
    return text;
}

int number_of(std::string_view text)
{
    int value = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : -1;
}

/// The inside of a residual block, an attention or a resampling, which has the same names in both VAEs.
std::string inside_of_block(std::string rest)
{
    constexpr std::array<Rule, 8> k_rules{{{"residual.0.", "norm1."},
                                           {"residual.2.", "conv1."},
                                           {"residual.3.", "norm2."},
                                           {"residual.6.", "conv2."},
                                           {"shortcut.", "conv_shortcut."},
                                           {"resample.", "resample."},
                                           {"time_conv.", "time_conv."},
                                           {"to_qkv.", "to_qkv."}}};
    for (const auto& [from, to] : k_rules) {
        if (!starts_with(rest, from)) continue;
        rest.replace(0, from.size(), to);
        break;
    }
    return rest;
}

bool is_resampling(std::string_view rest)
{
    return starts_with(rest, "resample.") || starts_with(rest, "time_conv.");
}

/// Residual blocks between one resampling of the 2.1 decoder and the next.
int blocks_per_level(const std::set<std::string_view>& names)
{
    for (int index = 0; index < 64; ++index) {
        const std::string block = "decoder.upsamples." + std::to_string(index);
        if (names.contains(std::string_view(block + ".resample.1.weight"))) return index;
    }
    return 3;
}

/// Wan 2.1: blocks are numbered through all levels. 2.2: each level has its own numbers.
std::string name_in_level(bool encoder, const std::vector<std::string_view>& parts, const std::set<std::string_view>& names)
{
    const int index = number_of(parts[2]);
    if (parts.size() > 4 && parts[3] == (encoder ? "downsamples" : "upsamples")) {
        const std::string rest = joined(parts, 5);
        const std::string level = (encoder ? "down_blocks." : "up_blocks.") + std::string(parts[2]);
        if (is_resampling(rest)) return level + (encoder ? ".downsampler." : ".upsampler.") + rest;
        return level + ".resnets." + std::string(parts[4]) + "." + inside_of_block(rest);
    }
    const std::string rest = joined(parts, 3);
    if (encoder) return "down_blocks." + std::string(parts[2]) + "." + inside_of_block(rest);
    const int stride = blocks_per_level(names) + 1;
    const std::string level = "up_blocks." + std::to_string(index / stride);
    if (is_resampling(rest)) return level + ".upsamplers.0." + rest;
    return level + ".resnets." + std::to_string(index % stride) + "." + inside_of_block(rest);
}

std::string apply(std::string name, const std::vector<Rule>& rules)
{
    for (const auto& [from, to] : rules)
        replace(name, from, to);
    return name;
}

}  // namespace

std::string wan_transformer_name(std::string_view original)
{
    std::string name(original);
    if (name == "head.modulation") return "scale_shift_table";
    if (starts_with(name, "head.head")) return "proj_out" + name.substr(9);
    if (starts_with(name, "blocks.")) {
        if (name.find(".self_attn") == std::string::npos && name.find(".cross_attn") == std::string::npos &&
            name.find(".ffn.") == std::string::npos && name.find(".modulation") == std::string::npos &&
            name.find(".norm3") == std::string::npos)
            return name;
        replace(name, ".modulation", ".scale_shift_table");
        replace(name, ".norm3", ".norm2");
        const bool attention = replace(name, ".self_attn.", ".attn1.") || replace(name, ".cross_attn.", ".attn2.");
        if (attention) {
            // Modules end here or go on with ".weight", so each rule asks for the whole word.
            name += '.';
            for (const auto& [from, to] : std::array<Rule, 7>{{{".norm_k_img.", ".norm_added_k."},
                                                               {".k_img.", ".add_k_proj."},
                                                               {".v_img.", ".add_v_proj."},
                                                               {".o.", ".to_out.0."},
                                                               {".q.", ".to_q."},
                                                               {".k.", ".to_k."},
                                                               {".v.", ".to_v."}}})
                if (replace(name, from, to)) break;
            name.pop_back();
        } else if (name.find(".ffn.net.") == std::string::npos && !replace(name, ".ffn.0", ".ffn.net.0.proj")) {
            replace(name, ".ffn.2", ".ffn.net.2");
        }
        return name;
    }
    constexpr std::array<Rule, 10> k_outer{{{"time_embedding.0", "condition_embedder.time_embedder.linear_1"},
                                            {"time_embedding.2", "condition_embedder.time_embedder.linear_2"},
                                            {"text_embedding.0", "condition_embedder.text_embedder.linear_1"},
                                            {"text_embedding.2", "condition_embedder.text_embedder.linear_2"},
                                            {"time_projection.1", "condition_embedder.time_proj"},
                                            {"img_emb.proj.0", "condition_embedder.image_embedder.norm1"},
                                            {"img_emb.proj.1", "condition_embedder.image_embedder.ff.net.0.proj"},
                                            {"img_emb.proj.3", "condition_embedder.image_embedder.ff.net.2"},
                                            {"img_emb.proj.4", "condition_embedder.image_embedder.norm2"},
                                            {"img_emb.emb_pos", "condition_embedder.image_embedder.pos_embed"}}};
    for (const auto& [from, to] : k_outer)
        if (starts_with(name, from)) return std::string(to) + name.substr(from.size());
    return name;
}

std::string wan_transformer_module(std::string_view underscored)
{
    constexpr std::array<std::string_view, 22> k_in_block{
        "self_attn.q",  "self_attn.k",    "self_attn.v",      "self_attn.o",      "cross_attn.q", "cross_attn.k",
        "cross_attn.v", "cross_attn.o",   "cross_attn.k_img", "cross_attn.v_img", "ffn.0",        "ffn.2",
        "attn1.to_q",   "attn1.to_k",     "attn1.to_v",       "attn1.to_out.0",   "attn2.to_q",   "attn2.to_k",
        "attn2.to_v",   "attn2.to_out.0", "ffn.net.0.proj",   "ffn.net.2"};
    constexpr std::array<std::string_view, 10> k_outside{
        "patch_embedding",  "head.head",         "text_embedding.0", "text_embedding.2", "time_embedding.0",
        "time_embedding.2", "time_projection.1", "img_emb.proj.1",   "img_emb.proj.3",   "proj_out"};
    const auto same = [](std::string_view dotted, std::string_view other) {
        return dotted.size() == other.size() && std::equal(dotted.begin(), dotted.end(), other.begin(),
                                                           [](char a, char b) { return a == b || (a == '.' && b == '_'); });
    };
    constexpr std::string_view k_blocks = "blocks_";
    if (!starts_with(underscored, k_blocks)) {
        for (const std::string_view module : k_outside)
            if (same(module, underscored)) return wan_transformer_name(module);
        return {};
    }
    const auto rest = underscored.substr(k_blocks.size());
    const auto end = rest.find('_');
    if (end == std::string_view::npos || number_of(rest.substr(0, end)) < 0) return {};
    for (const std::string_view module : k_in_block)
        if (same(module, rest.substr(end + 1)))
            return wan_transformer_name("blocks." + std::string(rest.substr(0, end)) + "." + std::string(module));
    return {};
}

std::string wan_vae_name(std::string_view name, const std::set<std::string_view>& names)
{
    if (starts_with(name, "conv1.")) return "quant_conv." + std::string(name.substr(6));
    if (starts_with(name, "conv2.")) return "post_quant_conv." + std::string(name.substr(6));
    const auto parts = split(name);
    if (parts.size() < 3 || (parts[0] != "encoder" && parts[0] != "decoder")) return std::string(name);
    const bool encoder = parts[0] == "encoder";
    const std::string half = std::string(parts[0]) + ".";
    if (parts[1] == "conv1") return half + "conv_in." + joined(parts, 2);
    if (parts[1] == "head") return half + (parts[2] == "0" ? "norm_out." : "conv_out.") + joined(parts, 3);
    if (parts[1] == "middle") {
        if (parts[2] == "1") return half + "mid_block.attentions.0." + joined(parts, 3);
        return half + "mid_block.resnets." + (parts[2] == "0" ? "0." : "1.") + inside_of_block(joined(parts, 3));
    }
    if (parts[1] == (encoder ? "downsamples" : "upsamples") && parts.size() > 3 && number_of(parts[2]) >= 0)
        return half + name_in_level(encoder, parts, names);
    return std::string(name);
}

std::string umt5_name(std::string_view original)
{
    if (original == "token_embedding.weight") return "shared.weight";
    std::string name(original);
    if (starts_with(name, "norm.")) return "encoder.final_layer_norm." + name.substr(5);
    if (!starts_with(name, "blocks.")) return name;
    return apply("encoder.block." + name.substr(7),
                 {{".pos_embedding.embedding.", ".layer.0.SelfAttention.relative_attention_bias."},
                  {".attn.", ".layer.0.SelfAttention."},
                  {".norm1.", ".layer.0.layer_norm."},
                  {".norm2.", ".layer.1.layer_norm."},
                  {".ffn.gate.0.", ".layer.1.DenseReluDense.wi_0."},
                  {".ffn.fc1.", ".layer.1.DenseReluDense.wi_1."},
                  {".ffn.fc2.", ".layer.1.DenseReluDense.wo."}});
}

std::string llama_name(std::string_view original)
{
    if (original == "token_embd.weight") return "shared.weight";
    std::string name(original);
    if (starts_with(name, "enc.output_norm.")) return "encoder.final_layer_norm." + name.substr(16);
    if (!starts_with(name, "enc.blk.")) return name;
    return apply("encoder.block." + name.substr(8), {{".attn_rel_b.", ".layer.0.SelfAttention.relative_attention_bias."},
                                                     {".attn_norm.", ".layer.0.layer_norm."},
                                                     {".attn_q.", ".layer.0.SelfAttention.q."},
                                                     {".attn_k.", ".layer.0.SelfAttention.k."},
                                                     {".attn_v.", ".layer.0.SelfAttention.v."},
                                                     {".attn_o.", ".layer.0.SelfAttention.o."},
                                                     {".ffn_norm.", ".layer.1.layer_norm."},
                                                     {".ffn_gate.", ".layer.1.DenseReluDense.wi_0."},
                                                     {".ffn_up.", ".layer.1.DenseReluDense.wi_1."},
                                                     {".ffn_down.", ".layer.1.DenseReluDense.wo."}});
}

std::string wan_clip_name(std::string_view original)
{
    if (!starts_with(original, "visual.")) return {};
    std::string name(original.substr(7));
    if (name == "head" || starts_with(name, "head.")) return {};
    if (name == "cls_embedding") return "vision_model.embeddings.class_embedding";
    if (name == "pos_embedding") return "vision_model.embeddings.position_embedding.weight";
    if (starts_with(name, "transformer.")) {
        name = "encoder.layers." + name.substr(12);
        return "vision_model." + apply(std::move(name), {{".attn.to_qkv.", ".self_attn.qkv_proj."},
                                                         {".attn.proj.", ".self_attn.out_proj."},
                                                         {".norm1.", ".layer_norm1."},
                                                         {".norm2.", ".layer_norm2."},
                                                         {".mlp.0.", ".mlp.fc1."},
                                                         {".mlp.2.", ".mlp.fc2."}});
    }
    return "vision_model." + apply(std::move(name), {{"patch_embedding.", "embeddings.patch_embedding."},
                                                     {"pre_norm.", "pre_layrnorm."},
                                                     {"post_norm.", "post_layernorm."}});
}

std::string open_clip_name(std::string_view original)
{
    if (!starts_with(original, "visual.")) return {};
    std::string name(original.substr(7));
    if (name == "proj") return {};
    if (name == "class_embedding") return "vision_model.embeddings.class_embedding";
    if (name == "positional_embedding") return "vision_model.embeddings.position_embedding.weight";
    if (starts_with(name, "transformer.resblocks.")) {
        name = "encoder.layers." + name.substr(22);
        return "vision_model." + apply(std::move(name), {{".attn.in_proj_", ".self_attn.qkv_proj."},
                                                         {".attn.out_proj.", ".self_attn.out_proj."},
                                                         {".ln_1.", ".layer_norm1."},
                                                         {".ln_2.", ".layer_norm2."},
                                                         {".mlp.c_fc.", ".mlp.fc1."},
                                                         {".mlp.c_proj.", ".mlp.fc2."}});
    }
    return "vision_model." +
           apply(std::move(name),
                 {{"conv1.", "embeddings.patch_embedding."}, {"ln_pre.", "pre_layrnorm."}, {"ln_post.", "post_layernorm."}});
}

}  // namespace kinora::core
