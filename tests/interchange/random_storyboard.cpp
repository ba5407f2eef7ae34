#include "tests/interchange/random_storyboard.h"

#include <random>
#include <string>

#include "core/storyboard/layout.h"

namespace kinora::tests {
namespace {

using namespace core;

const char* const k_names[] = {"Harbour at dusk",
                               "Fuchs & Hase <nah>",
                               "Über den Dächern \"früh\"",
                               "Zoom 50% in",
                               "海辺の朝",
                               "it's late\nand dark",
                               "",
                               "a/b\\c:d"};

class Maker {
public:
    Maker(unsigned seed, FrameRate rate) : random_(seed)
    {
        project_.id = "film" + std::to_string(seed);
        project_.name = seed % 3 == 0 ? "Film" : "Nachtzug & Meer " + std::to_string(seed);
        project_.rate = rate;
        project_.width = 1280;
        project_.height = 720;
    }

    Project make()
    {
        sounds();
        const std::int64_t count = number(1, 12);
        for (std::int64_t i = 0; i < count; ++i)
            shot(static_cast<int>(i));
        transitions();
        const std::int64_t total = total_duration(project_);
        std::int64_t at = 0;
        for (int i = 0; i < number(0, 4) && at < total; ++i) {
            at += number(0, total / 3 + 1);
            project_.markers.push_back(
                {"marker" + std::to_string(i), at, k_names[static_cast<std::size_t>(number(0, 5))], {}});
        }
        project_.settings.variables["$hero"] = "a small red fox";
        return std::move(project_);
    }

private:
    std::int64_t number(std::int64_t least, std::int64_t most)
    {
        return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
    }

    Take take(int shot, int number_of_take)
    {
        static const FrameRate rates[] = {FrameRate(12), FrameRate(16), FrameRate(24), FrameRate(24000, 1001),
                                          FrameRate(25), FrameRate(30), FrameRate(60)};
        Take take;
        take.id = "take" + std::to_string(shot) + "x" + std::to_string(number_of_take);
        take.number = number_of_take;
        take.clip = "takes/" + take.id + "/clip.mp4";
        take.frames = number(4, 120);
        take.rate = rates[number(0, 6)];
        take.width = 320;
        take.height = 192;
        take.recipe = some_recipe("a boat & <the> sea, take " + std::to_string(number_of_take),
                                  static_cast<std::uint64_t>(number(0, 1'000'000)));
        take.recipe->frames = static_cast<int>(take.frames);
        take.recipe->rate = take.rate;
        return take;
    }

    void shot(int i)
    {
        const std::int64_t kind = number(0, 9);
        Shot shot;
        if (kind == 0) {
            shot = make_gap(number(1, 50), project_.rate);
        } else {
            shot = make_shot("a boat on the sea, $hero, " + std::to_string(i));
            shot.negative_prompt = "blurry";
            shot.name = k_names[static_cast<std::size_t>(number(0, 7))];
        }
        shot.id = "shot" + std::to_string(i);
        if (kind >= 3) {
            const std::int64_t takes = number(1, 3);
            for (int t = 1; t <= takes; ++t)
                shot.takes.push_back(take(i, t));
            shot.selected_take = shot.takes[static_cast<std::size_t>(number(0, takes - 1))].id;
            const std::int64_t frames = shot_source(shot).frames;
            const std::int64_t first = number(0, frames - 1);
            shot.range = {first, number(first + 1, frames)};
        } else if (kind == 2) {
            still(i, shot);
        }
        project_.shots.emplace_back(std::move(shot));
    }

    void still(int i, Shot& shot)
    {
        Asset asset;
        asset.id = "picture" + std::to_string(i);
        asset.name = "card.png";
        asset.file = "media/card" + std::to_string(i) + ".png";
        asset.kind = AssetKind::image;
        asset.frames = 1;
        asset.width = 640;
        asset.height = 360;
        project_.assets.emplace_back(asset);
        const std::string id = shot.id;
        shot = make_media_shot(asset, project_.rate, number(2, 60));
        shot.id = id;
        shot.takes[0].id = "still" + std::to_string(i);
        shot.selected_take = shot.takes[0].id;
    }

    void transitions()
    {
        for (std::size_t i = 1; i < project_.shots.size(); ++i) {
            const std::int64_t kind = number(0, 5);
            if (kind > 3) continue;
            const TransitionKind kinds[] = {TransitionKind::dissolve, TransitionKind::dissolve, TransitionKind::dip_to_black,
                                            TransitionKind::dip_to_white};
            project_.shots[i].update([&](Shot& shot) { shot.transition = {kinds[kind], number(1, 30), {}}; });
        }
    }

    void sounds()
    {
        for (int t = 0; t < number(0, 2); ++t) {
            SoundTrack track;
            track.id = "track" + std::to_string(t);
            track.name = t == 0 ? "Music" : "Ton & Geräusch";
            track.gain_db = static_cast<float>(number(-6, 0));
            std::int64_t at = 0;
            for (int c = 0; c < number(1, 4); ++c) {
                Asset asset;
                asset.id = "sound" + std::to_string(t) + "x" + std::to_string(c);
                asset.name = "sea.wav";
                asset.file = "media/" + asset.id + ".wav";
                asset.kind = AssetKind::audio;
                asset.samples = number(20'000, 400'000);
                SoundClip clip;
                clip.id = "clip" + std::to_string(t) + "x" + std::to_string(c);
                clip.asset = asset.id;
                clip.start = at + number(0, 30);
                clip.source.first = number(0, asset.samples / 2);
                clip.source.end = number(clip.source.first + 5000, asset.samples);
                at = heard_frames(clip, project_.rate).end;
                clip.fade_in = number(0, 1) * std::min<std::int64_t>(2, at - clip.start);
                project_.assets.emplace_back(std::move(asset));
                track.clips.push_back(std::move(clip));
            }
            project_.sound_tracks.emplace_back(std::move(track));
        }
    }

    std::mt19937 random_;
    Project project_;
};

}  // namespace

Recipe some_recipe(const std::string& prompt, std::uint64_t seed)
{
    Recipe recipe;
    recipe.prompt = prompt;
    recipe.spans = {{prompt, 1.0F, 0, -1}};
    recipe.negative_prompt = "blurry";
    recipe.model_id = "starter";
    recipe.model_hash = std::string(64, 'a');
    recipe.width = 320;
    recipe.height = 192;
    recipe.frames = 33;
    recipe.rate = FrameRate(12);
    recipe.steps = 20;
    recipe.guidance = 3;
    recipe.sampler = "unipc";
    recipe.shift = 3;
    recipe.seed = seed;
    recipe.device = "cpu";
    recipe.dtype = "bfloat16";
    recipe.engine_version = "0.1.0";
    return recipe;
}

Project random_storyboard(unsigned seed, FrameRate rate)
{
    return Maker(seed, rate).make();
}

}  // namespace kinora::tests
