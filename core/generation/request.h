#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/generation/enhancement.h"
#include "core/generation/frames.h"
#include "core/generation/origin.h"
#include "core/generation/run_control.h"
#include "core/time/frame_rate.h"

namespace kinora::core {

/// One stretch of a prompt. A prompt crosses the seam to the engine as spans, never as a string with brackets in it.
struct PromptSpan {
    std::string text;     ///< UTF-8
    float weight = 1.0F;  ///< scales the tokens' embeddings about the empty prompt's: e' = e0 + w (e - e0)
    int first_frame = 0;  ///< time range in output frames, half-open
    int end_frame = -1;   ///< -1: to the end of the clip

    friend bool operator==(const PromptSpan&, const PromptSpan&) = default;
};

/// A picture the clip must show at a place: kept clean (time step 0) through the whole sampling.
struct ConditioningFrame {
    int frame = 0;                                  ///< output frame; -1 is the last one
    std::shared_ptr<const FrameSequence> pictures;  ///< one or more frames, any size: fitted by the engine (cover, centre)
    std::string source;                             ///< path or description, for the recipe
    std::string sha256;                             ///< of the source's bytes, for the recipe
    int source_frame = 0;                           ///< of a source that is a clip: its first frame that is shown
    int count = 1;                                  ///< and how many of them
};

/// A LoRA file and how strongly it acts.
struct LoraChoice {
    std::filesystem::path file;
    float weight = 1.0F;
    /// Of a model with two experts: "high" or "low" noise; empty: as the file's name says, else both.
    std::string expert{};

    friend bool operator==(const LoraChoice&, const LoraChoice&) = default;
};

/// Everything the engine needs to know to make a clip. Unset optionals mean "the model's own default";
/// the resolved recipe has none left unset.
struct GenerationRequest {
    std::vector<PromptSpan> prompt;
    std::string prompt_text;  ///< as the artist typed it, kept for the recipe
    std::string negative_prompt;
    std::string model_id = "starter";
    std::optional<int> width;  ///< pixels
    std::optional<int> height;
    std::optional<int> frames;
    std::optional<FrameRate> rate;
    std::optional<int> steps;
    std::optional<float> guidance;
    std::optional<std::string> sampler;  ///< "unipc", "euler", "dpmpp", or a few-step table such as "lightx2v"
    /// How the negative prompt acts. "cfg": beside the prompt, in a pass of its own (guidance above 1 switches it on).
    /// "cfg-zero": the same with the negative pass scaled to fit (CFG-Zero*). "nag": within the attention, in the one pass;
    /// `guidance` is then the strength of that (normalised attention guidance).
    std::optional<std::string> guidance_mode;
    std::optional<float> guidance_low;  ///< of a second, low-noise expert; unset: as `guidance`, if that is set
    std::optional<float> nag_tau;       ///< largest growth of an attended vector under "nag"
    std::optional<float> nag_alpha;     ///< share of the guided vector under "nag", 0…1
    std::optional<float> shift;
    std::uint64_t seed = 0;
    std::vector<LoraChoice> loras;
    std::vector<ConditioningFrame> conditioning;
    /// What the clip is made from, where a verb made the request; `frames` is then what the origin says.
    std::optional<Origin> origin;
    std::shared_ptr<const LatentClip> origin_latents;  ///< those of the origin's source; needed if there is an origin
    std::string device = "auto";                       ///< "auto", "cpu", "cuda:0"
    std::string dtype = "auto";                        ///< "auto", "float32", "bfloat16", "int8"
    /// Where latents and recipe are written before decoding starts; empty: nowhere (tests, benches).
    std::filesystem::path latents_file;
    /// Where the state of the sampling is kept, after every step that took long enough and when the run is paused or
    /// stopped, so that `resume_from` goes on from it; empty: nowhere. May be `latents_file`, which the finished latents
    /// then replace; another file is removed when the sampling is over.
    std::filesystem::path checkpoint_file;
    /// A checkpoint of the same request to go on from, to the bits that a run without a break ends in; empty: from noise.
    std::filesystem::path resume_from;
    /// Levers of the run; null: none.
    std::shared_ptr<RunControl> control;
    /// Samples so many steps of `steps` and decodes the clip as far as it has come (what `RunVerb::stop_and_keep` does).
    std::optional<int> stop_after;
    /// Reuses what steps have in common: "off", "balanced" or "fast".
    std::optional<std::string> step_cache;
    /// How to decode, as a recipe names it; unset: as fits the clip and the memory.
    std::optional<std::string> route;
    std::optional<std::string> tiling;
    /// What becomes of the finished clip. Not the generator's to do: it only keeps it in the recipe.
    Enhancement enhance;
    /// Most memory that the run may take, in bytes (weights in mapped files don't count); 0: what is free.
    std::int64_t memory_limit = 0;
};

/// The request as it was carried out: nothing left to default. The same recipe on the same machine gives the same frames
/// bit for bit. Serialised by `core/generation/recipe_json.h`.
struct Recipe {
    std::string prompt;             ///< as typed
    std::vector<PromptSpan> spans;  ///< as given to the engine
    std::string negative_prompt;
    std::string model_id;
    std::string model_hash;  ///< SHA-256 over the weights files' hashes
    int width = 0;
    int height = 0;
    int frames = 0;
    FrameRate rate;
    int steps = 0;
    float guidance = 0.0F;
    std::string guidance_mode = "cfg";
    float guidance_low = 0.0F;  ///< of the low-noise expert; 0 in recipes of an earlier Kinora
    float nag_tau = 2.5F;
    float nag_alpha = 0.25F;
    std::string sampler;
    float shift = 0.0F;
    std::uint64_t seed = 0;
    std::vector<LoraChoice> loras;
    struct Reference {
        int frame = 0;
        std::string source;
        std::string sha256;
        int source_frame = 0;  ///< of a source that is a clip: its first frame that is shown
        int count = 1;         ///< and how many of them
        friend bool operator==(const Reference&, const Reference&) = default;
    };
    std::vector<Reference> references;
    std::optional<Origin> origin;  ///< what the clip was made from; nothing: from noise
    std::string device;            ///< "cpu", "cuda:0"
    std::string dtype;             ///< of the transformer: "float32", "bfloat16", "int8"
    std::string decoder_dtype;
    std::string route;  ///< engine route that decides bits, e.g. "whole-clip" or "causal-cache"
    int threads = 0;
    std::string tiling = "none";
    int stop_after = 0;  ///< steps after which the sampling was stopped and its clip kept; 0: none, all were done
    std::string step_cache = "off";
    Enhancement enhance;                 ///< of the finished clip: size, length and rate above are those before it
    std::vector<std::string> fallbacks;  ///< what was changed on the way (size, out of memory), in sentences
    std::string engine_version;

    friend bool operator==(const Recipe&, const Recipe&) = default;
};

/// Output frames that the sampler makes; a clip that is joined from more has others in all.
[[nodiscard]] inline int sampled_frames(const Recipe& recipe)
{
    return recipe.origin ? recipe.origin->window : recipe.frames;
}

/// Steps that the sampler does: a clip that is only noised in part needs fewer than the recipe's.
[[nodiscard]] inline int steps_to_sample(const Recipe& recipe)
{
    return recipe.origin ? steps_at_strength(recipe.origin->strength, recipe.steps) : recipe.steps;
}

/// What a finished run hands over.
struct GeneratedClip {
    FrameSequence frames;
    LatentClip latents;
    Recipe recipe;
    /// Seconds by stage, in order: load, text, sample, decode.
    std::vector<std::pair<std::string, double>> timings;
};

}  // namespace kinora::core
