#include "inference/training/starter_export.h"

#include <ATen/core/Tensor.h>
#include <c10/core/InferenceMode.h>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "inference/models/wan/dit.h"
#include "inference/pipeline/latent_preview.h"
#include "inference/training/draft_trainer.h"
#include "inference/training/latent_statistics.h"
#include "inference/training/lora_rank.h"
#include "inference/training/scene_batch.h"
#include "inference/training/starter_shape.h"
#include "inference/training/starter_text.h"
#include "inference/training/vae_trainer.h"
#include "inference/weights/safetensors.h"

namespace kinora::training {

namespace {

using Tensors = NamedTensors;

/// Bytes that the starter's weights may take together, and what a file of a few hundred tensors takes beside them.
constexpr std::int64_t k_room = 30'000'000;
constexpr std::int64_t k_room_for_names = 20'000;

core::Result<void> write_json(const std::filesystem::path& file, const nlohmann::json& json)
{
    return core::write_file(file, json.dump(2) + "\n");
}

nlohmann::json model_index()
{
    return {{"_class_name", "WanPipeline"},
            {"_diffusers_version", "0.37.0"},
            {"boundary_ratio", nullptr},
            {"expand_timesteps", true},
            {"scheduler", {"diffusers", "UniPCMultistepScheduler"}},
            {"text_encoder", {"transformers", "UMT5EncoderModel"}},
            {"tokenizer", {"transformers", "T5TokenizerFast"}},
            {"transformer", {"diffusers", "WanTransformer3DModel"}},
            {"transformer_2", {nullptr, nullptr}},
            {"vae", {"diffusers", "AutoencoderKLWan"}}};
}

nlohmann::json scheduler_config()
{
    return {{"_class_name", "UniPCMultistepScheduler"},
            {"num_train_timesteps", 1000},
            {"solver_order", 2},
            {"solver_type", "bh2"},
            {"prediction_type", "flow_prediction"},
            {"predict_x0", true},
            {"lower_order_final", true},
            {"use_flow_sigmas", true},
            {"final_sigmas_type", "zero"},
            {"timestep_spacing", "linspace"},
            {"flow_shift", 3.0}};
}

nlohmann::json defaults(World world)
{
    return {{"name", "Kinora starter"},
            {"width", k_starter_width},
            {"height", k_starter_height},
            {"frames", k_starter_frames},
            {"max_frames", 49},
            {"rate", k_starter_rate},
            {"steps", 20},
            {"guidance", 3.0},
            {"shift", 3.0},
            {"sampler", "unipc"},
            {"any_frame", true},
            {"world", world == World::grown ? 2 : 1}};
}

// A part's averaged weights in bfloat16 but for what the family keeps in float32.
core::Result<void> write_weights(const std::filesystem::path& from, const std::filesystem::path& to,
                                 const std::function<bool(const std::string&)>& keep)
{
    auto weights = inference::load_safetensors(from);
    if (!weights) return weights.error();
    Tensors tensors;
    for (const auto& [name, tensor] : weights->tensors())
        tensors.emplace_back(name, keep(name) ? tensor : tensor.to(at::kBFloat16));
    return inference::save_safetensors(to, tensors, {{"format", "pt"}});
}

core::Result<void> write_vae(const std::filesystem::path& training, const std::filesystem::path& folder)
{
    auto vae = load_trained_vae(training / "vae");
    if (!vae) return vae.error();
    auto statistics = latent_statistics(training / "latents");
    if (!statistics) return statistics.error();
    vae->set_latent_statistics(statistics->mean, statistics->std);
    Tensors tensors;
    vae->for_each_parameter([&](const std::string& name, at::Tensor& tensor) {
        tensors.emplace_back(name, tensor.to(at::kBFloat16).contiguous());
    });
    if (auto saved = write_json(folder / "config.json", vae->config().to_json()); !saved) return saved;
    return inference::save_safetensors(folder / "diffusion_pytorch_model.safetensors", tensors, {{"format", "pt"}});
}

// Least squares between latents and pictures of drawn scenes: what the moving preview is made with while sampling.
core::Result<void> write_preview(const std::filesystem::path& training, const std::filesystem::path& model)
{
    auto vae = load_trained_vae(training / "vae");
    if (!vae) return vae.error();
    auto statistics = latent_statistics(training / "latents");
    if (!statistics) return statistics.error();
    vae->set_latent_statistics(statistics->mean, statistics->std);
    const c10::InferenceMode inference_mode;
    PortableRandom random = stream(31, 0);
    const at::Tensor video = random_clips(random, 24, 17, 0);
    const at::Tensor latents = vae->normalise(vae->encode(video).mean);
    const at::Tensor pictures = vae->decode(vae->denormalise(latents));
    return inference::LatentPreview::fit(latents, pictures).save(model / "latent_rgb.json");
}

/// The draft, in what the other weights leave of the room for all of them.
core::Result<void> write_draft(const std::filesystem::path& from, const std::filesystem::path& model)
{
    const auto file = inference::open_safetensors(from);
    if (!file) return file.error();
    const auto& all = file->weights.tensors();
    std::int64_t room = k_room - k_room_for_names;
    for (const char* part : {"vae/diffusion_pytorch_model.safetensors", "transformer/diffusion_pytorch_model.safetensors",
                             "text_encoder/model.safetensors"})
        room -= static_cast<std::int64_t>(std::filesystem::file_size(model / part));
    return inference::save_safetensors(model / k_draft_file, fit_lora({all.begin(), all.end()}, room), file->metadata);
}

core::Result<void> copy_tokenizer(const std::filesystem::path& from, const std::filesystem::path& to)
{
    for (const char* name : {"spiece.model", "tokenizer_config.json"}) {
        auto content = core::read_file(from / name);
        if (!content) return content.error();
        if (auto written = core::write_file(to / name, *content); !written) return written;
    }
    return {};
}

}  // namespace

core::Result<void> export_starter(const std::filesystem::path& training, const std::filesystem::path& model, World world,
                                  const Say& say)
{
    for (const char* part : {"transformer", "text_encoder", "vae", "tokenizer", "scheduler"})
        std::filesystem::create_directories(model / part);
    const auto nothing = [](const std::string&) { return false; };
    const auto write_all = [&]() -> core::Result<void> {
        if (auto done = write_vae(training, model / "vae"); !done) return done;
        if (auto done = write_weights(training / "dit/transformer.safetensors",
                                      model / "transformer/diffusion_pytorch_model.safetensors", inference::stays_float32);
            !done)
            return done;
        if (auto done =
                write_weights(training / "dit/text_encoder.safetensors", model / "text_encoder/model.safetensors", nothing);
            !done)
            return done;
        if (auto done = copy_tokenizer(training / "tokenizer", model / "tokenizer"); !done) return done;
        if (auto done = write_json(model / "transformer/config.json", starter_dit_config().to_json()); !done) return done;
        if (auto done = write_json(model / "text_encoder/config.json", starter_text_config().to_json()); !done) return done;
        if (auto done = write_json(model / "scheduler/scheduler_config.json", scheduler_config()); !done) return done;
        if (auto done = write_json(model / "kinora.json", defaults(world)); !done) return done;
        if (std::filesystem::exists(training / "dit" / k_draft_file))
            if (auto done = write_draft(training / "dit" / k_draft_file, model); !done) return done;
        if (std::filesystem::exists(training / "probe.safetensors"))
            if (auto done = write_weights(training / "probe.safetensors", model / "probe.safetensors", nothing); !done)
                return done;
        if (auto done = write_preview(training, model); !done) return done;
        // Last, so that a folder with an index is complete.
        return write_json(model / "model_index.json", model_index());
    };
    auto written = write_all();
    if (written) say(fmt::format("wrote {}", model.string()));
    return written;
}

}  // namespace kinora::training
