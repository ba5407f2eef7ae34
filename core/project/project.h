#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/shared_value.h"
#include "core/generation/request.h"
#include "core/project/asset.h"
#include "core/project/sound.h"
#include "core/time/rational_time.h"

namespace kinora::core {

/// The document. Plain values: copying a project costs microseconds, because shots are shared until they are changed.
/// `unknown` in these structs is a JSON object as text: keys that a newer Kinora wrote, kept and written back on save.

/// A picture that a new take must show, from a file inside the project folder.
struct FrameReference {
    int frame = 0;     ///< output frame; -1 is the last one
    std::string file;  ///< relative to the project folder, UTF-8
    std::string sha256;
    friend bool operator==(const FrameReference&, const FrameReference&) = default;
};

/// Whether every new take draws another seed or all use the one that is set.
enum class SeedMode { roll, locked };

/// What the next take of a shot is going to be made with. Unset optionals mean "the model's own default".
struct ShotSettings {
    std::string model_id = "starter";
    std::optional<int> width;
    std::optional<int> height;
    std::optional<int> frames;
    std::optional<FrameRate> rate;
    std::optional<int> steps;
    std::optional<float> guidance;
    std::optional<std::string> guidance_mode;  ///< as `GenerationRequest::guidance_mode`
    std::optional<float> shift;
    std::optional<std::string> sampler;
    std::uint64_t seed = 0;
    SeedMode seed_mode = SeedMode::roll;
    int takes = 1;  ///< how many takes one press of Generate makes
    std::vector<LoraChoice> loras;
    std::vector<FrameReference> references;
    Enhancement enhance;  ///< what becomes of every new take
    std::string unknown;
    friend bool operator==(const ShotSettings&, const ShotSettings&) = default;
};

/// One clip on disk, made by the engine (with a recipe) or imported (without: its pictures are the asset's, `clip_file`
/// tells the file). Its id may occur in more than one shot after a split or a duplicate. Files are relative to the project
/// folder, UTF-8, below `takes/<id>/`; empty if there is none.
struct Take {
    std::string id;
    int number = 1;         ///< counts up within a shot: "Take 3"
    std::string clip;       ///< takes/<id>/clip.mp4
    std::string latents;    ///< takes/<id>/latents.safetensors
    std::string thumbnail;  ///< takes/<id>/thumbnail.png
    std::optional<Recipe> recipe;
    std::int64_t frames = 0;  ///< length of the clip
    FrameRate rate{12};
    int width = 0;
    int height = 0;
    bool starred = false;
    std::int64_t created = 0;  ///< seconds since 1970, UTC
    std::string asset;         ///< id of the asset that an imported take shows; empty for takes of the engine
    std::string verb;          ///< what made it of its parents: "remix", "loop" …; empty: made from words, or imported
    std::vector<std::string> parents;  ///< ids of the takes it was made from; they may be gone, or in other shots
    bool still = false;                ///< one picture that lasts as long as asked for: `rate` counts the shot's range
    std::string unknown;
    friend bool operator==(const Take&, const Take&) = default;
};

/// What a place of the storyboard holds. A gap has a length only and is black; it counts its range in frames of the
/// project's rate when it was made (`settings.rate`).
enum class ShotKind { generated, media, gap };

/// How a shot follows the one before it.
enum class TransitionKind { cut, dissolve, dip_to_black, dip_to_white };

/// The transition at a shot's start. A dissolve of N frames lays the shot's head over the tail of the one before, so that
/// the storyboard is N frames shorter; a dip takes half of its frames before the cut and half after and shortens nothing.
/// The document keeps the length that was asked for; `Layout` tells how much of it fits between the neighbours as they are:
/// a trim that leaves less room shortens the transition, down to a cut, and trimming back restores it. The first shot's is
/// not seen.
///
///     dissolve   | A ██████████▓▒░|            dip   | A ██████▓▒|▒▓██████ B |
///                        |░▒▓██████████ B |
struct Transition {
    TransitionKind kind = TransitionKind::cut;
    std::int64_t frames = 0;  ///< project frames; 0 for a cut
    std::string unknown;
    friend bool operator==(const Transition&, const Transition&) = default;
};

/// One place of the storyboard: a prompt, the takes made from it, and the part of the selected take that is shown.
struct Shot {
    std::string id;
    ShotKind kind = ShotKind::generated;
    Transition transition;  ///< from the shot before
    std::string name;       ///< empty: shown by its number
    std::string prompt;     ///< as typed, UTF-8
    std::string negative_prompt;
    ShotSettings settings;
    /// In and out, in frames of the selected take; without a take in frames of what is planned. Where the source has no end
    /// (a gap, a still picture) it always begins at 0.
    FrameRange range;
    std::string selected_take;  ///< empty: none yet
    std::vector<Take> takes;    ///< oldest first
    std::string unknown;
    friend bool operator==(const Shot&, const Shot&) = default;
};

/// A place on the storyboard with a note.
struct Marker {
    std::string id;
    std::int64_t frame = 0;  ///< project frame
    std::string note;
    std::string unknown;
    friend bool operator==(const Marker&, const Marker&) = default;
};

/// Choices that belong to the project rather than to the person.
struct ProjectSettings {
    std::string export_preset = "prores-422-hq";
    std::optional<FrameRange> export_range;        ///< project frames set by I/O on the timeline
    std::map<std::string, std::string> variables;  ///< cast and style: `$hero` → "a small red fox"
    std::string common_prompt;                     ///< added to every shot's prompt, as typed
    std::string common_negative_prompt;            ///< added to every shot's negative prompt, as typed
    std::string unknown;
    friend bool operator==(const ProjectSettings&, const ProjectSettings&) = default;
};

struct Project {
    std::string id;
    std::string name;
    FrameRate rate{24};
    int width = 1920;
    int height = 1080;
    std::vector<SharedValue<Shot>> shots;  ///< in the order of the storyboard, one after the other; empty places are gaps
    std::vector<SharedValue<SoundTrack>> sound_tracks;
    std::vector<SharedValue<Asset>> assets;
    std::vector<Marker> markers;  ///< ascending
    ProjectSettings settings;
    std::string unknown;
    friend bool operator==(const Project&, const Project&) = default;
};

/// "As long as you like": the length of a source without an end.
inline constexpr std::int64_t k_endless = 1'000'000'000;

/// What a shot's frames are counted in: the selected take's length and rate, or what is planned where there is no take
/// (`settings.frames` or 33 frames at `settings.rate` or 12). A gap and a still picture have `k_endless` frames.
struct ShotSource {
    std::int64_t frames = 33;
    FrameRate rate{12};
    [[nodiscard]] bool endless() const { return frames == k_endless; }
};
[[nodiscard]] ShotSource shot_source(const Shot& shot);

/// The part of a range that the source has, from 0 where it has no end; where nothing is left, all of it (120 frames where
/// it has no end).
[[nodiscard]] FrameRange range_within(FrameRange range, const ShotSource& source);

/// The selected take, or null. Lives as long as the shot.
[[nodiscard]] const Take* selected_take(const Shot& shot);
[[nodiscard]] const Take* find_take(const Shot& shot, std::string_view take_id);

/// Index of a shot, or nothing.
[[nodiscard]] std::optional<std::size_t> find_shot(const Project& project, std::string_view shot_id);

/// The asset, or null. Lives as long as the project isn't changed.
[[nodiscard]] const Asset* find_asset(const Project& project, std::string_view asset_id);

/// The file with a take's pictures: its clip, or the file of the asset it shows (which may be absolute). Empty: none.
[[nodiscard]] const std::string& clip_file(const Project& project, const Take& take);

/// A shot with a new id and its range over the whole planned length.
[[nodiscard]] Shot make_shot(std::string prompt = {}, ShotSettings settings = {});

/// A gap of a number of project frames.
[[nodiscard]] Shot make_gap(std::int64_t frames, FrameRate project_rate);

/// A shot that shows an imported video from end to end, or a picture for `still_frames` project frames. The asset has to be
/// in the project before the shot is inserted.
[[nodiscard]] Shot make_media_shot(const Asset& asset, FrameRate project_rate, std::int64_t still_frames = 120);

/// Everything that must hold for a document: ids present and distinct, ranges inside their media and not empty, selected
/// takes and assets that exist, sound clips in order and not over each other, markers ascending and not negative. Empty if
/// all holds, else one sentence. Tests call it after every edit.
[[nodiscard]] std::string check_invariants(const Project& project);

}  // namespace kinora::core
