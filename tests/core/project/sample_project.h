#pragma once

#include <string>

#include "core/base/ids.h"
#include "core/project/project.h"
#include "core/project/take_edits.h"

namespace kinora::tests {

/// A take of `frames` frames, as the engine would hand it over.
inline core::Take sample_take(const std::string& id, std::int64_t frames = 33, core::FrameRate rate = 12)
{
    core::Take take;
    take.id = id;
    take.clip = "takes/" + id + "/clip.mp4";
    take.latents = "takes/" + id + "/latents.safetensors";
    take.thumbnail = "takes/" + id + "/thumbnail.png";
    take.frames = frames;
    take.rate = rate;
    take.width = 320;
    take.height = 192;
    take.created = 1'770'000'000;
    core::Recipe recipe;
    recipe.prompt = "a red balloon";
    recipe.spans = {{"a red balloon"}};
    recipe.model_id = "starter";
    recipe.width = 320;
    recipe.height = 192;
    recipe.frames = static_cast<int>(frames);
    recipe.rate = rate;
    recipe.steps = 20;
    recipe.guidance = 4;
    recipe.sampler = "unipc";
    recipe.seed = 7;
    take.recipe = recipe;
    return take;
}

/// A shot with one take.
inline core::Shot sample_shot(const std::string& id, std::int64_t frames = 33, core::FrameRate rate = 12)
{
    core::Shot shot = core::make_shot("a prompt for " + id);
    shot.id = id;
    core::add_take(shot, sample_take(id + "-take", frames, rate), core::Selection::select);
    return shot;
}

/// A file of 60 frames of 24 fps, of one picture, or of 10 s of sound.
inline core::Asset sample_asset(const std::string& id, core::AssetKind kind)
{
    core::Asset asset;
    asset.id = id;
    asset.kind = kind;
    asset.name = id + (kind == core::AssetKind::video ? ".mov" : kind == core::AssetKind::image ? ".png" : ".wav");
    asset.file = "media/" + asset.name;
    asset.bytes = 1000;
    asset.frames = kind == core::AssetKind::video ? 60 : kind == core::AssetKind::image ? 1 : 0;
    asset.width = asset.frames > 0 ? 1280 : 0;
    asset.height = asset.frames > 0 ? 720 : 0;
    asset.samples = kind == core::AssetKind::audio ? 480'000 : 0;
    return asset;
}

/// Shots a, b, c, … of 33 frames of 12 fps (66 project frames each) at 24 fps.
inline core::Project sample_project(int shots = 3)
{
    core::Project project;
    project.id = "project";
    project.name = "Film";
    for (int i = 0; i < shots; ++i) {
        const std::string id = i < 26 ? std::string(1, static_cast<char>('a' + i)) : "shot" + std::to_string(i);
        project.shots.emplace_back(sample_shot(id));
    }
    return project;
}

/// "abc": the ids of the shots in order.
inline std::string order(const core::Project& project)
{
    std::string ids;
    for (const auto& shot : project.shots)
        ids += shot->id;
    return ids;
}

}  // namespace kinora::tests
