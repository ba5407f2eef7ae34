#pragma once

#include <QImage>
#include <condition_variable>
#include <mutex>
#include <vector>

#include "ui/session/engine.h"

namespace kinora::tests {

/// The file that stands for a draft; there is none.
inline constexpr const char* k_draft = "draft.safetensors";

/// A generator for window tests: draws its clips instead of sampling them, step by step with previews, and can be held at a
/// step until the test has looked. The same request gives the same pictures; latents hold the seed.
class DrawnGenerator : public core::Generator, public core::LatentDecoder, public core::Planner, public core::TokenCounter {
public:
    enum class Look {
        numbered,  ///< every frame carries its number, readable also after encoding
        scene,     ///< a harbour in the light that the prompt names, for pictures of the window
    };
    explicit DrawnGenerator(Look look) : look_(look) {}

    core::Result<core::ModelCapabilities> capabilities(const std::string& model_id) override;
    core::Result<core::GeneratedClip> generate(const core::GenerationRequest& request,
                                               const core::ProgressFunction& progress, std::stop_token stop) override;
    core::Result<core::FrameSequence> decode(const core::LatentClip& latents, const core::Recipe& recipe,
                                             std::stop_token stop) override;
    core::Result<core::Estimate> estimate(const core::GenerationRequest& request) override;
    core::Result<core::TokenCount> count(const std::string& model_id, const std::string& prompt) override;

    /// Runs stop before this step until `release`; steps count from 1.
    void hold_at(int step);
    void release();
    /// The next run fails with this sentence.
    void fail_next(const std::string& message, core::ErrorKind kind = core::ErrorKind::out_of_memory);
    /// From now on the model says that it can draw drafts. The session reads that with the list of models.
    void offer_drafts();
    /// A drafter was made; counted so that tests see how often one is loaded.
    void count_drafter();
    [[nodiscard]] int drafters() const;
    /// Runs that ended because they were stopped.
    [[nodiscard]] int stopped() const;
    /// Requests as they came in.
    [[nodiscard]] std::vector<core::GenerationRequest> requests() const;
    /// Requests hold the pictures that were given with them; a long run forgets them.
    void forget_requests();

private:
    [[nodiscard]] QImage draw(int frame, const core::Recipe& recipe) const;
    core::Result<void> wait_at(int step, const core::RunControl* control, std::stop_token stop);

    Look look_;
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    int hold_ = 0;
    int stopped_ = 0;
    int drafters_ = 0;
    bool drafts_ = false;
    std::string failure_;
    core::ErrorKind failure_kind_ = core::ErrorKind::out_of_memory;
    std::vector<core::GenerationRequest> requests_;
};

/// Whether a draft was asked for.
[[nodiscard]] bool is_draft(const core::GenerationRequest& request);

/// The engine around it, as the application would compose it.
[[nodiscard]] ui::Engine drawn_engine(const std::shared_ptr<DrawnGenerator>& generator);

/// A poster of a harbour: sky, sun, hills, sea and a boat, at a place in time 0…1. `light` chooses the colours.
[[nodiscard]] QImage draw_harbour(QSize size, double time, int light);

}  // namespace kinora::tests
