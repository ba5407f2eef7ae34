#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/generation/enhance.h"
#include "inference/enhance/interpolator.h"
#include "inference/enhance/upscaler.h"

namespace kinora::inference {

/// Enlarges clips and makes frames between frames, with Kinora's own networks or with files that the artist names. Networks
/// stay loaded. Not thread-safe.
class EnhanceEngine final : public core::Enhancer {
public:
    /// `own`: the folder with Kinora's networks; empty: that of the resources.
    explicit EnhanceEngine(std::filesystem::path own = {}) : own_(std::move(own)) {}

    [[nodiscard]] core::Result<std::unique_ptr<core::EnhanceRun>> start(const core::EnhanceRequest& request,
                                                                        const core::ClipShape& clip,
                                                                        std::stop_token stop) override;

    [[nodiscard]] core::Result<void> between(std::span<const float> before, std::span<const float> after, int width,
                                             int height, double phase, std::span<float> out) override;

    /// The passes through upscalers that enlarge by `factor` or nearly so; the rest, at most a doubling, is filtered.
    /// Exposed for tests.
    using Passes = std::vector<std::shared_ptr<const Upscaler>>;
    [[nodiscard]] core::Result<Passes> passes(const core::EnhanceRequest& request, double factor);

    /// "kinora" or the path of a file.
    [[nodiscard]] core::Result<std::shared_ptr<const Interpolator>> interpolator(const core::EnhanceRequest& request);

private:
    struct Place {
        at::Device device = at::kCPU;
        at::ScalarType dtype = at::kFloat;
    };
    [[nodiscard]] static core::Result<Place> place_of(const core::EnhanceRequest& request);
    [[nodiscard]] core::Result<std::filesystem::path> own_file(const std::string& name) const;
    [[nodiscard]] core::Result<std::shared_ptr<const Upscaler>> upscaler(const std::filesystem::path& file,
                                                                         const Place& place);

    std::filesystem::path own_;
    std::map<std::string, std::shared_ptr<const Upscaler>> upscalers_;
    std::map<std::string, std::shared_ptr<const Interpolator>> interpolators_;
};

}  // namespace kinora::inference
