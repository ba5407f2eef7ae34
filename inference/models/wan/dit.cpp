#include "inference/models/wan/dit.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/conv3d.h>

#include <charconv>
#include <memory>
#include <string_view>
#include <utility>

#include "inference/models/int8_linear.h"
#include "inference/runtime/device.h"

namespace kinora::inference {

WanDit::WanDit(const WanDitConfig& config)
    : config_(config),
      patch_embedding_(outline_convolution(config.in_channels, config.width(), config.patch_size)),
      time_embedder_(outline_time_embedder(config)),
      text_embedder_(outline_text_embedder(config)),
      image_embedder_(outline_image_embedder(config)),
      scale_shift_table_(outline({1, 2, config.width()})),
      proj_out_(outline_linear(config.width(), config.out_channels * config.patch_volume()))
{
    for (std::int64_t index = 0; index < config.num_layers; ++index)
        blocks_.push_back(outline_block(config));
}

namespace {

/// The N of "blocks.N.…"; -1: not of a block.
std::int64_t block_of(std::string_view name)
{
    constexpr std::string_view k_blocks = "blocks.";
    std::int64_t index = -1;
    if (name.substr(0, k_blocks.size()) != k_blocks) return index;
    const auto digits = name.substr(k_blocks.size());
    std::from_chars(digits.data(), digits.data() + digits.size(), index);
    return index;
}

}  // namespace

core::Result<WanDit> WanDit::load(const WanDitConfig& config, WeightMap& weights, at::ScalarType dtype,
                                  const at::Device& device, WeightForm form, std::int64_t whole_blocks)
{
    WanDit dit(config);
    auto loaded = load_parameters([&](const ParameterVisitor& visitor) { dit.for_each_parameter(visitor); }, weights);
    if (!loaded) return loaded.error();
    const auto type_of = [dtype](const std::string& name) { return stays_float32(name) ? at::kFloat : dtype; };
    const auto large = [&](const std::string& name) {
        const auto block = block_of(name);
        return form != WeightForm::converted && block >= 0 && block >= whole_blocks;
    };
    convert_but_large([&](const ParameterVisitor& visitor) { dit.for_each_parameter(visitor); }, dtype, device, type_of,
                      large);
    if ((form == WeightForm::int8 || form == WeightForm::int8_at_use) && has_int8(device))
        dit.use_int8(form == WeightForm::int8);
    return dit;
}

void WanDit::use_int8(bool keep)
{
    const auto leave = [](const std::string&, at::Tensor&) {};
    const auto mark = [&](const std::string& name, Linear& layer) {
        const bool fits = device().is_cpu() || (layer.weight.size(0) % 8 == 0 && layer.weight.size(1) % 8 == 0);
        if (is_worked_in_int8(name) && fits) layer.int8 = std::make_shared<Int8Slot>(keep);
        return true;
    };
    for_each_parameter(ParameterVisitor(leave, mark));
}

bool is_worked_in_int8(const std::string& layer)
{
    if (layer.rfind("blocks.", 0) != 0) return false;
    for (const std::string_view part : {"attn2.to_k", "attn2.to_v", "attn2.add_"})
        if (layer.find(part) != std::string::npos) return false;
    return true;
}

WanDitContext WanDit::make_context(const at::Tensor& text, const at::Tensor& image, const TensorObserver& observer) const
{
    const auto embedded = embed_text(text_embedder_, text.to(device(), dtype()));
    if (observer) observer("text_embedded", embedded);
    at::Tensor embedded_image;
    if (image_embedder_ && image.defined()) {
        embedded_image = embed_image(*image_embedder_, image.to(device(), dtype()));
        if (observer) observer("image_embedded", embedded_image);
    }
    WanDitContext context;
    for (const WanBlock& block : blocks_)
        context.blocks.push_back(make_cross_context(block.attn2, config_, embedded, embedded_image));
    return context;
}

at::Tensor WanDit::forward(const at::Tensor& latents, const at::Tensor& timestep, const WanDitContext& context,
                           const TensorObserver& observer, const BlockHook& before_block) const
{
    const auto& patch = config_.patch_size;
    const std::array<std::int64_t, 3> grid{latents.size(2) / patch[0], latents.size(3) / patch[1],
                                           latents.size(4) / patch[2]};
    const auto rope = make_rope(config_, grid, device());

    const auto patches = at::conv3d(latents.to(device(), dtype()), patch_embedding_.weight, patch_embedding_.bias, patch);
    // The residual keeps the model's type, also where mixed-precision training rounds what the convolution returns.
    auto hidden = patches.flatten(2).transpose(1, 2).contiguous().to(dtype());

    const auto times = (timestep.dim() == 1 ? timestep.unsqueeze(1) : timestep).to(device());
    const auto time = embed_time(time_embedder_, config_, times, dtype(), observer);
    if (observer) {
        observer("patch_embedding", patches);
        observer("rope_cos", rope.cos);
        observer("rope_sin", rope.sin);
    }
    for (std::size_t index = 0; index < blocks_.size(); ++index) {
        if (before_block) before_block(index);
        const std::string name = observer ? "block." + std::to_string(index) : std::string();
        hidden =
            apply_block(blocks_[index], config_, hidden, time.projection, rope, context.blocks.at(index), name, observer);
        // The next block may write into this tensor, so an observer gets its own.
        if (observer) observer(name, hidden.clone());
    }
    if (observer) observer("norm_out", layer_norm(hidden.to(at::kFloat), config_.eps));

    const auto table = (scale_shift_table_.unsqueeze(1) + time.embedding.unsqueeze(2)).to(at::kFloat);
    const auto out_in = modulated_norm(hidden, table.select(2, 0), table.select(2, 1), config_.eps, dtype());
    const auto tokens = linear(proj_out_, out_in);
    return tokens.view({latents.size(0), grid[0], grid[1], grid[2], patch[0], patch[1], patch[2], config_.out_channels})
        .permute({0, 7, 1, 4, 2, 5, 3, 6})
        .reshape({latents.size(0), config_.out_channels, latents.size(2), latents.size(3), latents.size(4)});
}

void WanDit::for_each_parameter(const ParameterVisitor& visitor)
{
    visit(patch_embedding_, "patch_embedding", visitor);
    visit(time_embedder_, "condition_embedder", visitor);
    visit(text_embedder_, "condition_embedder", visitor);
    if (image_embedder_) visit(*image_embedder_, "condition_embedder", visitor);
    for (std::size_t index = 0; index < blocks_.size(); ++index)
        visit(blocks_[index], "blocks." + std::to_string(index), visitor);
    visitor("scale_shift_table", scale_shift_table_);
    visit(proj_out_, "proj_out", visitor);
}

void WanDit::convert(at::ScalarType dtype, const at::Device& device)
{
    for_each_parameter([&](const std::string& name, at::Tensor& parameter) {
        parameter = parameter.to(device, stays_float32(name) ? at::kFloat : dtype);
    });
}

bool stays_float32(const std::string& parameter)
{
    for (const std::string_view part : {"time_embedder.", "scale_shift_table", "norm1.", "norm2.", "norm3."})
        if (parameter.find(part) != std::string::npos) return true;
    return false;
}

}  // namespace kinora::inference
