#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/generation/request.h"
#include "core/jobs/job.h"
#include "core/project/project_store.h"
#include "ui/session/engine.h"

namespace kinora::ui {

inline constexpr const char* k_generate_kind = "generate";

/// What a take is made of beside its request, for the take's own memory and for where it goes.
struct TakeOrigin {
    std::string verb;                  ///< empty: from words
    std::vector<std::string> parents;  ///< ids of takes
    /// What of the take its shot shows; nothing: as other takes of the shot.
    std::optional<core::FrameRange> range;
};

/// A take that is on disk, and what of it its shot shows.
struct MadeTake {
    core::Take take;
    std::optional<core::FrameRange> range;
};

/// A job that makes a take, with everything it needs: later edits of the shot don't change it.
[[nodiscard]] core::NewJob generate_job(const std::filesystem::path& project, const core::Shot& shot,
                                        const core::GenerationRequest& request, const std::string& title,
                                        const TakeOrigin& origin = {});

/// The request of such a job, without what is read from files; `corrupt` if the payload is damaged.
[[nodiscard]] core::Result<core::GenerationRequest> request_of_job(const std::string& payload);
/// The payload with another request.
[[nodiscard]] std::string with_request(const std::string& payload, const core::GenerationRequest& request);

/// Reads the pictures of the request's references from the project's files. Not for the UI's thread.
[[nodiscard]] core::Result<void> read_references(core::GenerationRequest& request, const core::ProjectStore& store);

/// Finds the store of a project's folder. Called on the worker.
using StoreFor = std::function<core::Result<std::shared_ptr<core::ProjectStore>>(const std::filesystem::path& folder)>;
/// Hands a finished take over, on the worker.
using DeliverTake = std::function<void(const core::Job& job, const MadeTake& made)>;

/// Runs such a job: reads references and the latents that the clip is made from, samples, writes the take's files. Latents
/// are on disk before the decoding starts. A job whose state is on disk from an earlier run goes on from there.
[[nodiscard]] core::Result<core::JobOutcome> make_take(const core::Job& job, JobEngine& engine, const StoreFor& store_for,
                                                       const DeliverTake& deliver,
                                                       const std::shared_ptr<core::RunControl>& control,
                                                       const core::ProgressFunction& progress, std::stop_token stop);

}  // namespace kinora::ui
