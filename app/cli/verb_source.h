#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "app/cli/generate_options.h"
#include "app/cli/request_builder.h"
#include "core/base/result.h"
#include "core/generation/frames.h"
#include "core/generation/request.h"

namespace kinora::inference {
class WanGenerator;
}

namespace kinora::cli {

/// A clip that a verb is applied to: its latents, and how it was made as far as it tells.
struct SourceClip {
    std::shared_ptr<const core::LatentClip> latents;
    std::optional<core::Recipe> recipe;
    std::filesystem::path file;  ///< with the latents, or the clip that was encoded
    std::string sha256;
    int width = 0;
    int height = 0;
    int frames = 0;
};

/// Reads latents (`.safetensors`), a take or shot of a project (see `find_clip`), or a clip: from the latents that lie
/// beside it and belong to it
/// (`clip.latents.safetensors`), else by encoding its pictures with `model_id` (empty: the model that made it, else the
/// starter). Errors name the file.
[[nodiscard]] core::Result<SourceClip> read_source_clip(const std::filesystem::path& file, const std::string& model_id,
                                                        inference::WanGenerator& engine);

/// The latents that a recipe's origin names, read again from the path that was typed, or as seen from the folder of
/// `beside`. `corrupt` if the file has changed since.
[[nodiscard]] core::Result<std::shared_ptr<const core::LatentClip>> read_origin(const core::Recipe& recipe,
                                                                                const std::filesystem::path& beside,
                                                                                inference::WanGenerator& engine);

/// The last frame of a clip (of a shot: the last that it shows), as the first picture of another. Errors name the file.
[[nodiscard]] core::Result<core::ConditioningFrame> ending_of(const std::filesystem::path& clip,
                                                              inference::WanGenerator& engine);

/// Makes the request that the options' verb stands for, but for what other options change: the clip's own recipe, without
/// its pictures, and what is made of the clip. Sets request, model and threads. Errors are sentences with the way out.
[[nodiscard]] core::Result<void> start_from_verb(const GenerateOptions& options, inference::WanGenerator& engine,
                                                 BuiltRequest& built);

}  // namespace kinora::cli
