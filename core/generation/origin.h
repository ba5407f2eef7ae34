#pragma once

#include <string>
#include <vector>

namespace kinora::core {

/// Latent frames of an existing clip that a new one keeps as they are.
struct KeptLatents {
    int first = 0;  ///< in the source
    int count = 0;
    int place = 0;  ///< of the first one, in the stretch that is sampled

    friend bool operator==(const KeptLatents&, const KeptLatents&) = default;
};

/// What a clip was made from by a verb (see core/generation/verbs.h): the latents of another clip, which of them are kept,
/// and how the sampled stretch and the source are put together. All places are latent frames.
///
///     source    |▒▒▒▒▒▒▒▒▒▒|                     sampled      |▒▒▒▒░░░░░|     (▒ kept, ░ new)
///     clip      |▒▒▒▒▒▒▒▒▒▒░░░░░|   =  source [0, head) + sampled [from, to) + source [tail, end)
struct Origin {
    std::string verb;       ///< its name: "remix", "extend-after" …
    std::string source;     ///< file with the latents, or a clip that is encoded into latents first
    std::string sha256;     ///< of the file's bytes; empty: not known
    float strength = 1.0F;  ///< share of the noise laid over the source; 1: sampled from noise alone
    std::vector<KeptLatents> kept;
    int window = 0;  ///< output frames of the sampled stretch
    int head = 0;    ///< latent frames of the source in front of the sampled ones
    int from = 0;    ///< sampled latent frames that go into the clip, half-open
    int to = 0;
    int tail = -1;    ///< first latent frame of the source behind the sampled ones; -1: none
    int cut_end = 0;  ///< frames at the end of the decoded clip that are left out
    /// Of a loop: so many frames at the clip's beginning are faded into from what was sampled for them at its end.
    int fade = 0;

    friend bool operator==(const Origin&, const Origin&) = default;
};

/// Latent frames of the clip that comes out, from a source of so many.
[[nodiscard]] int joined_latent_frames(const Origin& origin, int source_latent_frames);

/// Steps of `steps` that are left to do when a clip is noised by that share; one at least.
[[nodiscard]] int steps_at_strength(float strength, int steps);

}  // namespace kinora::core
