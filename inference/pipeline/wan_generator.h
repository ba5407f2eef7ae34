#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "core/generation/generator.h"
#include "core/generation/latent_encoder.h"
#include "inference/pipeline/model_info.h"

namespace kinora::inference {

struct WanModel;
class MemoryPlanner;
class RunKeeper;
struct DecodedClip;
struct Denoised;
struct MemoryPlan;
struct RunStart;
struct WeightForms;
class RunProgress;

/// Finds a model's folder by its id; `not_found` says what is installed. Cheap.
using ModelResolver = std::function<core::Result<std::filesystem::path>(const std::string& model_id)>;

/// What runs leave in the cache folder: how fast this machine is, hashes of weights.
enum class Traces {
    kept,
    none,  ///< for looks that nobody keeps: a recipe then lacks the model's hash
};

/// The engine behind the seam: Wan models in the diffusers layout, from a request to frames. Loads a model at its first use
/// and keeps it until another (or another device or type) is asked for. One worker per device owns one; not thread-safe.
/// Nothing is thrown: exceptions of libtorch become errors here.
class WanGenerator final : public core::Generator,
                           public core::LatentDecoder,
                           public core::LatentEncoder,
                           public core::Planner {
public:
    explicit WanGenerator(ModelResolver resolver, Traces traces = Traces::kept);
    ~WanGenerator() override;

    [[nodiscard]] core::Result<core::ModelCapabilities> capabilities(const std::string& model_id) override;

    [[nodiscard]] core::Result<core::GeneratedClip> generate(const core::GenerationRequest& request,
                                                             const core::ProgressFunction& progress,
                                                             std::stop_token stop) override;

    /// Decodes in the type and by the way that the recipe names, so that a clip's bits come out again.
    [[nodiscard]] core::Result<core::FrameSequence> decode(const core::LatentClip& latents, const core::Recipe& recipe,
                                                           std::stop_token stop) override;

    [[nodiscard]] core::Result<core::LatentClip> encode(const core::FrameSequence& clip, const std::string& model_id,
                                                        int width, int height, std::stop_token stop) override;

    [[nodiscard]] core::Result<core::Estimate> estimate(const core::GenerationRequest& request) override;

    /// The request with nothing left to default, checked, without loading or running anything.
    [[nodiscard]] core::Result<core::Recipe> resolve(const core::GenerationRequest& request);

    /// Forgets the loaded model and gives its memory back.
    void unload();

private:
    [[nodiscard]] core::Result<WanModelInfo> info_of(const std::string& model_id);
    [[nodiscard]] core::Result<core::Recipe> resolve_for(const WanModelInfo& info, const core::GenerationRequest& request);
    [[nodiscard]] core::Result<WanModel*> loaded(const WanModelInfo& info, const core::Recipe& recipe,
                                                 const WeightForms& forms);
    [[nodiscard]] core::Result<core::GeneratedClip> run(const WanModelInfo& info, core::Recipe recipe,
                                                        const core::GenerationRequest& request, RunProgress& progress,
                                                        const std::stop_token& stop);
    [[nodiscard]] core::Result<MemoryPlan> plan_of(const MemoryPlanner& planner, const core::Recipe& recipe,
                                                   const core::GenerationRequest& request) const;
    /// What a run works with: recipe and plan change where memory runs out.
    struct RunParts {
        const WanModelInfo& info;
        core::Recipe& recipe;
        const core::GenerationRequest& request;
        MemoryPlan& plan;
    };
    [[nodiscard]] core::Result<Denoised> sample(const RunParts& parts, const RunStart& start, RunKeeper& keeper,
                                                RunProgress& progress, const std::stop_token& stop);
    /// As `sample`; where memory runs out, the plan is tightened and the sampling goes on from its last step.
    [[nodiscard]] core::Result<Denoised> sample_in_memory(const RunParts& parts, RunStart& start, RunKeeper& keeper,
                                                          const MemoryPlanner& planner, RunProgress& progress,
                                                          const std::stop_token& stop);
    [[nodiscard]] core::Result<DecodedClip> decode_in_memory(const RunParts& parts, const Denoised& denoised,
                                                             RunProgress& progress, const std::stop_token& stop);
    void tell_unmatched(core::Recipe& recipe) const;
    void remember(const WanModelInfo& info, const core::Recipe& recipe, int steps, const RunProgress& progress) const;

    ModelResolver resolver_;
    Traces traces_;
    std::unique_ptr<WanModel> model_;
    std::string model_key_;  ///< id, folder, device and type of `model_`
};

}  // namespace kinora::inference
