#pragma once

#include <algorithm>
#include <filesystem>
#include <map>
#include <stop_token>
#include <string>

#include "core/base/result.h"
#include "inference/training/scenes/scene_spec.h"
#include "inference/training/training_log.h"

namespace kinora::training {

/// A figure over several clips.
struct Figure {
    double sum = 0;
    double worst = 0;
    int count = 0;

    void add(double value, bool larger_is_worse)
    {
        worst = count == 0 ? value : larger_is_worse ? std::max(worst, value) : std::min(worst, value);
        sum += value;
        ++count;
    }
    [[nodiscard]] double mean() const { return count > 0 ? sum / count : 0; }
};

/// How well a starter goes on from drawn clips.
struct VerbQuality {
    Figure first_frame;                   ///< dB: the given picture, as the clip begins with it
    std::map<std::string, Figure> seams;  ///< by verb: change at the join against the largest within the drawn clip
    double drift = 0;                     ///< of 255: mean colour after the chain of extensions against the second clip's
    int extensions = 0;
    int remixes = 0;         ///< of clips with a subject, into another colour; only where the model has a probe
    int new_colour = 0;      ///< of them, where the probe sees the colour asked for
    int same_direction = 0;  ///< of them, where it sees the drawn clip's direction
};

struct VerbMeasure {
    std::filesystem::path model;
    int clips = 4;        ///< drawn ones, each put through every verb
    int extensions = 10;  ///< of the chain, on the first clip
    World world = World::grown;
};

/// Draws unseen clips and puts each through image to video, extend in both directions, loop, re-cut, blend and remix, and
/// the first one through a chain of extensions, by the engine that the studio uses.
[[nodiscard]] core::Result<VerbQuality> measure_verbs(const VerbMeasure& measure, const Say& say, std::stop_token stop);

/// The figures as lines of a table.
[[nodiscard]] std::string verb_table(const VerbQuality& quality);

}  // namespace kinora::training
