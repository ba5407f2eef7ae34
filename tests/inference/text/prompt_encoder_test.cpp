#include "inference/text/prompt_encoder.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/zeros.h>
#include <c10/core/InferenceMode.h>

#include <catch2/catch.hpp>
#include <fstream>
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

/// Tokenizer and encoder of a model folder.
struct TextModel {
    Tokenizer tokenizer;
    Umt5Encoder encoder;

    static TextModel load(const std::filesystem::path& folder)
    {
        at::set_num_threads(1);
        auto tokenizer = Tokenizer::load(folder / "tokenizer");
        REQUIRE(tokenizer);
        const auto config = Umt5Config::read(folder / "text_encoder");
        REQUIRE(config);
        auto weights = load_part(folder / "text_encoder");
        REQUIRE(weights);
        auto encoder = Umt5Encoder::load(*config, *weights);
        REQUIRE(encoder);
        return {*std::move(tokenizer), *std::move(encoder)};
    }

    [[nodiscard]] EncodedPrompt encode(const std::vector<PromptSpan>& spans) const
    {
        return encode_prompt(tokenizer, encoder, spans);
    }
    [[nodiscard]] EncodedPrompt encode(const std::string& text) const
    {
        return encode(std::vector<PromptSpan>{{.text = text}});
    }
};

TextModel load()
{
    return TextModel::load(model_folder());
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
        const auto model = TextModel::load(pipeline.path() / "model");
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
                const auto encoded = model.encode(settings.at(key).get<std::string>());
                CHECK(encoded.used == file.tensors().at(name).size(1));
                CHECK(encoded.embeddings.size(1) == model.tokenizer.max_length());
                file.expect_close(name, encoded.embeddings.narrow(1, 0, encoded.used), 2e-5);
                ++compared;
            }
        }
    }
    CHECK(compared > 0);
}

TEST_CASE("rows past the prompt are zero", "[parity]")
{
    const auto model = load();
    const auto encoded = model.encode("a cat");
    CHECK_FALSE(encoded.truncated);
    const auto rest = encoded.embeddings.narrow(1, encoded.used, encoded.embeddings.size(1) - encoded.used);
    CHECK(at::equal(rest, at::zeros(rest.sizes())));
}

TEST_CASE("spans of weight one are the plain prompt, bit for bit", "[parity]")
{
    const auto model = load();
    const auto plain = model.encode("a red cat on the grass");
    const auto spans = model.encode(std::vector<PromptSpan>{{.text = "a "}, {.text = "red cat"}, {.text = " on the grass"}});
    CHECK(at::equal(plain.embeddings, spans.embeddings));
}

TEST_CASE("a weight moves its own tokens about the empty prompt and no others", "[parity]")
{
    const auto model = load();
    const auto plain = model.encode("a red cat");
    const auto empty = model.encode("");
    const std::vector<PromptSpan> spans{{.text = "a "}, {.text = "red", .weight = 1.5F}, {.text = " cat"}};
    const auto weighted = model.encode(spans);
    const auto weights = weights_of(model.tokenizer, spans);
    REQUIRE(static_cast<int>(weights.size()) == plain.used);
    int moved = 0;
    for (int row = 0; row < plain.used; ++row) {
        const auto e = plain.embeddings.select(1, row);
        const auto e0 = empty.embeddings.select(1, row);
        const auto weight = weights[static_cast<std::size_t>(row)];
        CHECK(tests::relative_error(weighted.embeddings.select(1, row), e0 + weight * (e - e0)) < 1e-6);
        if (weight != 1.0F) ++moved;
        if (weight == 1.0F) CHECK(at::equal(weighted.embeddings.select(1, row), e));
    }
    CHECK(moved > 0);
    CHECK(moved < plain.used);
}

TEST_CASE("a token takes the weight of the span it begins in, whatever cleaning moved", "[parity]")
{
    const auto model = load();
    const auto& tokenizer = model.tokenizer;
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
    const auto model = load();
    std::string text;
    for (int i = 0; i < model.tokenizer.max_length(); ++i)
        text += "cat ";
    const auto encoded = model.encode(text);
    CHECK(encoded.truncated);
    CHECK(encoded.used == model.tokenizer.max_length());
}

TEST_CASE("tokens are counted with EOS against the model's limit", "[parity]")
{
    PromptTokenCounter counter([](const std::string& id) -> core::Result<std::filesystem::path> {
        if (id == "tiny") return model_folder();
        return core::make_error(core::ErrorKind::not_found, "There is no model \"" + id + "\".");
    });
    const auto count = counter.count("tiny", "  ");
    REQUIRE(count);
    CHECK(count->used == 1);
    CHECK(count->limit == 512);
    CHECK(counter.count("tiny", "a cat")->used > 1);
    CHECK(counter.count("other", "a cat").error().kind == core::ErrorKind::not_found);
    CHECK(counter.count("tiny", "a cat")->fits == 5);
}

TEST_CASE("the counter tells which bytes of a prompt that is too long still reach the model", "[inference][text]")
{
    PromptTokenCounter counter([](const std::string&) -> core::Result<std::filesystem::path> { return model_folder(); });
    std::string prompt;
    for (int i = 0; i < 400; ++i)
        prompt += "a  grüne “cat”, ";
    const auto count = counter.count("tiny", prompt);
    REQUIRE(count);
    CHECK(count->used > count->limit);
    REQUIRE(count->fits > 0);
    REQUIRE(count->fits < prompt.size());
    CHECK(counter.count("tiny", prompt.substr(0, count->fits))->used <= count->limit);
    CHECK(counter.count("tiny", prompt.substr(0, count->fits + 8))->used > count->limit);
}

}  // namespace kinora::inference
