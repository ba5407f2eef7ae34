#include "inference/training/kept_words.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/allclose.h>
#include <ATen/ops/randn.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "inference/text/tokenizer.h"
#include "inference/training/scenes/caption.h"
#include "inference/training/starter_shape.h"
#include "inference/training/tokenizer_training.h"
#include "tests/scratch_folder.h"

using namespace kinora;
using namespace kinora::training;

namespace {

std::filesystem::path tokenizer_of(World world, const std::filesystem::path& folder)
{
    PortableRandom random(5);
    REQUIRE(train_tokenizer(sample_captions(12000, random, world), folder));
    return folder;
}

at::Tensor meaning(const at::Tensor& table, const std::filesystem::path& tokenizer, const std::string& text)
{
    const auto words = inference::Tokenizer::load(tokenizer);
    REQUIRE(words);
    const auto ids = words->encode(text);
    at::Tensor sum = table[ids.front()].clone();
    for (std::size_t i = 1; i + 1 < ids.size(); ++i)
        sum += table[ids[i]];
    return sum;
}

}  // namespace

TEST_CASE("Words keep what was learned of them when the tokenizer is another one")
{
    const tests::ScratchFolder folder;
    const auto before = tokenizer_of(World::first, folder.path() / "before");
    const auto now = tokenizer_of(World::grown, folder.path() / "now");
    const at::Tensor trained = at::randn({k_vocabulary, 8}, at::kFloat);
    const auto rows = embeddings_for_pieces(trained, before, now);
    REQUIRE(rows);
    REQUIRE(rows->sizes() == trained.sizes());
    for (const char* word : {"balloon", "hills", "sunset", "Meer"})
        CHECK(at::allclose(meaning(*rows, now, word), meaning(trained, before, word)));
    const auto same = embeddings_for_pieces(trained, before, before);
    REQUIRE(same);
    const auto used = inference::Tokenizer::load(before)->vocabulary_size();
    CHECK(same->narrow(0, 0, std::min<std::int64_t>(used, k_vocabulary))
              .equal(trained.narrow(0, 0, std::min<std::int64_t>(used, k_vocabulary))));
    CHECK(embeddings_for_pieces(trained, folder.path() / "nowhere", now).error().message.find("nowhere") !=
          std::string::npos);
}

TEST_CASE("Captions of the grown world fit into the tokens that they are padded to")
{
    const tests::ScratchFolder folder;
    const auto tokenizer = inference::Tokenizer::load(tokenizer_of(World::grown, folder.path()));
    REQUIRE(tokenizer);
    PortableRandom random(6);
    const auto captions = sample_captions(10000, random, World::grown);
    const auto longer = std::count_if(captions.begin(), captions.end(), [&](const std::string& caption) {
        return tokenizer->encode(caption).size() > static_cast<std::size_t>(k_caption_tokens);
    });
    INFO(longer << " of " << captions.size() << " are longer");
    CHECK(longer <= static_cast<std::ptrdiff_t>(captions.size()) / 100);
}
