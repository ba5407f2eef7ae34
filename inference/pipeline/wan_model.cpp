#include "inference/pipeline/wan_model.h"

#include <utility>

#include "core/base/text.h"
#include "core/models/model_files.h"
#include "inference/models/clip/clip_detect.h"
#include "inference/models/wan/dit_detect.h"
#include "inference/models/wan/vae_detect.h"
#include "inference/text/umt5_config.h"
#include "inference/weights/weight_source.h"

namespace kinora::inference {
namespace {

/// A part's error, with the folder it concerns: errors of tensors name only the tensor.
core::Error in_folder(const std::filesystem::path& folder, const core::Error& error)
{
    const bool named = error.message.find(folder.string()) != std::string::npos;
    return named ? error : core::make_error(error.kind, "In " + core::in_quotes(folder.string()) + ": " + error.message);
}

core::Result<Umt5Encoder> load_text_encoder(const std::filesystem::path& folder, c10::ScalarType dtype,
                                            const c10::Device& device, WeightForm form)
{
    const auto config = Umt5Config::read(folder);
    if (!config) return config.error();
    auto weights = load_part(folder);
    if (!weights) return weights.error();
    auto encoder = Umt5Encoder::load(*config, *weights, dtype, device, form);
    if (!encoder) return in_folder(folder, encoder.error());
    return encoder;
}

core::Result<ImageEncoder> load_image_encoder(const WanModelInfo& info, c10::ScalarType dtype, const c10::Device& device)
{
    const auto& part = info.parts.image_encoder;
    auto weights = load_part(part);
    if (!weights) return weights.error();
    if (auto same = check_clip_config(*info.clip, (part / "config.json").string(), *weights, part.string()); !same)
        return same.error();
    auto tower = ClipVision::load(*info.clip, *weights, dtype, device);
    if (!tower) return in_folder(part, tower.error());
    auto settings = ClipImageSettings::read(info.parts.image_processor, *info.clip);
    if (!settings) return settings.error();
    return ImageEncoder{*std::move(tower), *std::move(settings)};
}

/// Loaded when they are needed, but their files have to be there.
core::Result<WanExperts> find_experts(const WanModelInfo& info, c10::ScalarType dtype, const c10::Device& device,
                                      const WeightForms& forms)
{
    for (const auto* part : {&info.parts.transformer, &info.parts.transformer_2}) {
        if (!std::filesystem::is_directory(*part)) continue;
        if (const auto files = core::find_weight_files(*part); !files) return files.error();
    }
    return WanExperts([info, dtype, device, forms](int expert) { return load_dit(info, expert, dtype, device, forms); },
                      info.boundary);
}

core::Result<void> check_parts_fit(const WanModelInfo& info, const Tokenizer& tokenizer, const Umt5Encoder& encoder)
{
    const auto misfit = [&](const std::string& what) {
        return core::make_error(core::ErrorKind::corrupt,
                                "The parts of " + core::in_quotes(info.folder.string()) + " don't fit: " + what);
    };
    if (encoder.config().d_model != info.dit.text_dim)
        return misfit("the text encoder gives another width than the transformer reads.");
    if (tokenizer.vocabulary_size() > encoder.config().vocab_size)
        return misfit("the tokenizer has more pieces than the text encoder knows.");
    return {};
}

}  // namespace

core::Result<WanDit> load_dit(const WanModelInfo& info, int expert, c10::ScalarType dtype, const c10::Device& device,
                              const WeightForms& forms)
{
    const auto& part = expert == 0 ? info.parts.transformer : info.parts.transformer_2;
    auto weights = load_part(part);
    if (!weights) return weights.error();
    const auto config_name = (info.parts.transformer / "config.json").string();
    if (auto same = check_dit_config(info.dit, config_name, shapes_of(*weights), part.string()); !same) return same.error();
    auto dit = WanDit::load(info.dit, *weights, dtype, device, forms.transformer, forms.whole_blocks);
    if (!dit) return in_folder(part, dit.error());
    return dit;
}

core::Result<WanVae> load_vae(const WanModelInfo& info, c10::ScalarType dtype, const c10::Device& device)
{
    auto weights = load_part(info.parts.vae);
    if (!weights) return weights.error();
    const auto config_name = (info.parts.vae / "config.json").string();
    if (auto same = check_vae_config(info.vae, config_name, shapes_of(*weights), info.parts.vae.string()); !same)
        return same.error();
    auto vae = WanVae::create(info.vae, *weights);
    if (!vae) return in_folder(info.parts.vae, vae.error());
    vae->prepare(dtype, device);
    return vae;
}

core::Result<WanModel> WanModel::load(const WanModelInfo& info, c10::ScalarType dtype, const c10::Device& device,
                                      WeightForms forms)
{
    auto tokenizer = Tokenizer::load(info.parts.tokenizer);
    if (!tokenizer) return tokenizer.error();
    auto experts = find_experts(info, dtype, device, forms);
    if (!experts) return experts.error();
    auto vae = load_vae(info, dtype, device);
    if (!vae) return vae.error();
    auto preview = StepPreview::find(info, dtype, device);
    if (!preview) return preview.error();
    return WanModel{info,
                    dtype,
                    device,
                    forms,
                    *std::move(tokenizer),
                    *std::move(experts),
                    *std::move(vae),
                    std::nullopt,
                    std::nullopt,
                    *std::move(preview)};
}

core::Result<void> WanModel::load_encoders()
{
    if (!text_encoder) {
        auto encoder = load_text_encoder(info.parts.text_encoder, dtype, device, forms.text);
        if (!encoder) return encoder.error();
        if (auto fit = check_parts_fit(info, tokenizer, *encoder); !fit) return fit.error();
        text_encoder = *std::move(encoder);
    }
    if (info.clip && !image_encoder) {
        auto loaded = load_image_encoder(info, dtype, device);
        if (!loaded) return loaded.error();
        image_encoder = *std::move(loaded);
    }
    return {};
}

void WanModel::release_encoders()
{
    text_encoder.reset();
    image_encoder.reset();
}

}  // namespace kinora::inference
