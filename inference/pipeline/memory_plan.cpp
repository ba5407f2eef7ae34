#include "inference/pipeline/memory_plan.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <sstream>
#include <utility>

#include "core/base/memory_text.h"
#include "inference/models/wan/dit_block.h"
#include "inference/models/wan/vae.h"
#include "inference/models/wan/vae_memory.h"
#include "inference/pipeline/estimate.h"
#include "inference/pipeline/guidance.h"
#include "inference/runtime/device.h"

namespace kinora::inference {
namespace {

/// Tensors [tokens, width] that live at once where a block's attention needs most of them: residual, queries, keys, values,
/// what was attended, and one that is just being made.
constexpr std::int64_t k_block_tensors = 6;
/// float32 copies of the latents that the sampler, its history and the observer hold.
constexpr std::int64_t k_latent_copies = 14;
/// float32 copies of the finished pictures, three values a pixel: the decoder's, and the clip that is handed on. Patches are
/// unfolded from one into the other.
constexpr std::int64_t k_picture_copies = 2;
/// What the allocator takes for a block's tensors, by measurement: freed memory isn't reused to the last page.
constexpr double k_allocated = 1.25;
/// The same for what the decoder makes.
constexpr double k_allocated_decoding = 1.08;
/// Share of the limit that plans aim at: the kernel's own memory counts in control groups, and figures are measured ones.
constexpr double k_aim = 0.88;
/// What is filled up to this has room for what a plan doesn't know.
constexpr double k_aim_of_blocks = 0.8;
/// The place of sampling among a plan's stages.
constexpr std::size_t k_sampling = 1;
constexpr const char* k_ahead = ", each while the one before it is used";
constexpr const char* k_apart = ", passes apart";

std::int64_t bytes_of(const core::Recipe& recipe)
{
    return recipe.dtype == "float32" ? 4 : 2;
}

std::int64_t decoder_bytes_of(const core::Recipe& recipe)
{
    return recipe.decoder_dtype == "float32" ? 4 : 2;
}

c10::ScalarType type_of(const core::Recipe& recipe)
{
    return recipe.dtype == "float32" ? c10::kFloat : c10::kBFloat16;
}

std::string weights_text(const WeightCost& cost, WeightForm form)
{
    if (form == WeightForm::int8) return "large matrices are kept in 8 bits";
    if (form == WeightForm::int8_at_use) return "large matrices are brought to 8 bits layer by layer";
    const bool to_card = cost.rooms > 1;
    if (cost.quantised)
        return std::string("quantised weights stay in the file's pages and are expanded layer by layer") +
               (to_card ? k_ahead : "");
    if (cost.converted == 0) return "weights are used in the file's pages";
    if (to_card)
        return form == WeightForm::converted ? "weights are kept on the card"
                                             : std::string("weights come to the card layer by layer") + k_ahead;
    return form == WeightForm::converted ? "weights are converted as a whole" : "weights are converted layer by layer";
}

std::int64_t cost_in(const WeightCost& cost, WeightForm form)
{
    switch (form) {
        case WeightForm::converted:
            return cost.whole();
        case WeightForm::as_stored:
            return cost.as_stored();
        case WeightForm::int8:
            return cost.in_int8();
        case WeightForm::int8_at_use:
            return cost.in_int8_at_use();
    }
    return cost.whole();
}

std::string route_text(DecodeRoute route)
{
    switch (route) {
        case DecodeRoute::whole_clip:
            return "the whole clip at once";
        case DecodeRoute::causal_cache:
            return "one latent frame at a time";
        case DecodeRoute::tiles:
            return "in tiles, one latent frame at a time";
    }
    return "";
}

std::string seconds_text(double seconds)
{
    std::array<char, 32> text{};
    if (seconds < 100)
        std::snprintf(text.data(), text.size(), "%.0f s", std::max(1.0, seconds));
    else if (seconds < 7200)
        std::snprintf(text.data(), text.size(), "%.0f min", seconds / 60);
    else
        std::snprintf(text.data(), text.size(), "%.1f h", seconds / 3600);
    return text.data();
}

}  // namespace

std::int64_t MemoryPlan::peak() const
{
    std::int64_t most = 0;
    for (const StagePlan& stage : stages)
        most = std::max(most, stage.bytes);
    return most;
}

double MemoryPlan::seconds() const
{
    double sum = 0;
    for (const StagePlan& stage : stages)
        sum += stage.seconds;
    return sum;
}

std::vector<std::string> MemoryPlan::sentences() const
{
    std::vector<std::string> lines;
    for (const StagePlan& stage : stages) {
        std::ostringstream line;
        line << stage.name << ": " << core::memory_text(stage.bytes) << ", about " << seconds_text(stage.seconds) << "; "
             << stage.how << '.';
        lines.push_back(line.str());
    }
    std::ostringstream all;
    all << "In all " << core::memory_text(peak()) << " of " << core::memory_text(limit)
        << (fits() ? ", about " : ", which isn't enough, about ") << seconds_text(seconds()) << "; "
        << (keep_parts ? "all parts stay loaded." : "each part is loaded for its own stage.");
    lines.push_back(all.str());
    return lines;
}

core::Result<MemoryPlanner> MemoryPlanner::create(const WanModelInfo& info, const core::Recipe& recipe)
{
    MemoryPlanner planner(info, recipe);
    const auto dtype = type_of(recipe);
    const auto place = recipe.device == "cpu" ? WorkPlace::processor : WorkPlace::card;
    auto read = [&](const std::filesystem::path& part, WeightCost& cost) -> core::Result<void> {
        if (part.empty()) return {};
        const auto found = weight_cost(part, dtype, place);
        if (!found) return found.error();
        if (found->whole() >= cost.whole()) cost = *found;
        return {};
    };
    WeightCost vae;
    for (const auto& [part, cost] :
         {std::pair(&info.parts.text_encoder, &planner.text_), std::pair(&info.parts.transformer, &planner.transformer_),
          std::pair(&info.parts.transformer_2, &planner.transformer_), std::pair(&info.parts.image_encoder, &planner.image_),
          std::pair(&info.parts.vae, &vae)})
        if (auto done = read(*part, *cost); !done) return done.error();
    // Small ones are laid out once; the weights of large ones stay in their file's pages, and each is laid out for its use.
    const auto in_type = vae.values * decoder_bytes_of(recipe);
    if (place == WorkPlace::card || in_type <= k_largest_copied_vae)
        planner.vae_bytes_ = in_type;
    else
        planner.vae_laid_out_ = laid_out_memory(info.vae, decoder_bytes_of(recipe));
    return planner;
}

bool MemoryPlanner::two_passes() const
{
    const bool cfg = recipe_.guidance_mode != "nag";
    return cfg && (recipe_.guidance > 1 || (info_.two_experts() && recipe_.guidance_low > 1));
}

std::int64_t MemoryPlanner::step_bytes(bool passes_apart) const
{
    const std::int64_t size = bytes_of(recipe_);
    const std::int64_t passes = two_passes() ? 2 : 1;
    const std::int64_t batch = passes_apart ? 1 : passes;
    const std::int64_t space = info_.vae.spatial_stride();
    const std::int64_t frames = (core::sampled_frames(recipe_) - 1) / info_.vae.temporal_stride() + 1;
    const std::int64_t cells = frames * (recipe_.height / space) * (recipe_.width / space);
    const std::int64_t rows = batch * cells / info_.dit.patch_volume();
    const std::int64_t width = info_.dit.width();
    const std::int64_t attention = k_block_tensors * rows * width;
    const std::int64_t feed_forward = 3 * rows * width + 2 * std::min(rows, k_feed_forward_rows) * info_.dit.ffn_dim;
    // Activations in 8 bits stand beside those that they are made of.
    const std::int64_t in_int8 =
        recipe_.dtype == "int8" ? std::max(rows * width, std::min(rows, k_feed_forward_rows) * info_.dit.ffn_dim) : 0;
    const std::int64_t context = 2 * passes * info_.capabilities.max_tokens * width * info_.dit.num_layers;
    const std::int64_t latents = k_latent_copies * cells * info_.vae.z_dim * 4;
    const double block = k_allocated * static_cast<double>(std::max(attention, feed_forward));
    return (static_cast<std::int64_t>(block) + context) * size + in_int8 + latents;
}

std::int64_t MemoryPlanner::decode_bytes(DecodeRoute route) const
{
    const std::int64_t size = decoder_bytes_of(recipe_);
    const std::int64_t stride = info_.vae.spatial_stride();
    DecodedLatents latents{(recipe_.frames - 1) / info_.vae.temporal_stride() + 1, recipe_.height / stride,
                           recipe_.width / stride, route != DecodeRoute::whole_clip};
    const std::int64_t frame = static_cast<std::int64_t>(recipe_.width) * recipe_.height * 3 * 4;
    const std::int64_t pictures = frame * recipe_.frames;
    std::int64_t tiles = 0;
    if (route == DecodeRoute::tiles) {
        const VaeTiles form;
        latents.rows = std::min(latents.rows, form.min_height / stride);
        latents.columns = std::min(latents.columns, form.min_width / stride);
        // A tile's clip as it comes, as float32 and blended, and what the next row of tiles fades over.
        const std::int64_t pixels = latents.rows * latents.columns * stride * stride;
        tiles = 3 * pixels * recipe_.frames * 3 * 4 + pictures * (form.min_height - form.stride_height) / recipe_.height;
    }
    const std::int64_t decoding = decoder_memory(info_.vae, latents, size) + vae_laid_out_ + pictures + tiles;
    return static_cast<std::int64_t>(k_allocated_decoding *
                                     static_cast<double>(std::max(decoding, k_picture_copies * pictures)));
}

void MemoryPlanner::measure(MemoryPlan& plan, const MachineSpeed& speed, std::int64_t base) const
{
    const std::int64_t text = cost_in(text_, plan.forms.text) + image_.whole();
    const std::int64_t blocks = plan.forms.whole_blocks;
    const std::int64_t transformer = cost_in(transformer_, plan.forms.transformer) + blocks * block_bytes();
    const std::int64_t always = base + vae_bytes_;
    const std::int64_t kept = plan.keep_parts ? text + transformer : 0;
    // The encoder sees a few hundred rows; its widest layer and the embeddings of both prompts are little beside its
    // weights.
    const std::int64_t encoding = 64'000'000;
    const double operations = sampling_operations(info_, recipe_);
    const double text_work = 2.0 * static_cast<double>(text_.mapped) / 2 * info_.capabilities.max_tokens;
    plan.stages.clear();
    plan.stages.push_back({"Text encoder", always + (plan.keep_parts ? kept : text) + encoding,
                           text_work / speed.sampling_flops, weights_text(text_, plan.forms.text)});
    std::ostringstream how;
    how << weights_text(transformer_, plan.forms.transformer);
    if (blocks > 0) how << ", but for " << blocks << " of the " << info_.dit.num_layers << " blocks, which are kept";
    if (info_.two_experts()) how << ", one expert at a time";
    if (two_passes()) how << (plan.passes_apart ? ", the two passes one after the other" : ", both passes at once");
    plan.stages.push_back({"Sampling", always + (plan.keep_parts ? kept : transformer) + step_bytes(plan.passes_apart),
                           operations / speed.sampling_flops, how.str()});
    // The memory into which quantised weights are expanded stays.
    const std::int64_t shared = !plan.keep_parts && transformer_.quantised ? transformer_.at_use() : 0;
    plan.stages.push_back({"Decoding", always + kept + shared + decode_bytes(plan.route),
                           decoding_work(info_, recipe_) / speed.decoded_values, route_text(plan.route)});
}

std::optional<std::string> MemoryPlanner::tighten(MemoryPlan& plan) const
{
    if (plan.keep_parts) {
        plan.keep_parts = false;
        return "each part of the model was loaded for its own stage only";
    }
    if (plan.forms.whole_blocks > 0) {
        plan.forms.whole_blocks /= 2;
        return "fewer of the transformer's blocks were kept in memory";
    }
    const auto convert_at_use = [](const WeightCost& cost, WeightForm& form) {
        if (form != WeightForm::converted || cost.converted == 0) return false;
        form = WeightForm::as_stored;
        return true;
    };
    if (plan.forms.transformer == WeightForm::int8) {
        plan.forms.transformer = WeightForm::int8_at_use;
        return "weights were brought to 8 bits layer by layer";
    }
    const bool transformer = convert_at_use(transformer_, plan.forms.transformer);
    if (const bool text = convert_at_use(text_, plan.forms.text); transformer || text)
        return "weights were converted layer by layer";
    if (two_passes() && !plan.passes_apart) {
        plan.passes_apart = true;
        return "the prompt's and the negative prompt's pass were done one after the other";
    }
    return std::nullopt;
}

MemoryPlan MemoryPlanner::plan(const MachineSpeed& speed, std::int64_t limit, std::int64_t base, bool decoding_fixed) const
{
    MemoryPlan plan;
    plan.limit = limit;
    if (recipe_.dtype == "int8") plan.forms.transformer = WeightForm::int8;
    plan.passes_apart = passes_are_apart(recipe_.route);
    plan.route = route_of_recipe(recipe_.route, recipe_.tiling);
    const auto aim = static_cast<std::int64_t>(k_aim * static_cast<double>(limit));
    measure(plan, speed, base);
    while (!decoding_fixed && plan.stages.back().bytes > aim && plan.route != DecodeRoute::tiles) {
        // Dropping what the decoder doesn't need costs less than decoding in pieces.
        if (plan.keep_parts)
            plan.keep_parts = false;
        else
            plan.route = static_cast<DecodeRoute>(static_cast<int>(plan.route) + 1);
        measure(plan, speed, base);
    }
    while (plan.peak() > aim) {
        if (!tighten(plan)) break;
        measure(plan, speed, base);
    }
    keep_blocks(plan, speed, base);
    return plan;
}

/// What is left of the limit holds blocks that needn't be converted, or brought to a card, at every step.
void MemoryPlanner::keep_blocks(MemoryPlan& plan, const MachineSpeed& speed, std::int64_t base) const
{
    if (plan.forms.transformer != WeightForm::as_stored || block_bytes() == 0) return;
    const auto aim = static_cast<std::int64_t>(k_aim_of_blocks * static_cast<double>(plan.limit));
    const auto room = aim - (plan.keep_parts ? plan.peak() : plan.stages.at(k_sampling).bytes);
    plan.forms.whole_blocks = std::clamp<std::int64_t>(room / block_bytes(), 0, info_.dit.num_layers);
    measure(plan, speed, base);
}

std::string run_route(DecodeRoute route, bool passes_apart)
{
    return passes_apart ? route_name(route).append(k_apart) : route_name(route);
}

bool passes_are_apart(const std::string& route)
{
    return route.find(k_apart) != std::string::npos;
}

}  // namespace kinora::inference
