#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace kinora::inference {

/// Text after its characters were replaced, and for each byte of it where in the text before it came from.
struct NormalisedText {
    std::string text;                  ///< valid UTF-8
    std::vector<std::size_t> origins;  ///< as long as `text`; never falls

    void append(std::string_view part, std::size_t origin)
    {
        text += part;
        origins.resize(text.size(), origin);
    }
};

/// The table of replacements inside a SentencePiece model (`nmt_nfkc` and its kin): a double-array trie of byte sequences
/// (Darts-clone's layout) whose values are places in a list of strings.
///
/// It is applied as Hugging Face's tokenizers do, which the reference pipelines run: to whole grapheme clusters shorter than
/// six bytes first, else character by character. SentencePiece itself looks for the longest match instead.
class Charsmap {
public:
    Charsmap() = default;

    /// An empty table changes nothing. Errors are `corrupt` and name `file_name`.
    [[nodiscard]] static core::Result<Charsmap> parse(std::string_view table, std::string_view file_name);

    /// `text` is valid UTF-8.
    [[nodiscard]] NormalisedText normalise(std::string_view text) const;

private:
    /// What the shortest beginning of `key` that is in the trie is replaced by.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view key) const;
    void append_characters(std::string_view cluster, std::size_t origin, NormalisedText& result) const;

    std::vector<std::uint32_t> units_;
    std::string replacements_;
};

}  // namespace kinora::inference
