#pragma once

#include <span>
#include <vector>

namespace kinora::inference {

/// A frame made small, to see whether the next one belongs to the same shot.
class FrameGist {
public:
    FrameGist() = default;

    /// `rgb` [height, width, 3] in 0…1.
    FrameGist(std::span<const float> rgb, int width, int height);

    [[nodiscard]] bool empty() const { return cells_.empty(); }

    /// Whether there is a cut between two neighbouring frames: nearly everything has changed, and not because it moved.
    [[nodiscard]] static bool cut_between(const FrameGist& before, const FrameGist& after);

    /// What the decision is made from: share of the colours that are others (0…1), and mean change of the cells that is left
    /// after each was compared with the cells around it (0…1).
    struct Change {
        float colours = 0;
        float cells = 0;
    };
    [[nodiscard]] static Change change(const FrameGist& before, const FrameGist& after);

private:
    std::vector<float> cells_;    ///< colour of each cell, three numbers
    std::vector<float> colours_;  ///< share of the pixels in each bin of colour
};

}  // namespace kinora::inference
