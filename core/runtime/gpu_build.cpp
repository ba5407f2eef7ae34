#include "core/runtime/gpu_build.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace kinora::core {
namespace {

int driver_release(const GraphicsCard& card)
{
    int release = 0;
    std::from_chars(card.driver.data(), card.driver.data() + card.driver.size(), release);
    return release;
}

std::string capability_text(int capability)
{
    return fmt::format("{}.{}", capability / 10, capability % 10);
}

bool is_nvidia(const GraphicsCard& card)
{
    return card.vendor == "NVIDIA";
}

/// Why a card can't run a build; empty if it can.
std::string obstacle(const GraphicsCard& card, const GpuBuild& build)
{
    if (driver_release(card) < build.least_driver)
        return fmt::format("{} needs driver {} or newer, this is {}", build.title, build.least_driver, card.driver);
    if (card.capability != 0 && card.capability < build.least_capability) {
        return fmt::format("{} needs compute capability {} or newer, {} has {}", build.title,
                           capability_text(build.least_capability), card.name, capability_text(card.capability));
    }
    return {};
}

}  // namespace

const std::vector<GpuBuild>& gpu_builds()
{
    // Drivers and cards: NVIDIA's release notes of the toolkits, and the architectures that the wheels are built for.
    static const std::vector<GpuBuild> builds{
        {"cuda-13.0", "CUDA 13.0", "torch===" KINORA_LIBTORCH_VERSION, "", 580, 75, 2.5},
        {"cuda-12.6", "CUDA 12.6", "torch===" KINORA_LIBTORCH_VERSION "+cu126", "https://download.pytorch.org/whl/cu126",
         525, 50, 3.1}};
    return builds;
}

const GpuBuild* gpu_build(const std::string& id)
{
    const auto& all = gpu_builds();
    const auto found = std::find_if(all.begin(), all.end(), [&](const GpuBuild& build) { return build.id == id; });
    return found == all.end() ? nullptr : &*found;
}

std::string gpu_build_obstacle(const std::vector<GraphicsCard>& cards, const GpuBuild& build)
{
    const auto card = std::find_if(cards.begin(), cards.end(), is_nvidia);
    if (card == cards.end()) return fmt::format("{} needs a card of NVIDIA's", build.title);
    if (card->driver.empty()) return fmt::format("{} needs NVIDIA's driver {} or newer", build.title, build.least_driver);
    return obstacle(*card, build);
}

GpuAdvice advise_gpu_build(const std::vector<GraphicsCard>& cards)
{
    const auto card = std::find_if(cards.begin(), cards.end(), is_nvidia);
    if (card == cards.end()) {
        return {std::nullopt, cards.empty() ? "No graphics card was found, so Kinora works on the processor."
                                            : fmt::format("{} can't be used yet, only NVIDIA's cards can; Kinora works on "
                                                          "the processor.",
                                                          cards.front().name)};
    }
    if (card->driver.empty()) {
        return {std::nullopt,
                "There is an NVIDIA card, but its driver doesn't answer: install NVIDIA's driver 580 or newer first."};
    }
    std::string first_obstacle;
    for (const GpuBuild& build : gpu_builds()) {
        const std::string why_not = obstacle(*card, build);
        if (why_not.empty()) {
            return {build, fmt::format("{} with driver {} can run {}{}.", card->name, card->driver, build.title,
                                       first_obstacle.empty() ? std::string() : " (" + first_obstacle + ")")};
        }
        if (first_obstacle.empty()) first_obstacle = why_not;
    }
    return {std::nullopt, first_obstacle + "; Kinora works on the processor."};
}

}  // namespace kinora::core
