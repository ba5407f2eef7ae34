#include "inference/models/wan/dit_block.h"

#include <ATen/TensorOperators.h>
#include <ATen/autocast_mode.h>
#include <ATen/ops/addcmul.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/gelu.h>

#include <algorithm>
#include <utility>

#include "inference/models/wan/dit_fused.h"
#include "inference/models/wan/dit_trained.h"

namespace kinora::inference {
namespace {

/// The type in which linears work: of mixed-precision training where it is on, else the model's own. Casting an activation
/// once here spares each linear that reads it the same cast.
at::ScalarType working_type(const at::Tensor& x)
{
    const auto device = x.device().type();
    return at::autocast::is_autocast_enabled(device) ? at::autocast::get_autocast_dtype(device) : x.scalar_type();
}

/// [batch, tokens, width] → [batch, groups, tokens / groups, width].
at::Tensor grouped(const at::Tensor& x, std::int64_t groups)
{
    return x.unflatten(1, {groups, -1});
}

/// x + y·gate in float32, in x's type.
at::Tensor gated_residual(at::Tensor x, const at::Tensor& y, const at::Tensor& gate)
{
    if (fused::usable(x)) {
        fused::add_gated(x, y, gate);
        return x;
    }
    if (trained::usable(x)) return trained::add_gated(x, y, gate);
    const auto groups = gate.size(1);
    const auto sum = at::addcmul(grouped(x.to(at::kFloat), groups), grouped(y.to(at::kFloat), groups), gate.unsqueeze(2));
    return sum.flatten(1, 2).to(x.scalar_type());
}

at::Tensor residual(at::Tensor x, const at::Tensor& y)
{
    if (!fused::usable(x)) return x + y;
    fused::add_gated(x, y, {});
    return x;
}

/// The residual before a step and what the step reads.
struct Branch {
    at::Tensor x;
    at::Tensor normed;
};

/// The step reads the modulated norm.
Branch modulated_branch(at::Tensor x, const at::Tensor& shift, const at::Tensor& scale, double eps, at::ScalarType dtype)
{
    if (x.scalar_type() == dtype && trained::usable(x)) {
        auto both = trained::norm_scale_shift(x, scale, shift, 1.0, eps);
        return {std::move(both.x), std::move(both.normed)};
    }
    auto normed = modulated_norm(x, shift, scale, eps, dtype);
    return {std::move(x), std::move(normed)};
}

/// Cross-attention reads the residual itself, or its norm with gain and shift.
Branch cross_branch(const WanBlock& block, at::Tensor x, double eps, at::ScalarType dtype)
{
    if (!block.norm2) return {x, x.to(dtype)};
    const auto vector = [](const at::Tensor& parameter) { return parameter.to(at::kFloat).view({1, 1, -1}); };
    if (fused::usable(x)) {
        auto normed = fused::norm_scale_shift(x, vector(block.norm2->weight), vector(block.norm2->bias), 0.0F, eps, dtype);
        return {std::move(x), std::move(normed)};
    }
    if (x.scalar_type() == dtype && trained::usable(x)) {
        auto both = trained::norm_scale_shift(x, vector(block.norm2->weight), vector(block.norm2->bias), 0.0, eps);
        return {std::move(both.x), std::move(both.normed)};
    }
    auto normed = layer_norm(*block.norm2, x.to(at::kFloat), eps).to(dtype);
    return {std::move(x), std::move(normed)};
}

/// GELU in its tanh form.
at::Tensor activated(at::Tensor x)
{
    return trained::usable(x) ? trained::gelu(x) : at::gelu(x, "tanh");
}

/// The wide part of a block. Of many rows some at a time: what is between the linears takes several times the residual.
at::Tensor feed_forward(const WanBlock& block, const at::Tensor& x)
{
    const bool plain = fused::usable(x);
    const auto feed = [&](const at::Tensor& rows) {
        return linear(block.ffn_down, plain ? linear_gelu(block.ffn_up, rows) : activated(linear(block.ffn_up, rows)));
    };
    const auto count = x.size(0) * x.size(1);
    if (count <= k_feed_forward_rows || !plain) return feed(x);
    const auto rows = x.flatten(0, 1);
    auto out = at::empty_like(rows);
    for (std::int64_t first = 0; first < count; first += k_feed_forward_rows) {
        const auto length = std::min(k_feed_forward_rows, count - first);
        out.narrow(0, first, length).copy_(feed(rows.narrow(0, first, length)));
    }
    return out.view(x.sizes());
}

}  // namespace

at::Tensor modulated_norm(const at::Tensor& x, const at::Tensor& shift, const at::Tensor& scale, double eps,
                          at::ScalarType dtype)
{
    if (fused::usable(x)) return fused::norm_scale_shift(x, scale, shift, 1.0F, eps, dtype);
    if (x.scalar_type() == dtype && trained::usable(x)) return trained::norm_scale_shift(x, scale, shift, 1.0, eps).normed;
    const auto normed = grouped(layer_norm(x.to(at::kFloat), eps), shift.size(1));
    return at::addcmul(shift.unsqueeze(2), normed, (scale + 1).unsqueeze(2)).flatten(1, 2).to(dtype);
}

at::Tensor apply_block(const WanBlock& block, const WanDitConfig& config, at::Tensor x, const at::Tensor& modulation,
                       const WanRope& rope, const CrossContext& context, const std::string& name,
                       const TensorObserver& observer)
{
    const auto dtype = working_type(x);
    const auto table = (block.scale_shift_table + modulation).unbind(2);

    auto branch = modulated_branch(std::move(x), table[0], table[1], config.eps, dtype);
    auto attended = self_attention(block.attn1, config, std::move(branch.normed), rope);
    if (observer) observer(name + ".attn1", attended);
    auto hidden = gated_residual(std::move(branch.x), attended, table[2]);
    attended.reset();

    branch = cross_branch(block, std::move(hidden), config.eps, dtype);
    branch.normed = cross_attention(block.attn2, config, branch.normed, context);
    if (observer) observer(name + ".attn2", branch.normed);
    hidden = residual(std::move(branch.x), branch.normed);

    branch = modulated_branch(std::move(hidden), table[3], table[4], config.eps, dtype);
    const auto fed = feed_forward(block, branch.normed);
    if (observer) observer(name + ".ffn", fed);
    return gated_residual(std::move(branch.x), fed, table[5]);
}

WanBlock outline_block(const WanDitConfig& config)
{
    const auto width = config.width();
    WanBlock block{outline({1, 6, width}),
                   outline_attention(config, AttentionKind::self),
                   outline_attention(config, AttentionKind::cross),
                   std::nullopt,
                   outline_linear(width, config.ffn_dim),
                   outline_linear(config.ffn_dim, width)};
    if (config.cross_attn_norm) block.norm2 = outline_layer_norm(width);
    return block;
}

void visit(WanBlock& block, const std::string& name, const ParameterVisitor& visitor)
{
    visitor(name + ".scale_shift_table", block.scale_shift_table);
    visit(block.attn1, name + ".attn1", visitor);
    visit(block.attn2, name + ".attn2", visitor);
    if (block.norm2) visit(*block.norm2, name + ".norm2", visitor);
    visit(block.ffn_up, name + ".ffn.net.0.proj", visitor);
    visit(block.ffn_down, name + ".ffn.net.2", visitor);
}

}  // namespace kinora::inference
