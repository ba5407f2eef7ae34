#include "inference/training/starter_evaluation.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "core/base/ids.h"
#include "inference/training/frechet.h"
#include "inference/training/scene_batch.h"
#include "inference/training/scenes/caption.h"
#include "inference/weights/safetensors.h"
#include "tests/paths.h"

using namespace kinora;
using namespace kinora::training;

namespace {

const Say k_silent = [](const std::string&) {};

/// Phrases of the list that the other one has too.
std::vector<std::string_view> shared(const Phrases& held_out, const Phrases& trained)
{
    std::vector<std::string_view> both;
    std::copy_if(held_out.begin(), held_out.end(), std::back_inserter(both), [&](std::string_view phrase) {
        return std::find(trained.begin(), trained.end(), phrase) != trained.end();
    });
    return both;
}

template <typename Lists>
void check_apart(const Lists& held_out, const Lists& trained)
{
    for (std::size_t i = 0; i < held_out.size(); ++i) {
        const auto both = shared(held_out[i], trained[i]);
        INFO((both.empty() ? std::string_view() : both.front()));
        CHECK(both.empty());
        CHECK(held_out[i].empty() == trained[i].empty());
    }
}

/// The published starter with a random probe beside it.
struct ModelWithProbe {
    std::filesystem::path path = std::filesystem::temp_directory_path() / ("kinora-evaluation-" + core::make_id());
    ModelWithProbe()
    {
        std::filesystem::copy(tests::source_dir() / "resources" / "models" / "starter", path,
                              std::filesystem::copy_options::recursive);
        Probe probe = Probe::create_random(1);
        std::vector<std::pair<std::string, at::Tensor>> tensors;
        probe.for_each_parameter([&](const std::string& name, at::Tensor& tensor) { tensors.emplace_back(name, tensor); });
        REQUIRE(inference::save_safetensors(path / "probe.safetensors", tensors));
    }
    ~ModelWithProbe() { std::filesystem::remove_all(path); }
};

}  // namespace

TEST_CASE("Held-out wordings say the same things in phrases that training never uses")
{
    const Grammar& held_out = held_out_grammar();
    const Grammar& trained = english_grammar();
    check_apart(held_out.times, trained.times);
    check_apart(held_out.weathers, trained.weathers);
    check_apart(held_out.lights, trained.lights);
    check_apart(held_out.cameras, trained.cameras);
    check_apart(held_out.speeds, trained.speeds);
    check_apart(held_out.styles, trained.styles);
    check_apart(held_out.relations, trained.relations);
    check_apart(held_out.changes, trained.changes);
    check_apart(held_out.places_around, trained.places_around);
    check_apart(held_out.places_on, trained.places_on);
    check_apart(held_out.places_alone, trained.places_alone);
    for (std::size_t i = 0; i < held_out.motions.size(); ++i)
        CHECK(shared(held_out.motions[i].directions, trained.motions[i].directions).empty());
}

TEST_CASE("Held-out captions name what is seen, and none of them is one of training")
{
    PortableRandom random(31);
    std::set<std::string> trained;
    for (auto& text : sample_captions(6000, random, World::grown))
        trained.insert(std::move(text));
    CHECK(std::none_of(trained.begin(), trained.end(),
                       [](const std::string& text) { return text.find("e see ") != std::string::npos; }));
    int subjects = 0;
    for (int i = 0; i < 1000; ++i) {
        const SceneSpec spec = random_spec(random, World::grown);
        const std::string text = held_out_caption(spec, random);
        INFO(text);
        CHECK_FALSE(trained.contains(text));
        CHECK(text.find('{') == std::string::npos);
        CHECK(text.find("  ") == std::string::npos);
        if (spec.subject == Subject::none) continue;
        ++subjects;
        const auto& colours = english_grammar().colours[static_cast<std::size_t>(spec.colour)];
        CHECK(std::any_of(colours.begin(), colours.end(),
                          [&](const ColourWord& word) { return text.find(word.stem) != std::string::npos; }));
    }
    CHECK(subjects > 600);
}

TEST_CASE("The Frechet distance is zero for the same clips, that of means and spreads for normal ones")
{
    at::set_num_threads(1);
    const at::Tensor first = normal_noise({4000, 3}, 1);
    CHECK(frechet_distance(first, first) == Approx(0.0).margin(1e-6));
    CHECK(frechet_distance(first, first + 2.0) == Approx(12.0).margin(1e-6));
    // Three times the spread in each of three directions: (3 − 1)² for each.
    CHECK(frechet_distance(first, normal_noise({4000, 3}, 2) * 3.0) == Approx(12.0).epsilon(0.06));
    CHECK(frechet_distance(normal_noise({5, 8}, 3), normal_noise({5, 8}, 4)) > 0);
}

TEST_CASE("The starter's verbs are measured on drawn clips")
{
    at::set_num_threads(1);
    VerbMeasure measure;
    // A probe that knows nothing: the remix is made and asked about.
    const ModelWithProbe model;
    measure.model = model.path;
    measure.clips = 1;
    measure.extensions = 2;
    measure.world = world_of(measure.model);
    const auto quality = measure_verbs(measure, k_silent, {});
    REQUIRE(quality);
    CHECK(quality->first_frame.count == 1);
    CHECK(quality->first_frame.mean() > 20);
    for (const char* verb : {"extend after", "extend before", "loop", "re-cut", "blend"}) {
        INFO(verb);
        REQUIRE(quality->seams.contains(verb));
        CHECK(quality->seams.at(verb).mean() > 0);
    }
    CHECK(quality->extensions == 2);
    CHECK(quality->remixes == 1);
    CHECK(quality->new_colour <= quality->remixes);
    const std::string table = verb_table(*quality);
    CHECK(table.find("new colour") != std::string::npos);
    UNSCOPED_INFO(table);
    CHECK(table.find("drift") != std::string::npos);
    CHECK(table.find("blend") != std::string::npos);
    measure.model = measure.model / "nowhere";
    CHECK_FALSE(measure_verbs(measure, k_silent, {}));
}

TEST_CASE("The evaluation's table tells mistakes, distance and seams")
{
    Evaluation evaluation;
    evaluation.probe[Attribute::subject] = {.asked = 4, .right = 3, .by_chance = 1, .drawn = 8, .drawn_right = 7};
    evaluation.confusion[Attribute::subject][{static_cast<int>(Subject::heart), static_cast<int>(Subject::star)}] = 1;
    evaluation.frechet = 12.5;
    evaluation.verbs = VerbQuality{};
    evaluation.verbs->seams["loop"].add(1.1, true);
    evaluation.vae.shapes = {{PictureSize{256, 256}, 31.0}};
    const std::string table = evaluation_table(evaluation);
    for (const char* part : {"heart seen as star 1x", "12.50", "loop", "256x256", "75.0 %", "drawn clips 87.5 %"}) {
        INFO(part);
        CHECK(table.find(part) != std::string::npos);
    }
}
