#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <numeric>
#include <vector>

#include "inference/enhance/enhance_engine.h"
#include "inference/enhance/enhance_models.h"
#include "inference/enhance/ifnet.h"
#include "inference/runtime/cpu.h"
#include "inference/weights/safetensors.h"
#include "tests/inference/parity.h"
#include "tests/scratch_folder.h"

using namespace kinora;
using namespace kinora::inference;

namespace {

template <typename Net>
void save_net(const std::filesystem::path& file, Net net)
{
    std::vector<std::pair<std::string, at::Tensor>> tensors;
    net.for_each_parameter([&](const std::string& name, at::Tensor& tensor) { tensors.emplace_back(name, tensor); });
    REQUIRE(save_safetensors(file, tensors));
}

/// Small networks with random weights where Kinora's own would be.
class Networks {
public:
    Networks()
    {
        at::set_num_threads(1);
        set_cores(1);  // two wait for each other where others compute, too
        for (const std::int64_t scale : {2, 4})
            save_net(folder_ / ("upscale-x" + std::to_string(scale) + ".safetensors"),
                     SrvggNet::create_random({.features = 16, .convolutions = 1, .scale = scale}, 1));
        IfnetConfig config = IfnetConfig::small();
        config.widths = {16, 16, 16, 16};
        config.steps = 1;
        save_net(folder_ / "interpolate.safetensors", Ifnet::create_random(config, 2));
    }
    [[nodiscard]] EnhanceEngine engine() const { return EnhanceEngine(folder_.path()); }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }

private:
    tests::ScratchFolder folder_;
};

/// A frame whose brightness is its number, over a slope so that motion can be seen.
std::vector<float> frame(int width, int height, float level, int shift = 0)
{
    std::vector<float> rgb(static_cast<std::size_t>(width) * height * 3);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            for (int c = 0; c < 3; ++c)
                rgb[(static_cast<std::size_t>(y) * width + x) * 3 + c] =
                    level + 0.2F * std::sin(static_cast<float>(x + shift) * 0.3F + static_cast<float>(c + y) * 0.2F);
    return rgb;
}

core::EnhanceRequest wanted(const char* upscale, const char* interpolate)
{
    core::EnhanceRequest request;
    if (upscale != nullptr) request.upscale = *core::parse_upscale(upscale);
    if (interpolate != nullptr) request.interpolate = *core::parse_interpolate(interpolate);
    request.device = "cpu";
    return request;
}

core::FrameSequence clip_of(const std::vector<std::vector<float>>& frames, int width, int height)
{
    core::FrameSequence clip{static_cast<int>(frames.size()), height, width, core::FrameRate{12}, {}};
    for (const auto& one : frames)
        clip.rgb.insert(clip.rgb.end(), one.begin(), one.end());
    return clip;
}

double mean_of(std::span<const float> frame)
{
    return std::accumulate(frame.begin(), frame.end(), 0.0) / static_cast<double>(frame.size());
}

double largest_difference(std::span<const float> a, std::span<const float> b)
{
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        largest = std::max(largest, static_cast<double>(std::abs(a[i] - b[i])));
    return largest;
}

/// Memory that the process holds now, in bytes.
double resident()
{
    std::ifstream file("/proc/self/statm");
    double pages = 0;
    file >> pages >> pages;
    return pages * static_cast<double>(sysconf(_SC_PAGESIZE));
}

}  // namespace

TEST_CASE("Every factor and rate gives as many frames of the size that was asked for")
{
    const Networks networks;
    auto engine = networks.engine();
    std::vector<std::vector<float>> frames;
    for (int i = 0; i < 5; ++i)
        frames.push_back(frame(40, 24, 0.5F, i));
    const auto clip = clip_of(frames, 40, 24);
    struct Case {
        const char* upscale;
        const char* interpolate;
        int width, height, frames;
    };
    for (const Case& one :
         {Case{"2x", nullptr, 80, 48, 5}, Case{"4x", nullptr, 160, 96, 5}, Case{nullptr, "2x", 40, 24, 10},
          Case{nullptr, "3x", 40, 24, 15}, Case{nullptr, "4x", 40, 24, 20}, Case{nullptr, "25", 40, 24, 11},
          Case{nullptr, "23.976", 40, 24, 10}, Case{nullptr, "8", 40, 24, 4}, Case{"1.5x", "24", 60, 36, 10},
          Case{"128x72", nullptr, 128, 72, 5}, Case{"400x240", nullptr, 400, 240, 5}}) {
        std::int64_t reported = 0;
        const auto made = core::enhance_clip(engine, wanted(one.upscale, one.interpolate), clip,
                                             [&](std::int64_t done, std::int64_t) { reported = done; });
        INFO((one.upscale ? one.upscale : "") << " " << (one.interpolate ? one.interpolate : ""));
        REQUIRE(made);
        CHECK(made->width == one.width);
        CHECK(made->height == one.height);
        CHECK(made->frames == one.frames);
        CHECK(reported == one.frames);
        CHECK(made->rgb.size() == made->frame_size() * static_cast<std::size_t>(made->frames));
    }
}

TEST_CASE("Frames of the source that fall on a frame of the target come through unchanged")
{
    const Networks networks;
    auto engine = networks.engine();
    const auto clip = clip_of({frame(48, 32, 0.4F), frame(48, 32, 0.4F, 2), frame(48, 32, 0.4F, 4)}, 48, 32);
    const auto made = core::enhance_clip(engine, wanted(nullptr, "2x"), clip);
    REQUIRE(made);
    for (int i = 0; i < 3; ++i)
        CHECK(largest_difference(made->frame(2 * i), clip.frame(i)) == 0);
    CHECK(largest_difference(made->frame(5), clip.frame(2)) == 0);  // nothing comes after: it is held
}

TEST_CASE("Nothing is mixed across a cut, and cuts are found in drawn and moved pictures")
{
    const Networks networks;
    auto engine = networks.engine();
    const auto dark = frame(96, 64, 0.2F);
    const auto bright = frame(96, 64, 0.75F);
    const auto made = core::enhance_clip(engine, wanted(nullptr, "4x"), clip_of({dark, dark, bright, bright}, 96, 64));
    REQUIRE(made);
    for (int i = 0; i < made->frames; ++i) {
        const double level = mean_of(made->frame(i));
        INFO("frame " << i << ": " << level);
        CHECK((std::abs(level - mean_of(dark)) < 1e-4 || std::abs(level - mean_of(bright)) < 1e-4));
    }
    CHECK(std::abs(mean_of(made->frame(5)) - mean_of(dark)) < 1e-4);    // nearer to what was before
    CHECK(std::abs(mean_of(made->frame(7)) - mean_of(bright)) < 1e-4);  // nearer to what comes
    std::vector<float> between(dark.size());
    REQUIRE(engine.between(dark, bright, 96, 64, 0.4, between));
    CHECK(largest_difference(between, dark) == 0);
}

TEST_CASE("A still picture stays the same picture to the bit through both networks")
{
    const Networks networks;
    auto engine = networks.engine();
    const auto still = frame(48, 32, 0.5F);
    const auto made = core::enhance_clip(engine, wanted("2x", "3x"), clip_of({still, still, still}, 48, 32));
    REQUIRE(made);
    for (int i = 1; i < made->frames; ++i)
        CHECK(largest_difference(made->frame(i), made->frame(0)) == 0);
}

TEST_CASE("Memory stays flat over two thousand frames")
{
    const Networks networks;
    auto engine = networks.engine();
    constexpr int k_frames = 2000;
    auto run = engine.start(wanted("2x", "2x"), {32, 32, k_frames, core::FrameRate{12}}, {});
    REQUIRE(run);
    std::int64_t seen = 0;
    const core::FrameSink sink = [&](std::span<const float>) -> core::Result<void> {
        ++seen;
        return {};
    };
    double after_warming = 0;
    for (int i = 0; i < k_frames; ++i) {
        if (i == 200) after_warming = resident();
        REQUIRE((*run)->push(frame(32, 32, 0.5F, i % 7), sink));
    }
    REQUIRE((*run)->finish(sink));
    CHECK(seen == 2 * k_frames);
    // What comes out would be 196 MB.
    CHECK(resident() - after_warming < 24e6);
}

TEST_CASE("Enhancing stops when asked to, and says so")
{
    const Networks networks;
    auto engine = networks.engine();
    std::stop_source source;
    auto run = engine.start(wanted("4x", "2x"), {64, 40, 100, core::FrameRate{12}}, source.get_token());
    REQUIRE(run);
    int seen = 0;
    const core::FrameSink sink = [&](std::span<const float>) -> core::Result<void> {
        if (++seen == 3) source.request_stop();
        return {};
    };
    core::Result<void> outcome;
    for (int i = 0; i < 100 && outcome; ++i)
        outcome = (*run)->push(frame(64, 40, 0.5F, i), sink);
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().kind == core::ErrorKind::cancelled);
    CHECK(seen == 3);
}

TEST_CASE("A network that isn't there is named before any work")
{
    const Networks networks;
    auto engine = networks.engine();
    auto request = wanted("2x", nullptr);
    request.upscaler = (networks.folder() / "no-such.pth").string();
    const auto run = engine.start(request, {64, 40, 10, core::FrameRate{12}}, {});
    REQUIRE_FALSE(run);
    CHECK(run.error().message.find("no-such.pth") != std::string::npos);
}

TEST_CASE("An upscaler of an artist's own is applied as often as the size wants")
{
    const Networks networks;
    auto engine = networks.engine();
    auto request = wanted("4x", nullptr);
    request.upscaler = (networks.folder() / "upscale-x2.safetensors").string();
    const auto once = engine.passes(request, 2.0);
    const auto twice = engine.passes(request, 4.0);
    const auto own = engine.passes(wanted("4x", nullptr), 6.0);
    REQUIRE(once);
    REQUIRE(twice);
    REQUIRE(own);
    CHECK(once->size() == 1);
    CHECK(twice->size() == 1);  // filters do what is left, a doubling at most
    CHECK(own->size() == 1);
    CHECK(own->front()->scale() == 4);
}
