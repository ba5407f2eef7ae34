#pragma once

#include <QString>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/generation/enhance.h"
#include "core/generation/generator.h"
#include "core/generation/latent_encoder.h"
#include "core/generation/verbs.h"

namespace kinora::ui {

class Desktop;

/// What runs jobs. Made and used on one worker thread of the queue only, at its first job, because loading takes time.
struct JobEngine {
    std::shared_ptr<core::Generator> generator;
    std::shared_ptr<core::LatentDecoder> decoder;  ///< may be null: exports then take the clip's own pictures
    /// Reads what `GenerationRequest::latents_file` received; empty: as without a decoder.
    std::function<core::Result<core::LatentClip>(const std::filesystem::path& file)> read_latents;
    std::shared_ptr<core::LatentEncoder> encoder;        ///< may be null: clips from elsewhere can't be gone on from then
    std::shared_ptr<core::Enhancer> enhancer = nullptr;  ///< may be null: exports can't make frames between frames then
    std::string device{};  ///< where requests run that leave it open, as they name it; empty: the generator chooses
};

/// A model that is installed, for the panel and the form.
struct ModelEntry {
    core::ModelCapabilities capabilities;
    std::string folder;
    std::string licence;
    std::string about;  ///< one or two sentences: what it is, what it was trained on, as its author says
};

/// The engine as the application composes it for the studio. The functions are called on background threads, never on the
/// UI's; what they give lives as long as the session.
struct Engine {
    std::function<core::Result<JobEngine>()> make_job_engine;
    /// Makes what draws prompts while they are written, beside the queue's: used on one background thread only, and it
    /// leaves nothing on the disk. Empty: nothing is drawn before it is generated.
    std::function<core::Result<std::shared_ptr<core::Generator>>()> make_drafter{};
    /// Devices that work side by side, a worker with an engine of its own each, as requests name them; empty: one worker.
    std::vector<std::string> devices{};
    std::function<core::Result<std::vector<ModelEntry>>()> list_models;
    std::shared_ptr<core::Planner> planner;      ///< used on one background thread; may be null
    std::shared_ptr<core::TokenCounter> tokens;  ///< may be null
    /// Whether the networks are there that `Verb::upscale` and `Verb::interpolate` need; the error says what is missing.
    /// Empty: they aren't. Quick, for the UI's thread.
    std::function<core::Result<void>(core::Verb verb)> enhances;
    std::shared_ptr<Desktop> desktop;  ///< may be null: nothing is asked of the desktop then
    QString device;                    ///< for the top bar: "CPU · 2 cores"
};

}  // namespace kinora::ui
