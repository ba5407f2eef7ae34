#include "inference/models/wan/dit_attention.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/scaled_dot_product_attention.h>

#include <optional>
#include <utility>

#include "inference/models/lanes.h"
#include "inference/models/wan/dit_attention_kernel.h"
#include "inference/models/wan/dit_fused.h"
#include "inference/models/wan/dit_trained.h"

namespace kinora::inference {
namespace {

/// [batch, rows, width] → [batch, rows, heads, head_dim].
at::Tensor split_heads(const at::Tensor& x, const WanDitConfig& config)
{
    return x.unflatten(-1, {config.num_attention_heads, config.attention_head_dim});
}

/// Norm over the full width, then heads, then (with tables) the rotation: [batch, rows, heads, head_dim].
at::Tensor normed_heads(const RmsNorm& norm, const at::Tensor& x, const WanDitConfig& config, const WanRope* rope)
{
    if (fused::usable(x)) return split_heads(fused::rms_norm_rope(x, norm.weight, config.eps, rope), config);
    if (trained::usable(x) && config.attention_head_dim % k_lanes == 0)
        return split_heads(trained::rms_norm_rope(x, norm.weight, config.eps, rope), config);
    const auto heads = split_heads(rms_norm(norm, x, config.eps), config);
    return rope != nullptr ? apply_rope(heads, *rope) : heads;
}

/// Queries [batch, tokens, heads, head_dim] → [batch, tokens, width].
at::Tensor attend(const at::Tensor& queries, const KeysAndValues& context)
{
    const auto keys = context.keys.transpose(1, 2);
    const auto values = context.values.transpose(1, 2);
    if (has_trained_attention(queries, keys, values)) return trained_attention(queries, keys, values).flatten(2);
    const auto out = at::scaled_dot_product_attention(queries.transpose(1, 2), context.keys, context.values);
    return out.transpose(1, 2).flatten(2);
}

/// Each latent frame's queries attend to the keys of its own stretch; tokens lie frame by frame.
at::Tensor attend_in_time(const at::Tensor& queries, const std::vector<TimedKeys>& timed)
{
    const auto tokens_per_frame = queries.size(1) / timed.back().end_frame;
    std::vector<at::Tensor> parts;
    for (const TimedKeys& stretch : timed) {
        const auto frames = stretch.end_frame - stretch.first_frame;
        const auto part = queries.narrow(1, stretch.first_frame * tokens_per_frame, frames * tokens_per_frame);
        parts.push_back(attend(part, stretch.text));
    }
    return at::cat(parts, 1);
}

KeysAndValues keys_and_values(const Linear& to_k, const RmsNorm& norm, const Linear& to_v, const WanDitConfig& config,
                              const at::Tensor& rows)
{
    return {normed_heads(norm, linear(to_k, rows), config, nullptr).transpose(1, 2),
            split_heads(linear(to_v, rows), config).transpose(1, 2)};
}

}  // namespace

at::Tensor self_attention(const WanAttention& attention, const WanDitConfig& config, at::Tensor x, const WanRope& rope)
{
    std::optional<LinearInput> input(std::in_place, attention.to_q, std::move(x));
    auto queries = normed_heads(attention.norm_q, input->through(attention.to_q), config, &rope);
    auto keys = normed_heads(attention.norm_k, input->through(attention.to_k), config, &rope);
    auto values = split_heads(input->through(attention.to_v), config);
    input.reset();
    const auto attended = attend(queries, {keys.transpose(1, 2), values.transpose(1, 2)});
    queries.reset();
    keys.reset();
    values.reset();
    return linear(attention.to_out, attended);
}

CrossContext make_cross_context(const WanAttention& attention, const WanDitConfig& config, const at::Tensor& text,
                                const at::Tensor& image)
{
    CrossContext context;
    context.text = keys_and_values(attention.to_k, attention.norm_k, attention.to_v, config, text);
    if (image.defined() && attention.add_k_proj)
        context.image =
            keys_and_values(*attention.add_k_proj, *attention.norm_added_k, *attention.add_v_proj, config, image);
    return context;
}

at::Tensor cross_attention(const WanAttention& attention, const WanDitConfig& config, const at::Tensor& x,
                           const CrossContext& context)
{
    const auto queries = normed_heads(attention.norm_q, linear(attention.to_q, x), config, nullptr);
    auto out = context.timed.empty() ? attend(queries, context.text) : attend_in_time(queries, context.timed);
    if (context.avoided) out = guide_away(out, attend(queries, context.avoided->text), context.avoided->guidance);
    if (context.image) out = out + attend(queries, *context.image);
    return linear(attention.to_out, out);
}

WanAttention outline_attention(const WanDitConfig& config, AttentionKind kind)
{
    const auto width = config.width();
    const auto square = [&] { return outline_linear(width, width); };
    WanAttention attention{square(), square(), square(), square(), outline_rms_norm(width), outline_rms_norm(width),
                           {},       {},       {}};
    if (kind == AttentionKind::cross && config.added_kv_proj_dim) {
        attention.add_k_proj = outline_linear(*config.added_kv_proj_dim, width);
        attention.add_v_proj = outline_linear(*config.added_kv_proj_dim, width);
        attention.norm_added_k = outline_rms_norm(width);
    }
    return attention;
}

void visit(WanAttention& attention, const std::string& name, const ParameterVisitor& visitor)
{
    visit(attention.to_q, name + ".to_q", visitor);
    visit(attention.to_k, name + ".to_k", visitor);
    visit(attention.to_v, name + ".to_v", visitor);
    visit(attention.to_out, name + ".to_out.0", visitor);
    visit(attention.norm_q, name + ".norm_q", visitor);
    visit(attention.norm_k, name + ".norm_k", visitor);
    if (attention.add_k_proj) visit(*attention.add_k_proj, name + ".add_k_proj", visitor);
    if (attention.add_v_proj) visit(*attention.add_v_proj, name + ".add_v_proj", visitor);
    if (attention.norm_added_k) visit(*attention.norm_added_k, name + ".norm_added_k", visitor);
}

}  // namespace kinora::inference
