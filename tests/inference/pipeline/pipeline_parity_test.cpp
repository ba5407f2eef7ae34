#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/tensor.h>
#include <c10/core/InferenceMode.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "core/models/json_file.h"
#include "inference/pipeline/conditioning.h"
#include "inference/pipeline/decode.h"
#include "inference/pipeline/prompt_stage.h"
#include "inference/pipeline/wan_model.h"
#include "inference/weights/safetensors.h"
#include "tests/goldens_path.h"
#include "tests/inference/parity.h"

namespace kinora::inference {
namespace {

using tests::Comparison;

constexpr double k_tolerance = 5e-4;
constexpr double k_frames_tolerance = 1e-3;
constexpr double k_text_tolerance = 2e-5;
constexpr double k_model_tolerance = 1e-4;

/// One recorded run of a reference pipeline.
struct Recording {
    std::string folder;
    std::string run;

    [[nodiscard]] std::filesystem::path file(const std::string& ending) const
    {
        return tests::goldens_dir() / "pipelines" / folder / (run + ending);
    }
};

/// Pipelines that Kinora doesn't run yet, with the reason.
const std::map<std::string, std::string>& later()
{
    static const std::map<std::string, std::string> folders{{"ltx", "LTX-Video"}};
    return folders;
}

std::vector<Recording> recordings()
{
    std::vector<Recording> found;
    for (const auto& folder : std::filesystem::directory_iterator(tests::goldens_dir() / "pipelines")) {
        const std::string name = folder.path().filename();
        if (later().contains(name)) {
            WARN("not yet in scope: pipelines/" << name << " (" << later().at(name) << ")");
            continue;
        }
        for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
            if (entry.path().extension() == ".safetensors") found.push_back({name, entry.path().stem()});
    }
    return found;
}

/// The fixture's picture, uint8 [height, width, 3], as a reference.
core::ConditioningFrame reference_picture(const at::Tensor& picture, int place)
{
    core::FrameSequence frame{.frames = 1,
                              .height = static_cast<int>(picture.size(0)),
                              .width = static_cast<int>(picture.size(1)),
                              .rate = core::FrameRate(24),
                              .rgb = {}};
    const auto values = (picture.to(at::kFloat) / 255).contiguous();
    frame.rgb.assign(values.data_ptr<float>(), values.data_ptr<float>() + values.numel());
    return {.frame = place, .pictures = std::make_shared<const core::FrameSequence>(std::move(frame))};
}

/// The prompt's rows, without those past its end, which have to be zero.
at::Tensor trimmed(const at::Tensor& embeddings, const at::Tensor& expected)
{
    const auto rows = expected.size(1);
    CHECK(embeddings.narrow(1, rows, embeddings.size(1) - rows).abs().max().item<float>() == 0.0F);
    return embeddings.narrow(1, 0, rows);
}

/// The first step of each expert: "transformer.call0.…" and, of the second one, "transformer_2.call0.…".
void compare_first_call(Comparison& file, const DenoiseStep& step)
{
    const std::string name = step.expert == 0 ? "transformer" : "transformer_2";
    file.expect_close(name + ".call0.hidden_states", step.input, k_tolerance);
    const auto& expected = file.tensors().at(name + ".call0.timestep");
    auto timestep = step.timestep;
    if (expected.dim() == 2) timestep = timestep.repeat_interleave(expected.size(1) / timestep.size(1), 1);
    file.expect_close(name + ".call0.timestep", timestep.to(expected.scalar_type()), 0.0);
    file.expect_close(name + ".call0.prediction", step.flows.narrow(0, 0, 1), k_tolerance);
    // Without guidance the second call is another step's.
    if (step.flows.size(0) > 1) file.expect_close(name + ".call1.prediction", step.flows.narrow(0, 1, 1), k_tolerance);
}

void compare_schedule(Comparison& file, const Sampler& sampler)
{
    const auto& schedule = sampler.schedule();
    file.expect_close("timesteps", at::tensor(schedule.timesteps).to(file.tensors().at("timesteps").scalar_type()), 0.0);
    file.expect_close("sigmas", at::tensor(schedule.sigmas), 1e-6);
}

/// The pictures of a recording, in their places.
std::vector<core::ConditioningFrame> references_of(Comparison& file)
{
    std::vector<core::ConditioningFrame> references;
    if (file.contains("image")) references.push_back(reference_picture(file.input("image"), 0));
    if (file.contains("last_image")) references.push_back(reference_picture(file.input("last_image"), -1));
    return references;
}

/// What the image encoder makes of the pictures.
at::Tensor look_at(Comparison& file, const WanModel& model, const std::vector<core::ConditioningFrame>& references,
                   const ClipShape& clip)
{
    const auto pixels = clip_pixels(pictures_to_look_at(references, clip), model.image_encoder->settings);
    file.expect_close("clip.pixel_values", pixels, k_tolerance);
    const auto features = model.image_encoder->tower.features(pixels);
    file.expect_close("clip.features", features, k_model_tolerance);
    file.expect_close("transformer.call0.encoder_hidden_states_image", features, k_model_tolerance);
    return features;
}

void add_pictures(Comparison& file, const WanModel& model, const ClipShape& clip, DenoiseJob& job)
{
    const auto references = references_of(file);
    if (references.empty()) return;
    // The reference stretches pictures of other proportions.
    constexpr auto fit = PictureFit::stretch;
    if (!model.info.has_condition_channels()) {
        const auto video = fit_pictures(*references.front().pictures, clip.width, clip.height, fit);
        file.expect_close("vae_encode0.first_and_last", at::cat(at::TensorList{video, video}, 2), 1e-6);
        auto clean = encode_conditioning(model.vae, references, clip, fit);
        REQUIRE(clean);
        job.clean = *std::move(clean);
        return;
    }
    const auto given = place_pictures(references, clip, fit);
    REQUIRE(given);
    const auto ends = at::cat(at::TensorList{given->video.narrow(2, 0, 1), given->video.narrow(2, clip.frames - 1, 1)}, 2);
    file.expect_close("vae_encode0.first_and_last", ends, 1e-6);
    job.condition = condition_channels(model.vae, *given);
    if (model.image_encoder) job.image = look_at(file, model, references, clip);
}

DenoiseJob make_job(Comparison& file, const nlohmann::json& arguments, const WanModel& model)
{
    const PromptStage prompts(model.tokenizer, *model.text_encoder);
    const core::PromptSpan span{.text = arguments.at("prompt")};
    const ClipShape clip{arguments.at("width"), arguments.at("height"), arguments.at("num_frames")};
    DenoiseJob job;
    job.noise = file.input("noise");
    job.segments = prompts.segments({&span, 1}, clip.frames, static_cast<int>(model.info.vae.temporal_stride()));
    job.negative = prompts.encode(arguments.at("negative_prompt"));
    job.guidance.strength = arguments.at("guidance_scale");
    job.guidance.strength_low = arguments.value("guidance_scale_2", job.guidance.strength);
    job.time_form = model.info.time_form;
    REQUIRE(job.segments.size() == 1);
    const auto& expected = file.tensors();
    file.expect_close("prompt_embeds", trimmed(job.segments[0].embeddings, expected.at("prompt_embeds")), k_text_tolerance);
    file.expect_close("negative_prompt_embeds", trimmed(job.negative, expected.at("negative_prompt_embeds")),
                      k_text_tolerance);
    add_pictures(file, model, clip, job);
    return job;
}

void replay(const Recording& recording)
{
    const auto arguments = core::read_json_object(recording.file(".json"));
    REQUIRE(arguments);
    auto tensors = load_safetensors(recording.file(".safetensors"));
    REQUIRE(tensors);
    Comparison file("pipelines/" + recording.folder + "/" + recording.run + ".safetensors", tensors->tensors());
    const auto info = read_model_info(tests::goldens_dir() / "pipelines" / recording.folder / "model", recording.folder);
    if (!info) FAIL(info.error().message);
    auto model = WanModel::load(*info, at::kFloat, at::kCPU);
    if (!model) FAIL(model.error().message);
    REQUIRE(model->load_encoders());

    const auto job = make_job(file, *arguments, *model);
    const auto& defaults = info->capabilities;
    auto sampler = Sampler::create(defaults.default_sampler, arguments->at("num_inference_steps"), defaults.default_shift);
    REQUIRE(sampler);
    compare_schedule(file, *sampler);
    int last_expert = -1;
    const auto denoised =
        denoise(model->experts, *sampler, job,
                [&](const DenoiseStep& step) {
                    if (step.expert != last_expert) compare_first_call(file, step);
                    last_expert = step.expert;
                    file.expect_close("latents.step" + std::to_string(step.index), step.latents, k_tolerance);
                },
                {});
    REQUIRE(denoised);
    CHECK(denoised->end == DenoiseEnd::complete);
    CHECK(last_expert == model->experts.count() - 1);
    file.expect_close("vae_input", model->vae.denormalise(denoised->latents), k_tolerance);
    for (const auto route : {DecodeRoute::whole_clip, DecodeRoute::causal_cache})
        file.expect_close("frames", decode_latents(model->vae, denoised->latents, route), k_frames_tolerance);
    file.finish();
}

}  // namespace

TEST_CASE("whole pipelines give the reference's numbers at every stage", "[parity]")
{
    const c10::InferenceMode inference;
    at::set_num_threads(1);
    std::set<std::string> runs;
    for (const Recording& recording : recordings()) {
        INFO(recording.folder << "/" << recording.run);
        replay(recording);
        runs.insert(recording.folder + "/" + recording.run);
    }
    for (const char* kind : {"wan21_t2v/t2v", "wan21_i2v/i2v", "wan21_flf2v/flf2v", "wan22_ti2v/t2v", "wan22_ti2v/i2v",
                             "wan22_a14b_t2v/t2v", "wan22_a14b_i2v/i2v"}) {
        INFO(kind << " has no recording, so nothing of it was compared");
        CHECK(runs.contains(kind));
    }
}

}  // namespace kinora::inference
