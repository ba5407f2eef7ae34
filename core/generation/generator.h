#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/generation/request.h"

namespace kinora::core {

/// What part of a run is going on.
enum class Stage { loading, encoding_text, sampling, decoding, finishing };

/// One report from a running job. `preview` is set once a sampling step: the x0 estimate as a small moving picture.
struct Progress {
    Stage stage = Stage::loading;
    int step = 0;              ///< steps done in this stage
    int steps = 0;             ///< steps of this stage in all; 0: unknown
    double fraction = 0.0;     ///< of the whole job, 0…1, never falls
    double seconds_left = -1;  ///< -1: not known yet
    std::shared_ptr<const std::vector<Picture8>> preview;
    std::int64_t memory_bytes = 0;  ///< in use now: anonymous memory, and the device's; 0: not known
};

/// Called from the worker thread. Must return quickly.
using ProgressFunction = std::function<void(const Progress&)>;

/// What sizes, lengths and verbs a model can take; for the interface and for checks before the work.
struct ModelCapabilities {
    std::string model_id;
    std::string name;
    int size_multiple = 32;  ///< width and height are multiples of this
    int default_width = 320;
    int default_height = 192;
    int frame_multiple = 4;  ///< frames are n * frame_multiple + 1
    int default_frames = 33;
    int max_frames = 97;
    FrameRate rate{12};
    int default_steps = 20;
    float default_guidance = 4.0F;
    float default_shift = 3.0F;
    std::string default_sampler = "unipc";
    int max_tokens = 512;
    bool prompt_weights = true;         ///< weights of words act
    bool prompt_times = true;           ///< time segments of the prompt act
    bool first_frame = false;           ///< takes a picture as the first frame
    bool last_frame = false;            ///< takes one as the last frame, beside the first
    bool any_frame = false;             ///< takes pictures at any frame
    bool needs_first_frame = false;     ///< makes nothing without a first frame (image-to-video)
    bool needs_last_frame = false;      ///< nor without a last one (first-and-last-frame)
    float default_guidance_low = 0.0F;  ///< of the low-noise expert; 0: the model is a single one
    std::string variant;                ///< what it is, for lists: "Wan 2.1 image-to-video"
    /// The LoRA that comes with the model and makes it draw in a few steps without guidance; empty: it has no draft mode.
    std::filesystem::path draft{};
};

/// The seam between the studio and the engine. One call makes one clip. Not thread-safe: one worker per device owns one.
class Generator {
public:
    virtual ~Generator() = default;

    /// Capabilities of a model; `not_found` with what is installed if there is no such model. Cheap: reads configuration
    /// only.
    [[nodiscard]] virtual Result<ModelCapabilities> capabilities(const std::string& model_id) = 0;

    /// Runs the whole pipeline. Stops within one sampling step after `stop` is requested, with `ErrorKind::cancelled`;
    /// the latents reached so far are then in `request.latents_file`, if one was given.
    [[nodiscard]] virtual Result<GeneratedClip> generate(const GenerationRequest& request, const ProgressFunction& progress,
                                                         std::stop_token stop) = 0;
};

/// Makes float frames from a take's saved latents again, for masters. Same threading as `Generator`.
class LatentDecoder {
public:
    virtual ~LatentDecoder() = default;
    [[nodiscard]] virtual Result<FrameSequence> decode(const LatentClip& latents, const Recipe& recipe,
                                                       std::stop_token stop) = 0;
};

/// Tokens of a prompt as the model counts them, for the prompt editor. Thread-safe.
struct TokenCount {
    int used = 0;
    int limit = 0;
    std::size_t fits = 0;  ///< bytes of the prompt, from its start, that the model sees; all of them if it isn't too long
};
class TokenCounter {
public:
    virtual ~TokenCounter() = default;
    [[nodiscard]] virtual Result<TokenCount> count(const std::string& model_id, const std::string& prompt) = 0;
};

/// Time and memory a request is going to take on this machine.
struct Estimate {
    double seconds = 0;
    std::int64_t peak_bytes = 0;
    std::vector<std::string> plan;  ///< how the run goes about it, stage by stage, in sentences; may be empty
    bool fits = true;               ///< whether that is within what is free, or the request's limit
};
class Planner {
public:
    virtual ~Planner() = default;
    [[nodiscard]] virtual Result<Estimate> estimate(const GenerationRequest& request) = 0;
};

}  // namespace kinora::core
