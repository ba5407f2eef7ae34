#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/shared_value.h"
#include "core/generation/request.h"
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
    std::optional<float> shift;
    std::optional<std::string> sampler;
    std::uint64_t seed = 0;
    SeedMode seed_mode = SeedMode::roll;
    int takes = 1;  ///< how many takes one press of Generate makes
    std::vector<LoraChoice> loras;
    std::vector<FrameReference> references;
    std::string unknown;
    friend bool operator==(const ShotSettings&, const ShotSettings&) = default;
};

/// One clip on disk, made by the engine (with a recipe) or imported (without). Its id may occur in more than one shot after
/// a split or a duplicate. Files are relative to the project folder, UTF-8, below `takes/<id>/`; empty if there is none.
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
    std::string unknown;
    friend bool operator==(const Take&, const Take&) = default;
};

/// One place of the storyboard: a prompt, the takes made from it, and the part of the selected take that is shown.
struct Shot {
    std::string id;
    std::string name;    ///< empty: shown by its number
    std::string prompt;  ///< as typed, UTF-8
    std::string negative_prompt;
    ShotSettings settings;
    FrameRange range;           ///< in and out, in frames of the selected take; without a take in frames of what is planned
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
    std::string unknown;
    friend bool operator==(const ProjectSettings&, const ProjectSettings&) = default;
};

struct Project {
    std::string id;
    std::string name;
    FrameRate rate{24};
    int width = 1920;
    int height = 1080;
    std::vector<SharedValue<Shot>> shots;  ///< in the order of the storyboard, one after the other without gaps
    std::vector<Marker> markers;           ///< ascending
    ProjectSettings settings;
    std::string unknown;
    friend bool operator==(const Project&, const Project&) = default;
};

/// What a shot's frames are counted in: the selected take's length and rate, or what is planned where there is no take
/// (`settings.frames` or 33 frames at `settings.rate` or 12).
struct ShotSource {
    std::int64_t frames = 33;
    FrameRate rate{12};
};
[[nodiscard]] ShotSource shot_source(const Shot& shot);

/// The selected take, or null. Lives as long as the shot.
[[nodiscard]] const Take* selected_take(const Shot& shot);
[[nodiscard]] const Take* find_take(const Shot& shot, std::string_view take_id);

/// Index of a shot, or nothing.
[[nodiscard]] std::optional<std::size_t> find_shot(const Project& project, std::string_view shot_id);

/// A shot with a new id and its range over the whole planned length.
[[nodiscard]] Shot make_shot(std::string prompt = {}, ShotSettings settings = {});

/// Everything that must hold for a document: ids present and distinct, ranges inside their media and not empty, selected
/// takes that exist, markers ascending and not negative. Empty if all holds, else one sentence. Tests call it after every
/// edit.
[[nodiscard]] std::string check_invariants(const Project& project);

}  // namespace kinora::core
