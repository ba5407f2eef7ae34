#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/generation/generator.h"
#include "core/generation/origin.h"
#include "core/time/rational_time.h"

namespace kinora::core {

/// What can be made of clips that exist, beside a new one from words.
enum class Verb { variations, remix, recut, extend_before, extend_after, loop, blend, chain, upscale, interpolate };

/// "variations", "remix", "recut", "extend-before" …, as in recipes.
[[nodiscard]] std::string_view verb_name(Verb verb);

/// Whether the model can do it. Upscaling and interpolating need no model of clips, but networks of their own.
[[nodiscard]] bool can_do(Verb verb, const ModelCapabilities& model);

/// `unsupported` says what the model can't, and which of those installed can.
[[nodiscard]] Result<void> check_verb(Verb verb, const ModelCapabilities& model,
                                      std::span<const ModelCapabilities> installed);

/// The latents of the clip that a verb is applied to, seen from outside.
struct VerbSource {
    std::string file;    ///< with the latents, or a clip that is encoded first
    std::string sha256;  ///< may be empty
    int latent_frames = 0;
};

/// Latent frames of a clip of so many frames; those that aren't full count too.
[[nodiscard]] int latent_frames_of(int frames, const ModelCapabilities& model);

/// Strength from which `variations` starts: another clip with the same composition.
inline constexpr float k_variation_strength = 0.8F;
/// Usual strength of a remix: the prompt decides what is seen, the source how it moves and where it stands.
inline constexpr float k_remix_strength = 0.7F;

/// The source noised to `strength` (above 0, at most 1) and sampled anew.
[[nodiscard]] Result<Origin> plan_remix(Verb verb, const VerbSource& source, float strength, const ModelCapabilities& model);

/// Keeps the latent frames that lie wholly within `keep` (frames of the clip) and makes what is before and after anew.
/// `invalid_argument` if nothing or everything would be kept.
[[nodiscard]] Result<Origin> plan_recut(const VerbSource& source, FrameRange keep, const ModelCapabilities& model);

/// Adds about `frames` (0: as many as the model makes well) behind or before the source. The model sees the source's end, or
/// its beginning, as far as there is room in the length it usually makes. `invalid_argument` if `frames` don't fit beside
/// any of the source.
[[nodiscard]] Result<Origin> plan_extend(Verb verb, const VerbSource& source, int frames, const ModelCapabilities& model);

/// Makes the clip's end anew so that it leads into its beginning; the length stays. A model that knows only a first and a
/// last picture makes a clip from the source's end back to its beginning, which is added. `invalid_argument` for clips that
/// are too short.
[[nodiscard]] Result<Origin> plan_loop(const VerbSource& source, const ModelCapabilities& model);

/// A clip that leads from one to another: given are the last frames of the first and the first of the second, in pictures.
///
///     |A A A|· · · · · ·|B B|      frames = before + middle + after
struct BlendPlan {
    int frames = 0;
    int before = 0;  ///< frames of the first clip's end
    int after = 0;   ///< frames of the second one's beginning
    [[nodiscard]] FrameRange middle() const { return {before, frames - after}; }
};

/// `invalid_argument` if there are no frames to lead from or to.
[[nodiscard]] Result<BlendPlan> plan_blend(int frames_before, int frames_after, const ModelCapabilities& model);

}  // namespace kinora::core
