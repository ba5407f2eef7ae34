#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/full.h>
#include <ATen/ops/zeros.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <new>

#include "inference/pipeline/conditioning.h"
#include "inference/pipeline/decode.h"
#include "inference/pipeline/latent_preview.h"
#include "inference/pipeline/latents_file.h"
#include "inference/weights/safetensors.h"

namespace kinora::inference {
namespace {

std::filesystem::path scratch(const std::string& name)
{
    const auto folder = std::filesystem::temp_directory_path() / ("kinora_stages_" + name);
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    return folder;
}

core::Recipe small_recipe()
{
    core::Recipe recipe;
    recipe.prompt = "a kite";
    recipe.model_id = "starter";
    recipe.width = 64;
    recipe.height = 32;
    recipe.frames = 5;
    recipe.rate = core::FrameRate(12);
    recipe.steps = 4;
    return recipe;
}

SavedLatents small_latents()
{
    SavedLatents saved;
    saved.latents = {.model_id = "starter", .channels = 2, .frames = 2, .height = 1, .width = 3, .values = {}};
    for (int index = 0; index < 12; ++index)
        saved.latents.values.push_back(0.5F * static_cast<float>(index));
    saved.recipe = small_recipe();
    saved.steps_done = 3;
    return saved;
}

at::Tensor grey_video()
{
    return at::zeros({1, 3, 5, 32, 64});
}

}  // namespace

TEST_CASE("saved latents come back with their recipe and how far they got")
{
    const auto file = scratch("latents") / "deeper" / "take.safetensors";
    REQUIRE(save_latents(file, small_latents()));
    const auto back = load_latents(file);
    REQUIRE(back);
    CHECK(back->latents.values == small_latents().latents.values);
    CHECK(back->latents.width == 3);
    CHECK(back->recipe == small_recipe());
    CHECK(back->steps_done == 3);
    CHECK_FALSE(back->complete());
}

TEST_CASE("a latents file that is missing, torn or something else is refused with its name")
{
    const auto folder = scratch("torn");
    CHECK(load_latents(folder / "none.safetensors").error().kind == core::ErrorKind::not_found);
    std::ofstream(folder / "torn.safetensors") << "not safetensors";
    const auto torn = load_latents(folder / "torn.safetensors");
    REQUIRE_FALSE(torn);
    CHECK(torn.error().kind == core::ErrorKind::corrupt);
    CHECK_THAT(torn.error().message, Catch::Contains("torn.safetensors"));
    REQUIRE(save_safetensors(folder / "other.safetensors", {{"weight", at::zeros({2})}}));
    CHECK(load_latents(folder / "other.safetensors").error().kind == core::ErrorKind::corrupt);
    REQUIRE(save_safetensors(folder / "bare.safetensors", {{"latents", at::zeros({1, 1, 1, 1})}}));
    CHECK_THAT(load_latents(folder / "bare.safetensors").error().message, Catch::Contains("recipe"));
}

TEST_CASE("decoding that runs out of memory goes on in smaller pieces and says so")
{
    std::vector<DecodeRoute> tried;
    const auto only_tiles_fit = [&](DecodeRoute route) {
        tried.push_back(route);
        if (route != DecodeRoute::tiles) throw std::bad_alloc();
        return grey_video();
    };
    const auto clip = decode_with_fallbacks(only_tiles_fit, DecodeRoute::whole_clip, core::FrameRate(12), {});
    REQUIRE(clip);
    CHECK((tried == std::vector{DecodeRoute::whole_clip, DecodeRoute::causal_cache, DecodeRoute::tiles}));
    CHECK(clip->route == DecodeRoute::tiles);
    CHECK(clip->fallbacks.size() == 2);
    CHECK(clip->frames.frames == 5);
    CHECK(clip->frames.rgb.front() == 0.5F);
    CHECK(tiling_name(clip->route) != "none");
    CHECK(route_of_recipe(route_name(clip->route), tiling_name(clip->route)) == DecodeRoute::tiles);
}

TEST_CASE("decoding that never fits reports memory, other failures aren't retried, a stop is heeded")
{
    const auto never = [](DecodeRoute) -> at::Tensor { throw std::bad_alloc(); };
    CHECK(decode_with_fallbacks(never, DecodeRoute::whole_clip, core::FrameRate(12), {}).error().kind ==
          core::ErrorKind::out_of_memory);
    int calls = 0;
    const auto broken = [&](DecodeRoute) -> at::Tensor {
        ++calls;
        throw std::runtime_error("broken");
    };
    CHECK(decode_with_fallbacks(broken, DecodeRoute::whole_clip, core::FrameRate(12), {}).error().kind ==
          core::ErrorKind::internal);
    CHECK(calls == 1);
    std::stop_source stop;
    stop.request_stop();
    const auto fine = [](DecodeRoute) { return grey_video(); };
    CHECK(decode_with_fallbacks(fine, DecodeRoute::whole_clip, core::FrameRate(12), stop.get_token()).error().kind ==
          core::ErrorKind::cancelled);
}

TEST_CASE("a preview fitted to pictures that depend linearly on latents gives them back, also from its file")
{
    const auto cells = at::arange(2 * 3 * 3 * 2 * 4, at::kFloat).mul(0.37).sin().view({2, 3, 3, 2, 4});
    // Each channel is a colour; a cell is a plain square of 16 pixels; a later latent frame holds four equal pictures.
    const auto first = cells.narrow(2, 0, 1);
    const auto later = cells.narrow(2, 1, 2).repeat_interleave(4, 2);
    const auto video = (at::cat(at::TensorList{first, later}, 2) * 0.5).repeat_interleave(16, 3).repeat_interleave(16, 4);
    const auto preview = LatentPreview::fit(cells, video);
    CHECK(preview.channels() == 3);
    const auto values = preview.picture_values(cells.narrow(0, 0, 1));
    CHECK(values.sizes() == at::IntArrayRef({3, 3, 8, 16}));
    const auto expected = ((cells[0] * 0.5 + 1) / 2).transpose(0, 1).repeat_interleave(4, 2).repeat_interleave(4, 3);
    CHECK((values - expected).abs().max().item<float>() < 1e-3F);

    const auto file = scratch("preview") / "latent_rgb.json";
    REQUIRE(preview.save(file));
    const auto back = LatentPreview::load(file);
    REQUIRE(back);
    CHECK(at::equal(back->picture_values(cells.narrow(0, 0, 1)), values));
    const auto pictures = back->apply(cells.narrow(0, 0, 1));
    REQUIRE(pictures.size() == 3);
    CHECK(pictures[0].width == 16);
    CHECK(pictures[0].rgb.size() == 8 * 16 * 3);
}

TEST_CASE("in a preview the cells of latents run into each other, and what is flat stays flat")
{
    // A map from one channel to grey; two cells beside each other, one black, one white.
    const auto grey = at::arange(2 * 1 * 2 * 2 * 4, at::kFloat).mul(0.37).sin().view({2, 1, 2, 2, 4});
    const auto video = at::cat(at::TensorList{grey.narrow(2, 0, 1), grey.narrow(2, 1, 1).repeat_interleave(4, 2)}, 2)
                           .repeat_interleave(3, 1)
                           .repeat_interleave(16, 3)
                           .repeat_interleave(16, 4);
    const auto preview = LatentPreview::fit(grey, video);
    const auto cells = at::full({1, 1, 1, 2, 4}, -1.0F);
    cells.narrow(4, 2, 2).fill_(1.0F);
    const auto picture = preview.apply(cells).front();
    REQUIRE(picture.width == 16);
    const auto value_at = [&](int x) { return static_cast<int>(picture.rgb[static_cast<std::size_t>(3 * x)]); };
    CHECK(value_at(0) <= 1);
    CHECK(value_at(15) >= 254);
    for (int x = 1; x < 16; ++x) {
        CHECK(value_at(x) >= value_at(x - 1));
        CHECK(value_at(x) - value_at(x - 1) <= 255 / 4 + 1);
    }
    CHECK(value_at(7) + value_at(8) == Approx(255).margin(2));
    const auto flat = preview.apply(at::full({1, 1, 1, 2, 4}, 0.25F)).front();
    for (const auto value : flat.rgb)
        CHECK(std::abs(value - 255 * 0.625F) <= 1.0F);
}

TEST_CASE("a preview file that is damaged is refused with its name")
{
    const auto folder = scratch("preview_damaged");
    for (const char* text :
         {"{}", R"({"scale":4,"first":[],"later":[]})", R"({"scale":1,"first":[[1,2,3],[1,2]],"later":[[1,2,3],[1,2,3]]})",
          R"({"scale":1,"first":[[1,2,3],[1,2,"x"]],"later":[[1,2,3],[1,2,3]]})", R"({"scale":0})", "nonsense"}) {
        std::ofstream(folder / "latent_rgb.json") << text;
        const auto preview = LatentPreview::load(folder / "latent_rgb.json");
        INFO(text);
        REQUIRE_FALSE(preview);
        CHECK(preview.error().kind == core::ErrorKind::corrupt);
        CHECK_THAT(preview.error().message, Catch::Contains("latent_rgb.json"));
    }
}

TEST_CASE("a picture is scaled to cover the clip and cut to its middle")
{
    core::FrameSequence wide{.frames = 1, .height = 32, .width = 128, .rate = core::FrameRate(12), .rgb = {}};
    for (int y = 0; y < 32; ++y)
        for (int x = 0; x < 128; ++x)
            for (int channel = 0; channel < 3; ++channel)
                wide.rgb.push_back(x < 64 ? 0.0F : 1.0F);
    const auto video = fit_pictures(wide, 64, 64);
    CHECK(video.sizes() == at::IntArrayRef({1, 3, 1, 64, 64}));
    CHECK(video[0][0][0][10][2].item<float>() == Approx(-1.0F).margin(1e-3));
    CHECK(video[0][0][0][10][61].item<float>() == Approx(1.0F).margin(1e-3));
    CHECK(std::abs(video[0][0][0][10][31].item<float>() + video[0][0][0][10][32].item<float>()) < 0.05F);
    const auto same = fit_pictures(wide, 128, 32);
    CHECK(same[0][0][0][3][70].item<float>() == 1.0F);
}

}  // namespace kinora::inference
