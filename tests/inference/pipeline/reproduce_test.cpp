#include <catch2/catch.hpp>
#include <filesystem>
#include <new>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "core/base/paths.h"
#include "core/generation/recipe_json.h"
#include "inference/pipeline/latent_preview.h"
#include "inference/pipeline/wan_generator.h"
#include "inference/runtime/fault.h"
#include "inference/weights/safetensors.h"
#include "tests/goldens_path.h"
#include "tests/inference/pipeline/own_folders.h"
#include "tests/inference/pipeline/taehv_weights.h"
#include "tests/inference/pipeline/tiny_request.h"

namespace kinora::inference {
namespace {

namespace fs = std::filesystem;

/// How a clip is made again: nothing of it may be seen in its bits.
struct Way {
    const char* name;
    int tightenings;  ///< of the memory plan before the first step: parts for their own stage, weights streamed at use
    bool previews;
};

/// Memory runs out so often before the first block; each time the plan is tightened once.
class TightMemory {
public:
    explicit TightMemory(int times)
    {
        set_fault_hook([times](const char* place) mutable {
            if (std::string("transformer") == place && times-- > 0) throw std::bad_alloc();
        });
    }
    TightMemory(const TightMemory&) = delete;
    TightMemory& operator=(const TightMemory&) = delete;
    ~TightMemory() { set_fault_hook({}); }
};

/// Makes the clip with a generator that has nothing loaded; gives it and how many previews came.
std::pair<core::GeneratedClip, int> make(const std::string& fixture, const core::GenerationRequest& request)
{
    WanGenerator generator([&](const std::string&) -> core::Result<fs::path> {
        return tests::goldens_dir() / "pipelines" / fixture / "model";
    });
    int previews = 0;
    auto clip =
        generator.generate(request, [&](const core::Progress& progress) { previews += progress.preview ? 1 : 0; }, {});
    if (!clip) FAIL(clip.error().message);
    return {*std::move(clip), previews};
}

/// A TAEHV decoder of random numbers where Kinora looks for one.
void put_decoder(std::int64_t channels)
{
    const auto folder = core::data_dir() / "models" / "vae_approx";
    fs::create_directories(folder);
    std::vector<std::pair<std::string, at::Tensor>> tensors;
    const auto weights = tests::taehv_weights(channels, 1);
    for (const auto& [name, tensor] : weights.tensors())
        tensors.emplace_back(name, tensor);
    REQUIRE(save_safetensors(folder / "taew2_1.safetensors", tensors));
}

}  // namespace

TEST_CASE("a recipe gives the same bits with weights kept or streamed, with previews and without")
{
    for (const char* fixture : {"wan21_t2v", "wan22_ti2v", "wan22_a14b_t2v"})
        for (const char* dtype : {"float32", "bfloat16"}) {
            const tests::OwnFolders folders;
            auto wish = tests::tiny_request();
            wish.dtype = dtype;
            const auto [first, no_previews] = make(fixture, wish);
            CHECK(no_previews == 0);  // nothing that shows latents was there yet
            const auto recipe = core::recipe_from_json(core::to_json(first.recipe));
            REQUIRE(recipe);
            const auto request = core::request_from_recipe(*recipe);
            REQUIRE(request);
            // Where nothing is converted the second tightening parts the passes, which is another route.
            const std::vector<Way> ways{{"kept, map", 0, true},
                                        {"a part at a time, map", 1, true},
                                        {"streamed, map", 2, true},
                                        {"streamed, nothing shown", 2, false},
                                        {"a part at a time, nothing shown", 1, false}};
            int streamed = 0;
            for (const Way& way : ways) {
                INFO(fixture << ", " << dtype << ", " << way.name);
                if (!way.previews) fs::remove_all(core::cache_dir());
                const TightMemory tight(way.tightenings);
                const auto [again, previews] = make(fixture, *request);
                CHECK(previews == (way.previews ? first.recipe.steps : 0));
                if (again.recipe.route != first.recipe.route) continue;
                streamed += way.tightenings == 2 ? 1 : 0;
                CHECK(again.recipe.fallbacks.size() == static_cast<std::size_t>(way.tightenings));
                CHECK(again.latents.values == first.latents.values);
                CHECK(again.frames.rgb == first.frames.rgb);
            }
            // The fixtures' weights are stored in bfloat16.
            if (std::string(dtype) == "float32") CHECK(streamed == 2);
        }
}

TEST_CASE("previews through a decoder don't change a clip's bits")
{
    const tests::OwnFolders folders;
    auto wish = tests::tiny_request();
    const auto [without, none] = make("wan21_t2v", wish);
    CHECK(none == 0);
    put_decoder(without.latents.channels);
    const auto [with, ignored] = make("wan21_t2v", wish);
    CHECK(with.recipe.fallbacks.empty());
    CHECK(with.frames.rgb == without.frames.rgb);
    CHECK(with.latents.values == without.latents.values);
}

}  // namespace kinora::inference
