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

/// Frames of a clip that a verb makes, from its source or from what was sampled.
struct ClipPart {
    bool made = false;  ///< sampled; else the source's own pictures
    int first = 0;      ///< frames, half-open
    int end = 0;

    friend bool operator==(const ClipPart&, const ClipPart&) = default;
};

/// What a clip was made from by a verb (see core/generation/verbs.h): the latents of another clip, which of them are kept,
/// and how the sampled stretch and the source are put together. Where the new part only follows the source, its latents are
/// added to the source's:
///
///     source    |▒▒▒▒▒▒▒▒▒▒|                     sampled      |▒▒▒▒░░░░░|     (▒ kept, ░ new)
///     clip      |▒▒▒▒▒▒▒▒▒▒░░░░░|   =  source [0, head) + sampled [from, to)    (latent frames)
///
/// Elsewhere `parts` say it in frames: a decoder that comes from other pictures shows kept latents a little differently, so
/// the kept part is decoded by itself (see clip_layout.h).
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
    std::vector<ClipPart> parts{};  ///< the clip, in order; empty: as `head`, `from` and `to` say
    bool loops = false;             ///< the last part leads into the first

    friend bool operator==(const Origin&, const Origin&) = default;
};

/// Frames of the clip that comes out, for a model that makes `stride` frames of a latent frame.
[[nodiscard]] int joined_frames(const Origin& origin, int stride);

/// Steps of `steps` that are left to do when a clip is noised by that share; one at least.
[[nodiscard]] int steps_at_strength(float strength, int steps);

}  // namespace kinora::core
