#include "tests/ui/test_enhancer.h"

#include <algorithm>
#include <thread>
#include <utility>
#include <vector>

namespace kinora::tests {
namespace {

class PlainRun final : public core::EnhanceRun {
public:
    PlainRun(core::EnhancePlan plan, core::ClipShape clip, std::stop_token stop, std::shared_ptr<std::atomic<bool>> held)
        : plan_(plan), clip_(clip), stop_(std::move(stop)), held_(std::move(held))
    {
    }

    [[nodiscard]] const core::EnhancePlan& plan() const override { return plan_; }

    core::Result<void> push(std::span<const float> rgb, const core::FrameSink& sink) override
    {
        while (pushed_ == 4 && *held_ && !stop_.stop_requested())
            std::this_thread::yield();
        if (stop_.stop_requested()) return core::make_error(core::ErrorKind::cancelled, "Stopped.");
        const bool last = ++pushed_ == clip_.frames;
        const std::vector<float> large = enlarged(rgb);
        while (made_ < plan_.shape.frames) {
            const auto place = core::place_of_frame(made_, clip_.rate, plan_.shape.rate, clip_.frames);
            if (!last && place.frame >= pushed_) break;
            if (auto shown = sink(large); !shown) return shown;
            ++made_;
        }
        return {};
    }

    core::Result<void> finish(const core::FrameSink&) override { return {}; }

private:
    [[nodiscard]] std::vector<float> enlarged(std::span<const float> rgb) const
    {
        const auto& shape = plan_.shape;
        std::vector<float> out(static_cast<std::size_t>(shape.width) * shape.height * 3);
        for (int y = 0; y < shape.height; ++y)
            for (int x = 0; x < shape.width; ++x) {
                const int from_x = plan_.cut.left + x * plan_.cut.width / shape.width;
                const int from_y = plan_.cut.top + y * plan_.cut.height / shape.height;
                const auto from = (static_cast<std::size_t>(from_y) * clip_.width + from_x) * 3;
                std::copy_n(rgb.begin() + static_cast<std::ptrdiff_t>(from), 3,
                            out.begin() + (static_cast<std::ptrdiff_t>(y) * shape.width + x) * 3);
            }
        return out;
    }

    core::EnhancePlan plan_;
    core::ClipShape clip_;
    std::stop_token stop_;
    std::shared_ptr<std::atomic<bool>> held_;
    std::int64_t pushed_ = 0;
    std::int64_t made_ = 0;
};

}  // namespace

core::Result<std::unique_ptr<core::EnhanceRun>> PlainEnhancer::start(const core::EnhanceRequest& request,
                                                                     const core::ClipShape& clip, std::stop_token stop)
{
    const auto plan = core::plan_enhance(request, clip);
    if (!plan) return plan.error();
    return std::unique_ptr<core::EnhanceRun>(std::make_unique<PlainRun>(*plan, clip, std::move(stop), held));
}

core::Result<void> PlainEnhancer::between(std::span<const float> before, std::span<const float> after, int, int,
                                          double phase, std::span<float> out)
{
    std::copy_n((phase < 0.5 ? before : after).begin(), out.size(), out.begin());
    return {};
}

}  // namespace kinora::tests
