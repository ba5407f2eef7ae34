#pragma once

#include <vector>

namespace kinora::core {

/// How latents become a clip where they aren't one piece: a verb keeps the latents of the clip that it was applied to beside
/// those it made, so that what is kept is decoded as it always was. Without parts the latents are decoded as one.
///
///     latents    |▒▒▒▒▒▒▒▒|░░░░░|       two stretches, each decoded by itself
///     clip       |░░░|▒▒▒▒▒▒▒▒▒▒▒▒|     parts: frames of the second, then frames of the first
struct ClipLayout {
    /// Frames [first, end) of what a stretch decodes to.
    struct Part {
        int stretch = 0;
        int first = 0;
        int end = 0;
        friend bool operator==(const Part&, const Part&) = default;
    };
    /// A stretch is led to the pictures of another, so that the cut between both isn't seen: its frame `at` shows the same
    /// as frame `to_frame` of `to`, and what is left between both is added to the frames around it, less and less with the
    /// distance. Done in the order of the list.
    ///
    /// Or frame `at` follows or precedes that one (`beside`): then it isn't let jump further away from it than neighbours
    /// over there are from each other.
    struct Settling {
        int stretch = 0;
        int at = 0;
        int to = 0;
        int to_frame = 0;
        int frames = 0;  ///< that change: behind `at`, or before it if negative; with `beside` from `at` on
        bool beside = false;
        friend bool operator==(const Settling&, const Settling&) = default;
    };

    std::vector<int> stretches;  ///< latent frames of each, in order; their sum is that of the latents
    std::vector<Part> parts;     ///< in the order of the clip
    std::vector<Settling> settlings;

    [[nodiscard]] bool one_piece() const { return parts.empty(); }

    friend bool operator==(const ClipLayout&, const ClipLayout&) = default;
};

}  // namespace kinora::core
