#include "inference/text/prompt_cleaning.h"
#include "inference/text/tokenizer.h"
#include "tests/fuzz/fuzz_target.h"

namespace kinora::fuzz {

void run_one(std::string_view bytes)
{
    const auto tokenizer = inference::Tokenizer::from_model(bytes, "fuzzed.model");
    if (!tokenizer) {
        expect(tokenizer.error().message.find("fuzzed.model") != std::string::npos, "an error that names the file");
        return;
    }
    // The file's own bytes serve as the prompt, so that its pieces and its charsmap are met.
    for (const std::string_view prompt :
         {std::string_view("A red balloon, 色调艳丽，过曝 ½ ﬁ <pad></s>"), bytes.substr(0, 512)}) {
        const std::string cleaned = inference::clean_prompt(prompt);
        std::size_t last = 0;
        for (const auto& token : tokenizer->tokenize(cleaned)) {
            expect(token.id >= 0 && token.id < tokenizer->vocabulary_size(), "an id of the vocabulary");
            expect(token.begin >= last && token.begin <= cleaned.size(), "places that go forward");
            last = token.begin;
        }
        expect(tokenizer->encode_padded(cleaned, 32).ids.size() == 32, "the length asked for");
    }
}

}  // namespace kinora::fuzz
