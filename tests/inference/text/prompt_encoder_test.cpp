#include "inference/text/prompt_encoder.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/zeros.h>
#include <c10/core/InferenceMode.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "inference/text/prompt_cleaning.h"
#include "inference/weights/safetensors.h"
#include "tests/goldens_path.h"
#include "tests/inference/parity.h"

namespace kinora::inference {
namespace {

using core::PromptSpan;

std::filesystem::path model_folder()
{
    return tests::goldens_dir() / "pipelines" / "wan22_ti2v" / "model";
}

PromptEncoder load()
{
    at::set_num_threads(1);
    auto encoder = PromptEncoder::load(model_folder());
    REQUIRE(encoder);
    return *std::move(encoder);
}

std::vector<float> weights_of(const Tokenizer& tokenizer, const std::vector<PromptSpan>& spans)
{
    return tokenize_spans(tokenizer, spans).weights;
}

}  // namespace

TEST_CASE("prompts of whole pipelines get the reference's embeddings", "[parity]")
{
    const c10::InferenceMode inference;
    at::set_num_threads(1);
    int compared = 0;
    for (const auto& pipeline : std::filesystem::directory_iterator(tests::goldens_dir() / "pipelines")) {
        if (!Umt5Config::read(pipeline.path() / "model" / "text_encoder")) continue;  // LTX reads its prompts with T5
        const auto encoder = PromptEncoder::load(pipeline.path() / "model");
        REQUIRE(encoder);
        for (const auto& entry : std::filesystem::directory_iterator(pipeline)) {
            if (entry.path().extension() != ".safetensors") continue;
            auto settings_file = entry.path();
            std::ifstream stream(settings_file.replace_extension(".json"));
            const auto settings = nlohmann::json::parse(stream);
            const auto tensors = load_safetensors(entry.path());
            REQUIRE(tensors);
            tests::Comparison file(entry.path().string(), tensors->tensors());
            for (const auto& [key, name] :
                 {std::pair{"prompt", "prompt_embeds"}, {"negative_prompt", "negative_prompt_embeds"}}) {
                if (!file.contains(name) || !settings.contains(key)) continue;
                const auto encoded = encoder->encode(settings.at(key).get<std::string>());
                REQUIRE(encoded);
                CHECK(encoded->used == file.tensors().at(name).size(1));
                CHECK(encoded->embeddings.size(1) == encoder->tokenizer().max_length());
                file.expect_close(name, encoded->embeddings.narrow(1, 0, encoded->used), 2e-5);
                ++compared;
            }
        }
    }
    CHECK(compared > 0);
}

TEST_CASE("rows past the prompt are zero", "[parity]")
{
    const auto encoder = load();
    const auto encoded = encoder.encode("a cat");
    REQUIRE(encoded);
    CHECK_FALSE(encoded->truncated);
    const auto rest = encoded->embeddings.narrow(1, encoded->used, encoded->embeddings.size(1) - encoded->used);
    CHECK(at::equal(rest, at::zeros(rest.sizes())));
}

TEST_CASE("spans of weight one are the plain prompt, bit for bit", "[parity]")
{
    const auto encoder = load();
    const auto plain = encoder.encode("a red cat on the grass");
    const auto spans =
        encoder.encode(std::vector<PromptSpan>{{.text = "a "}, {.text = "red cat"}, {.text = " on the grass"}});
    REQUIRE(plain);
    REQUIRE(spans);
    CHECK(at::equal(plain->embeddings, spans->embeddings));
}

TEST_CASE("a weight moves its own tokens about the empty prompt and no others", "[parity]")
{
    const auto encoder = load();
    const auto plain = encoder.encode("a red cat");
    const auto empty = encoder.encode("");
    const std::vector<PromptSpan> spans{{.text = "a "}, {.text = "red", .weight = 1.5F}, {.text = " cat"}};
    const auto weighted = encoder.encode(spans);
    REQUIRE(plain);
    REQUIRE(empty);
    REQUIRE(weighted);
    const auto weights = weights_of(encoder.tokenizer(), spans);
    REQUIRE(static_cast<int>(weights.size()) == plain->used);
    int moved = 0;
    for (int row = 0; row < plain->used; ++row) {
        const auto e = plain->embeddings.select(1, row);
        const auto e0 = empty->embeddings.select(1, row);
        const auto weight = weights[static_cast<std::size_t>(row)];
        CHECK(tests::relative_error(weighted->embeddings.select(1, row), e0 + weight * (e - e0)) < 1e-6);
        if (weight != 1.0F) ++moved;
        if (weight == 1.0F) CHECK(at::equal(weighted->embeddings.select(1, row), e));
    }
    CHECK(moved > 0);
    CHECK(moved < plain->used);
}

TEST_CASE("a token takes the weight of the span it begins in, whatever cleaning moved", "[parity]")
{
    const auto encoder = load();
    const auto& tokenizer = encoder.tokenizer();
    const std::vector<PromptSpan> spans{
        {.text = "  \u201ca\u201d \n "}, {.text = " b &amp; c", .weight = 2.0F}, {.text = "  d"}};
    const auto tokens = tokenize_spans(tokenizer, spans);
    CHECK(tokens.text == "\"a\" b & c d");
    const auto all = tokenizer.tokenize(tokens.text);
    const auto b = tokens.text.find('b');
    const auto d = tokens.text.find('d');
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
        CAPTURE(i, all[i].begin);
        CHECK(tokens.weights[i] == (all[i].begin >= b && all[i].begin < d ? 2.0F : 1.0F));
    }
    CHECK(tokens.weights.back() == 1.0F);
}

TEST_CASE("a prompt that is too long is cut before its EOS, and says so", "[parity]")
{
    const auto encoder = load();
    std::string text;
    for (int i = 0; i < encoder.tokenizer().max_length(); ++i)
        text += "cat ";
    const auto encoded = encoder.encode(text);
    REQUIRE(encoded);
    CHECK(encoded->truncated);
    CHECK(encoded->used == encoder.tokenizer().max_length());
}

TEST_CASE("times and impossible weights in a prompt are refused with a way out", "[parity]")
{
    const auto encoder = load();
    const auto timed = encoder.encode(std::vector<PromptSpan>{{.text = "a cat", .first_frame = 0, .end_frame = 12}});
    REQUIRE_FALSE(timed);
    CHECK(timed.error().kind == core::ErrorKind::unsupported);
    const auto broken =
        encoder.encode(std::vector<PromptSpan>{{.text = "a cat", .weight = std::numeric_limits<float>::quiet_NaN()}});
    REQUIRE_FALSE(broken);
    CHECK(broken.error().kind == core::ErrorKind::invalid_argument);
}

TEST_CASE("tokens are counted with EOS against the model's limit", "[parity]")
{
    PromptTokenCounter counter([](const std::string& id) -> core::Result<std::filesystem::path> {
        if (id == "tiny") return model_folder();
        return core::make_error(core::ErrorKind::not_found, "There is no model \"" + id + "\".");
    });
    const auto empty = counter.count("tiny", "  ");
    REQUIRE(empty);
    CHECK(empty->used == 1);
    CHECK(empty->limit == 512);
    CHECK(counter.count("tiny", "a cat")->used > 1);
    CHECK(counter.count("other", "a cat").error().kind == core::ErrorKind::not_found);
}

TEST_CASE("half a model folder says which file is missing")
{
    const auto missing = PromptEncoder::load("/nonexistent/model");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == core::ErrorKind::not_found);
    CHECK(missing.error().message.find("/nonexistent/model/tokenizer") != std::string::npos);
}

}  // namespace kinora::inference
