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
    static const std::map<std::string, std::string> folders{{"ltx", "LTX-Video"},
                                                            {"wan21_i2v", "Wan 2.1 image-to-video needs CLIP"},
                                                            {"wan21_flf2v", "Wan 2.1 first and last frame needs CLIP"},
                                                            {"wan22_a14b_t2v", "Wan 2.2 A14B has two experts"},
                                                            {"wan22_a14b_i2v", "Wan 2.2 A14B has two experts"}};
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

/// The fixture's picture, uint8 [height, width, 3], as a reference for the first frame.
core::ConditioningFrame reference_picture(const at::Tensor& picture)
{
    core::FrameSequence frame{.frames = 1,
                              .height = static_cast<int>(picture.size(0)),
                              .width = static_cast<int>(picture.size(1)),
                              .rate = core::FrameRate(24),
                              .rgb = {}};
    const auto values = (picture.to(at::kFloat) / 255).contiguous();
    frame.rgb.assign(values.data_ptr<float>(), values.data_ptr<float>() + values.numel());
    return {.frame = 0, .pictures = std::make_shared<const core::FrameSequence>(std::move(frame))};
}

/// The prompt's rows, without those past its end, which have to be zero.
at::Tensor trimmed(const at::Tensor& embeddings, const at::Tensor& expected)
{
    const auto rows = expected.size(1);
    CHECK(embeddings.narrow(1, rows, embeddings.size(1) - rows).abs().max().item<float>() == 0.0F);
    return embeddings.narrow(1, 0, rows);
}

void compare_first_call(Comparison& file, const DenoiseStep& step)
{
    file.expect_close("transformer.call0.hidden_states", step.input, k_tolerance);
    const auto& expected = file.tensors().at("transformer.call0.timestep");
    auto timestep = step.timestep;
    if (expected.dim() == 2) timestep = timestep.repeat_interleave(expected.size(1) / timestep.size(1), 1);
    file.expect_close("transformer.call0.timestep", timestep.to(expected.scalar_type()), 0.0);
    file.expect_close("transformer.call0.prediction", step.flows.narrow(0, 0, 1), k_tolerance);
    // Without guidance the second call is another step's.
    if (step.flows.size(0) > 1) file.expect_close("transformer.call1.prediction", step.flows.narrow(0, 1, 1), k_tolerance);
}

void compare_schedule(Comparison& file, const Sampler& sampler)
{
    const auto& schedule = sampler.schedule();
    file.expect_close("timesteps", at::tensor(schedule.timesteps).to(file.tensors().at("timesteps").scalar_type()), 0.0);
    file.expect_close("sigmas", at::tensor(schedule.sigmas), 1e-6);
}

DenoiseJob make_job(Comparison& file, const nlohmann::json& arguments, const WanModel& model)
{
    const PromptStage prompts(model.tokenizer, model.text_encoder);
    const core::PromptSpan span{.text = arguments.at("prompt")};
    DenoiseJob job;
    job.noise = file.input("noise");
    job.segments =
        prompts.segments({&span, 1}, arguments.at("num_frames"), static_cast<int>(model.info.vae.temporal_stride()));
    job.negative = prompts.encode(arguments.at("negative_prompt"));
    job.guidance = arguments.at("guidance_scale");
    job.time_form = model.info.time_form;
    REQUIRE(job.segments.size() == 1);
    const auto& expected = file.tensors();
    file.expect_close("prompt_embeds", trimmed(job.segments[0].embeddings, expected.at("prompt_embeds")), k_text_tolerance);
    file.expect_close("negative_prompt_embeds", trimmed(job.negative, expected.at("negative_prompt_embeds")),
                      k_text_tolerance);
    if (file.contains("image")) {
        const auto reference = reference_picture(file.input("image"));
        const ClipShape clip{arguments.at("width"), arguments.at("height"), arguments.at("num_frames")};
        const auto video = fit_pictures(*reference.pictures, clip.width, clip.height);
        file.expect_close("vae_encode0.first_and_last", at::cat(at::TensorList{video, video}, 2), 1e-6);
        auto clean = encode_conditioning(model.vae, {&reference, 1}, clip);
        REQUIRE(clean);
        job.clean = *std::move(clean);
    }
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
    REQUIRE(info);
    const auto model = WanModel::load(*info, at::kFloat, at::kCPU);
    REQUIRE(model);

    const auto job = make_job(file, *arguments, *model);
    const auto& defaults = info->capabilities;
    auto sampler = Sampler::create(defaults.default_sampler, arguments->at("num_inference_steps"), defaults.default_shift);
    REQUIRE(sampler);
    compare_schedule(file, *sampler);
    const auto denoised =
        denoise(model->dit, *sampler, job,
                [&](const DenoiseStep& step) {
                    if (step.index == 0) compare_first_call(file, step);
                    file.expect_close("latents.step" + std::to_string(step.index), step.latents, k_tolerance);
                },
                {});
    CHECK(denoised.complete);
    file.expect_close("vae_input", model->vae.denormalise(denoised.latents), k_tolerance);
    for (const auto route : {DecodeRoute::whole_clip, DecodeRoute::causal_cache})
        file.expect_close("frames", decode_latents(model->vae, denoised.latents, route), k_frames_tolerance);
    file.finish();
    WARN(recording.folder << "/" << recording.run << ": worst " << file.worst_error());
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
    CHECK(runs.contains("wan21_t2v/t2v"));
    CHECK(runs.contains("wan22_ti2v/t2v"));
    CHECK(runs.contains("wan22_ti2v/i2v"));
}

}  // namespace kinora::inference
