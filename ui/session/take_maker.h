#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>

#include "core/jobs/job.h"
#include "core/project/project_store.h"
#include "ui/session/engine.h"

namespace kinora::ui {

/// Gives the store of a project folder: the open one, or one opened for this job. Called on the worker.
using StoreFor = std::function<core::Result<std::shared_ptr<core::ProjectStore>>(const std::filesystem::path& folder)>;
/// Hands a finished take over. Called on the worker.
using DeliverTake = std::function<void(const core::Job& job, const core::Take& take)>;

inline constexpr const char* k_generate_kind = "generate";

/// A job that makes a take of a shot. The request's pictures are named by file relative to the project folder.
[[nodiscard]] core::NewJob generate_job(const std::filesystem::path& project, const core::Shot& shot,
                                        const core::GenerationRequest& request, const std::string& title);

/// Runs such a job: frames from the generator, then clip, thumbnail and recipe into `takes/<id>/`, then `deliver`. The
/// take's id is the job's, so that a second try after a crash writes to the same place. Latents are on disk before decoding
/// starts.
[[nodiscard]] core::Result<core::JobOutcome> make_take(const core::Job& job, JobEngine& engine, const StoreFor& store_for,
                                                       const DeliverTake& deliver, const core::ProgressFunction& progress,
                                                       std::stop_token stop);

}  // namespace kinora::ui
