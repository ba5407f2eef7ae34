#include "core/export/enhanced_source.h"

#include <catch2/catch.hpp>

using namespace kinora;
using namespace kinora::media;

namespace {

/// Shows every frame as often as the rates ask for; fails at a frame, if one is named.
class RepeatingEnhancer final : public core::Enhancer {
public:
    explicit RepeatingEnhancer(int fails_at = -1) : fails_at_(fails_at) {}

    core::Result<std::unique_ptr<core::EnhanceRun>> start(const core::EnhanceRequest& request, const core::ClipShape& clip,
                                                          std::stop_token stop) override
    {
        ++starts;
        const auto plan = core::plan_enhance(request, clip);
        if (!plan) return plan.error();
        return std::unique_ptr<core::EnhanceRun>(std::make_unique<Run>(*plan, clip, fails_at_, std::move(stop)));
    }

    core::Result<void> between(std::span<const float>, std::span<const float>, int, int, double, std::span<float>) override
    {
        return {};
    }

    int starts = 0;

private:
    struct Run final : core::EnhanceRun {
        Run(core::EnhancePlan what, core::ClipShape source, int failing, std::stop_token token)
            : planned(what), clip(source), fails_at(failing), stop(std::move(token))
        {
        }
        [[nodiscard]] const core::EnhancePlan& plan() const override { return planned; }
        core::Result<void> push(std::span<const float> rgb, const core::FrameSink& sink) override
        {
            if (stop.stop_requested()) return core::make_error(core::ErrorKind::cancelled, "Stopped.");
            if (pushed++ == fails_at) return core::make_error(core::ErrorKind::out_of_memory, "Memory ran out.");
            for (; made < planned.shape.frames; ++made) {
                if (core::place_of_frame(made, clip.rate, planned.shape.rate, clip.frames).frame >= pushed) break;
                if (auto shown = sink(rgb); !shown) return shown;
            }
            return {};
        }
        core::Result<void> finish(const core::FrameSink&) override { return {}; }

        core::EnhancePlan planned;
        core::ClipShape clip;
        int fails_at;
        std::stop_token stop;
        std::int64_t pushed = 0;
        std::int64_t made = 0;
    };
    int fails_at_;
};

/// Frames whose every value is their number.
std::shared_ptr<MemorySource> numbered(int frames, core::FrameRate rate)
{
    auto clip = std::make_shared<core::FrameSequence>(core::FrameSequence{frames, 2, 2, rate, {}});
    for (int frame = 0; frame < frames; ++frame)
        clip->rgb.insert(clip->rgb.end(), clip->frame_size(), static_cast<float>(frame));
    return std::make_shared<MemorySource>(clip);
}

core::EnhanceRequest twice_as_fast()
{
    core::EnhanceRequest request;
    request.interpolate = core::RateTarget{2, core::FrameRate{24}};
    return request;
}

}  // namespace

TEST_CASE("an enhanced source makes its frames as they are asked for, and begins anew for a jump back")
{
    const auto enhancer = std::make_shared<RepeatingEnhancer>();
    const auto source = EnhancedSource::create(numbered(6, core::FrameRate{12}), twice_as_fast(), enhancer, nullptr);
    REQUIRE(source);
    CHECK((*source)->info().frames == 12);
    CHECK((*source)->info().rate == core::FrameRate{24});
    const auto some = (*source)->frames({3, 6}, {});
    REQUIRE(some);
    CHECK(some->frames == 3);
    CHECK(some->frame(0)[0] == 1.0F);
    CHECK(some->frame(2)[0] == 2.0F);
    const auto end = (*source)->frames({9, 12}, {});
    REQUIRE(end);
    CHECK(end->frame(2)[0] == 5.0F);
    CHECK(enhancer->starts == 1);
    const auto again = (*source)->frames({0, 2}, {});
    REQUIRE(again);
    CHECK(again->frame(0)[0] == 0.0F);
    CHECK(enhancer->starts == 2);
    CHECK_FALSE((*source)->frames({11, 13}, {}));
    CHECK_FALSE((*source)->frames({-1, 2}, {}));
}

TEST_CASE("where enhancing fails the take's own clip is shown and the reason told; a cancel is a cancel")
{
    const auto fallback = numbered(12, core::FrameRate{24});
    const auto source = EnhancedSource::create(numbered(6, core::FrameRate{12}), twice_as_fast(),
                                               std::make_shared<RepeatingEnhancer>(2), fallback);
    REQUIRE(source);
    REQUIRE((*source)->frames({0, 3}, {}));
    CHECK((*source)->note().empty());
    const auto part = (*source)->frames({3, 6}, {});
    REQUIRE(part);
    CHECK(part->frame(0)[0] == 3.0F);
    CHECK((*source)->note() == "Memory ran out.");
    const auto whole = EnhancedSource::create(numbered(6, core::FrameRate{12}), twice_as_fast(),
                                              std::make_shared<RepeatingEnhancer>(), fallback);
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = (*whole)->frames({0, 3}, stop.get_token());
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().kind == core::ErrorKind::cancelled);
}
