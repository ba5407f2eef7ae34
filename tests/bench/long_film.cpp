#include "tests/bench/long_film.h"

#include <cstdio>
#include <cstdlib>
#include <string>

#include "core/project/take_edits.h"
#include "core/storyboard/edits.h"

namespace kinora::tests {

using namespace core;

namespace {

Take take_of(const std::string& id, int number)
{
    Take take;
    take.id = id;
    take.number = number;
    take.clip = "takes/" + id + "/clip.mp4";
    take.latents = "takes/" + id + "/latents.safetensors";
    take.thumbnail = "takes/" + id + "/thumbnail.png";
    take.frames = 33;
    take.width = 320;
    take.height = 192;
    Recipe recipe;
    recipe.prompt = "a red balloon rises over green hills at sunset, slow pan right, soft light, film grain";
    recipe.spans = {{recipe.prompt}};
    recipe.model_id = "starter";
    recipe.width = 320;
    recipe.height = 192;
    recipe.frames = 33;
    recipe.steps = 20;
    recipe.sampler = "unipc";
    take.recipe = recipe;
    return take;
}

}  // namespace

void fill(Project& project, int shots)
{
    Asset song;
    song.id = "song";
    song.name = "song.wav";
    song.file = "media/song.wav";
    song.kind = AssetKind::audio;
    song.samples = 48'000 * 600;
    project.assets.emplace_back(song);
    SoundTrack track;
    track.id = "track";
    for (int i = 0; i < shots; ++i) {
        Shot shot = make_shot("a red balloon rises over green hills at sunset, number " + std::to_string(i));
        for (int t = 0; t < 4; ++t)
            add_take(shot, take_of("take" + std::to_string(i) + "-" + std::to_string(t), t + 1), Selection::select);
        if (i % 5 == 4) shot.transition = {TransitionKind::dissolve, 12, {}};
        project.shots.emplace_back(std::move(shot));
        SoundClip clip;
        clip.id = "clip" + std::to_string(i);
        clip.asset = "song";
        clip.start = i * 60;
        clip.source = {0, 60 * 2000};
        track.clips.push_back(clip);
    }
    project.sound_tracks.emplace_back(std::move(track));
    if (const std::string problem = check_invariants(project); !problem.empty()) {
        std::fprintf(stderr, "%s\n", problem.c_str());
        std::exit(1);
    }
}

}  // namespace kinora::tests
