#include "core/media/frame_encoder.h"

#include <catch2/catch.hpp>
#include <vector>

#include "core/base/scheduling_guard.h"
#include "core/export/presets.h"

using namespace kinora;
using namespace kinora::media;

TEST_CASE("An encoder that is given up at any picture lets go of its threads")
{
    const std::vector<float> grey(std::size_t{256} * 128 * 3, 0.5F);
    const auto put = [](AVPacket&) -> core::Result<void> { return {}; };
    for (const char* name : {"av1-10bit", "h265-10bit", "h264-review", "prores-422-hq"}) {
        const auto preset = find_preset(name);
        INFO(name);
        REQUIRE(preset);
        for (const int pictures : {0, 1, 2, 7, 30, 60}) {
            INFO(pictures << " pictures");
            auto encoder = FrameEncoder::open((*preset)->encoder, {256, 128, core::FrameRate{24}, true, "film.mp4"});
            REQUIRE(encoder);
            for (int picture = 0; picture < pictures; ++picture)
                REQUIRE((*encoder)->send(grey, {}, put));
        }
    }
}

TEST_CASE("No encoder makes a thread more urgent than the rest of the machine, whoever runs it")
{
    const std::vector<float> grey(std::size_t{256} * 128 * 3, 0.5F);
    const auto put = [](AVPacket&) -> core::Result<void> { return {}; };
    const auto before = core::real_time_threads();
    for (const Preset& preset : presets()) {
        if (preset.encoder.pictures()) continue;
        INFO(preset.id);
        auto encoder = FrameEncoder::open(preset.encoder, {256, 128, core::FrameRate{24}, true, "film.mp4"});
        if (!encoder) continue;  // shapes that it doesn't take
        REQUIRE((*encoder)->send(grey, {}, put));
        CHECK(core::real_time_threads() == before);
    }
}
