#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/runtime/graphics_card.h"

namespace kinora::core {

/// A build of libtorch for graphics cards that can be installed beside the one that Kinora comes with.
struct GpuBuild {
    std::string id;           ///< "cuda-13.0": what `kinora-cli runtime install` takes
    std::string title;        ///< "CUDA 13.0"
    std::string requirement;  ///< what pip is asked for: "torch===2.13.0"
    std::string index;        ///< the package index; empty: pip's own
    int least_driver = 0;     ///< major version of NVIDIA's driver
    int least_capability = 0;
    double about_gb = 0;  ///< to download, in 10⁹ bytes
};

/// All builds of the libtorch release that this program was made with, the newest first.
[[nodiscard]] const std::vector<GpuBuild>& gpu_builds();
[[nodiscard]] const GpuBuild* gpu_build(const std::string& id);

/// Why no card of a machine can run a build, in a few words; empty if one can.
[[nodiscard]] std::string gpu_build_obstacle(const std::vector<GraphicsCard>& cards, const GpuBuild& build);

/// Which build fits the cards of a machine, and why that one or none: one sentence.
struct GpuAdvice {
    std::optional<GpuBuild> build;
    std::string reason;
};
[[nodiscard]] GpuAdvice advise_gpu_build(const std::vector<GraphicsCard>& cards);

}  // namespace kinora::core
