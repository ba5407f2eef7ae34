#include "inference/pipeline/checkpoint.h"

#include <ATen/ops/from_blob.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/generation/recipe_json.h"
#include "inference/weights/safetensors.h"

namespace kinora::inference {
namespace {

using nlohmann::json;
using NamedTensors = std::vector<std::pair<std::string, at::Tensor>>;

constexpr int k_format = 1;
constexpr const char* k_recipe_key = "kinora.recipe";
constexpr const char* k_steps_key = "kinora.steps_done";
constexpr const char* k_state_key = "kinora.checkpoint";
constexpr const char* k_sample = "state.sample";
const std::string k_prefix = "state.";

std::string quoted(const std::filesystem::path& file)
{
    return core::in_quotes(file.string());
}

core::Error damaged(const std::filesystem::path& file, const std::string& why)
{
    return core::make_error(core::ErrorKind::corrupt,
                            "The checkpoint " + quoted(file) + " " + why + "; start the clip anew from its recipe.");
}

/// Over everything that a run goes on from. Tensors are float32, on the CPU and contiguous.
std::string digest_of(const NamedTensors& tensors, const std::string& recipe, int steps_done, const std::string& state)
{
    core::Sha256 hash;
    for (const std::string& text : {recipe, std::to_string(steps_done), state}) {
        hash.update(std::to_string(text.size()).append(":"));
        hash.update(text);
    }
    for (const auto& [name, tensor] : tensors) {
        hash.update(name);
        for (const std::int64_t side : tensor.sizes())
            hash.update(std::to_string(side).append(","));
        hash.update(std::span(static_cast<const std::byte*>(tensor.const_data_ptr()), tensor.nbytes()));
    }
    return hash.hex_digest();
}

at::Tensor plain(const at::Tensor& tensor)
{
    return tensor.to(at::kCPU, at::kFloat).contiguous();
}

/// The names of the sampler's tensors, in its order.
std::optional<std::vector<std::string>> names_of(const json& state)
{
    const auto found = state.find("tensors");
    if (found == state.end() || !found->is_array() || found->size() > 16) return std::nullopt;
    std::vector<std::string> names;
    for (const json& name : *found) {
        if (!name.is_string()) return std::nullopt;
        names.push_back(name.get<std::string>());
    }
    return names;
}

std::string text_of(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

int number_of(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() ? found->get<int>() : -1;
}

/// The recipe without what may differ between two parts of one run.
core::Recipe clip_of(core::Recipe recipe)
{
    recipe.model_hash.clear();
    recipe.fallbacks.clear();
    recipe.engine_version.clear();
    recipe.device.clear();
    recipe.dtype.clear();
    recipe.decoder_dtype.clear();
    recipe.route.clear();
    recipe.tiling.clear();
    recipe.threads = 0;
    recipe.stop_after = 0;
    return recipe;
}

/// The first thing in which two recipes differ, for a sentence.
std::string difference(const core::Recipe& saved, const core::Recipe& wanted)
{
    if (saved.model_id != wanted.model_id) return "model";
    if (saved.spans != wanted.spans || saved.prompt != wanted.prompt) return "prompt";
    if (saved.negative_prompt != wanted.negative_prompt) return "negative prompt";
    if (saved.width != wanted.width || saved.height != wanted.height) return "size";
    if (saved.frames != wanted.frames || saved.rate != wanted.rate) return "length";
    if (saved.steps != wanted.steps) return "number of steps";
    if (saved.sampler != wanted.sampler || saved.shift != wanted.shift) return "sampler";
    if (saved.seed != wanted.seed) return "seed";
    if (saved.loras != wanted.loras) return "LoRAs";
    if (saved.references != wanted.references) return "pictures";
    return "settings";
}

void tell_other_bits(const core::Recipe& saved, int steps_done, core::Recipe& recipe)
{
    const auto tell = [&](const std::string& before, const std::string& now) {
        if (before == now) return;
        recipe.fallbacks.push_back("The run went on with " + now + " instead of " + before + " after step " +
                                   std::to_string(steps_done) + ", so its bits aren't those of a run without a break.");
    };
    tell(saved.device, recipe.device);
    tell(saved.dtype, recipe.dtype);
    const auto threads = [](const core::Recipe& of) { return std::to_string(of.threads).append(" threads"); };
    const auto version = [](const core::Recipe& of) { return std::string("Kinora ").append(of.engine_version); };
    tell(threads(saved), threads(recipe));
    tell(version(saved), version(recipe));
}

}  // namespace

core::Result<void> save_checkpoint(const std::filesystem::path& file, const Checkpoint& checkpoint)
{
    const auto& clip = checkpoint.saved.latents;
    std::error_code ignored;
    if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), ignored);
    NamedTensors tensors;
    // from_blob wants a mutable pointer; the tensor is only read.
    tensors.emplace_back("latents", at::from_blob(const_cast<float*>(clip.values.data()),
                                                  {clip.channels, clip.frames, clip.height, clip.width},
                                                  at::TensorOptions().dtype(at::kFloat)));
    tensors.emplace_back(k_sample, plain(checkpoint.sample));
    json names = json::array();
    for (const auto* list : {&checkpoint.sampler.tensors, &checkpoint.cache.tensors})
        for (const auto& [name, tensor] : *list) {
            names.push_back(name);
            tensors.emplace_back(k_prefix + name, plain(tensor));
        }
    const std::string recipe = core::to_json(checkpoint.saved.recipe).dump();
    const int steps = checkpoint.saved.steps_done;
    const auto& cache = checkpoint.cache;
    json state{{"format", k_format},
               {"order", checkpoint.sampler.order},
               {"tensors", std::move(names)},
               {"cache", {{"rate", cache.rate}, {"drift", cache.drift}, {"span", cache.span}, {"measured", cache.measured}}},
               {"cache_tensors", cache.tensors.size()},
               {"weights", checkpoint.weights}};
    state["sha256"] = digest_of(tensors, recipe, steps, state.dump());
    return save_safetensors(file, tensors,
                            {{k_recipe_key, recipe}, {k_steps_key, std::to_string(steps)}, {k_state_key, state.dump()}});
}

core::Result<Checkpoint> load_checkpoint(const std::filesystem::path& file)
{
    auto saved = load_latents(file);
    if (!saved) return saved.error();
    auto content = open_safetensors(file);
    if (!content) return content.error();
    const auto text = content->metadata.find(k_state_key);
    if (text == content->metadata.end())
        return core::make_error(core::ErrorKind::corrupt, quoted(file) +
                                                              " holds latents, but no checkpoint: there is nothing that a "
                                                              "run could go on from.");
    json state = json::parse(text->second, nullptr, false);
    const auto names = state.is_object() ? names_of(state) : std::nullopt;
    if (!names) return damaged(file, "doesn't say what it holds");
    if (number_of(state, "format") > k_format)
        return core::make_error(core::ErrorKind::unsupported, "The checkpoint " + quoted(file) +
                                                                  " was written by a newer Kinora; update Kinora to go on "
                                                                  "from it.");
    Checkpoint checkpoint;
    checkpoint.saved = *std::move(saved);
    checkpoint.weights = text_of(state, "weights");
    checkpoint.sampler.step_index = checkpoint.saved.steps_done;
    checkpoint.sampler.order = number_of(state, "order");
    const auto& found = content->weights.tensors();
    NamedTensors tensors;
    const auto& clip = checkpoint.saved.latents;
    const std::vector<std::int64_t> shape{1, clip.channels, clip.frames, clip.height, clip.width};
    // Copied out of the map: the file is replaced while the run goes on. A cache's tensors have a pass each.
    const auto take = [&](const std::string& name, at::IntArrayRef wanted) {
        const auto tensor = found.find(name);
        if (tensor == found.end() || tensor->second.scalar_type() != at::kFloat) return false;
        const auto sizes = tensor->second.sizes();
        const bool passes = sizes.size() == 5 && sizes[0] == 2 && sizes.slice(1) == wanted.slice(1);
        if (sizes != wanted && !passes) return false;
        tensors.emplace_back(name, tensor->second.clone());
        return true;
    };
    bool whole = take("latents", at::IntArrayRef(shape).slice(1)) && take(k_sample, shape);
    for (const std::string& name : *names)
        whole = whole && take(k_prefix + name, shape);
    if (!whole) return damaged(file, "lacks a part of its state");
    const std::string written = text_of(state, "sha256");
    state.erase("sha256");
    const auto digest = digest_of(tensors, content->metadata.at(k_recipe_key), checkpoint.saved.steps_done, state.dump());
    const auto cached = static_cast<std::size_t>(std::max(0, number_of(state, "cache_tensors")));
    if (digest != written || cached > names->size()) return damaged(file, "is damaged: its content isn't what was written");
    checkpoint.sample = tensors[1].second;
    for (std::size_t index = 0; index < names->size(); ++index) {
        auto& list = index + cached < names->size() ? checkpoint.sampler.tensors : checkpoint.cache.tensors;
        list.emplace_back((*names)[index], tensors[index + 2].second);
    }
    // The digest vouches for the form of what follows.
    if (const auto cache = state.find("cache"); cache != state.end() && cache->is_object()) {
        checkpoint.cache.rate = cache->value("rate", 0.0);
        checkpoint.cache.drift = cache->value("drift", 0.0);
        checkpoint.cache.span = cache->value("span", 0.0);
        checkpoint.cache.measured = cache->value("measured", false);
    }
    return checkpoint;
}

core::Result<void> check_checkpoint(const Checkpoint& checkpoint, core::Recipe& recipe, const std::string& weights,
                                    at::IntArrayRef shape, const std::filesystem::path& file)
{
    const auto refuse = [&](const std::string& why) {
        return core::make_error(core::ErrorKind::invalid_argument,
                                "The run can't go on from " + quoted(file) + ": " + why + ".");
    };
    const auto saved = clip_of(checkpoint.saved.recipe);
    const auto wanted = clip_of(recipe);
    if (saved != wanted) return refuse("it is of another clip (another " + difference(saved, wanted) + ")");
    if (checkpoint.weights != weights) return refuse("the model's weights have changed since");
    if (checkpoint.sample.sizes() != shape) return refuse("its latents have another size than the model makes");
    if (checkpoint.saved.steps_done < 0 || checkpoint.saved.steps_done > recipe.steps)
        return refuse("it says that more steps were done than there are");
    tell_other_bits(checkpoint.saved.recipe, checkpoint.saved.steps_done, recipe);
    return {};
}

}  // namespace kinora::inference
