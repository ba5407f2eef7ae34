#include "inference/pipeline/wan_model.h"

#include <utility>

#include "core/base/text.h"
#include "inference/text/umt5_config.h"
#include "inference/weights/safetensors.h"

namespace kinora::inference {
namespace {

/// A part's error, with the folder it concerns: errors of tensors name only the tensor.
core::Error in_folder(const std::filesystem::path& folder, const core::Error& error)
{
    const bool named = error.message.find(folder.string()) != std::string::npos;
    return named ? error : core::make_error(error.kind, "In " + core::in_quotes(folder.string()) + ": " + error.message);
}

core::Result<Umt5Encoder> load_text_encoder(const std::filesystem::path& folder, c10::ScalarType dtype,
                                            const c10::Device& device)
{
    const auto config = Umt5Config::read(folder);
    if (!config) return config.error();
    auto weights = load_part(folder);
    if (!weights) return weights.error();
    auto encoder = Umt5Encoder::load(*config, *weights, dtype, device);
    if (!encoder) return in_folder(folder, encoder.error());
    return encoder;
}

core::Result<WanDit> load_dit(const WanModelInfo& info, c10::ScalarType dtype, const c10::Device& device)
{
    auto weights = load_part(info.folder / "transformer");
    if (!weights) return weights.error();
    auto dit = WanDit::load(info.dit, *weights, dtype, device);
    if (!dit) return in_folder(info.folder / "transformer", dit.error());
    return dit;
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

core::Result<WanVae> load_vae(const WanModelInfo& info, c10::ScalarType dtype, const c10::Device& device)
{
    auto weights = load_part(info.folder / "vae");
    if (!weights) return weights.error();
    auto vae = WanVae::create(info.vae, *weights);
    if (!vae) return in_folder(info.folder / "vae", vae.error());
    vae->to(dtype, device);
    return vae;
}

core::Result<WanModel> WanModel::load(const WanModelInfo& info, c10::ScalarType dtype, const c10::Device& device)
{
    auto tokenizer = Tokenizer::load(info.folder / "tokenizer");
    if (!tokenizer) return tokenizer.error();
    auto encoder = load_text_encoder(info.folder / "text_encoder", dtype, device);
    if (!encoder) return encoder.error();
    if (auto fit = check_parts_fit(info, *tokenizer, *encoder); !fit) return fit.error();
    auto dit = load_dit(info, dtype, device);
    if (!dit) return dit.error();
    auto vae = load_vae(info, dtype, device);
    if (!vae) return vae.error();
    WanModel model{info, *std::move(tokenizer), *std::move(encoder), *std::move(dit), *std::move(vae), std::nullopt};
    const auto preview_file = info.folder / "latent_rgb.json";
    if (std::filesystem::exists(preview_file)) {
        auto preview = LatentPreview::load(preview_file);
        if (!preview) return preview.error();
        if (preview->channels() == info.vae.z_dim) model.preview = *std::move(preview);
    }
    return model;
}

}  // namespace kinora::inference
