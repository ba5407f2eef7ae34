#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "inference/text/charsmap.h"
#include "inference/text/unigram.h"

namespace kinora::inference {

/// A token and where in the text its first character stands, in bytes. EOS stands at the end.
struct Token {
    int id = 0;
    std::size_t begin = 0;
};

/// Tokens of one prompt at a fixed length: the ids, then padding; `mask` is 1 for tokens and 0 for padding.
struct PaddedTokens {
    std::vector<std::int64_t> ids;
    std::vector<std::int64_t> mask;
    int used = 0;  ///< tokens before the padding, with EOS
};

/// The tokenizer of a T5-like text encoder, from a SentencePiece model. Gives the ids that the reference pipelines
/// (transformers) give, which differ from SentencePiece's own in three places: special tokens typed in the text are special,
/// a run of characters without a piece is one `<unk>` instead of bytes, and characters are normalised by grapheme cluster.
/// Immutable, so thread-safe.
class Tokenizer {
public:
    /// From a folder with `spiece.model` (or the only `*.model`) and, if there, `tokenizer_config.json`, which may name the
    /// padded length (`model_max_length`) and further special tokens. Errors name the file.
    [[nodiscard]] static core::Result<Tokenizer> load(const std::filesystem::path& folder);

    /// From the bytes of a model file; `name` is for messages.
    [[nodiscard]] static core::Result<Tokenizer> from_model(std::string_view bytes, std::string_view name);

    /// The tokens of a cleaned prompt in UTF-8, all of them, with EOS at the end. Invalid bytes count as U+FFFD.
    [[nodiscard]] std::vector<Token> tokenize(std::string_view text) const;

    /// Their ids.
    [[nodiscard]] std::vector<int> encode(std::string_view text) const;

    /// Exactly `length` ids: what is longer is cut off before the EOS, what is shorter is padded.
    [[nodiscard]] PaddedTokens encode_padded(std::string_view text, int length) const;

    [[nodiscard]] int vocabulary_size() const { return vocabulary_size_; }
    [[nodiscard]] int eos_id() const { return eos_id_; }
    [[nodiscard]] int pad_id() const { return pad_id_; }
    [[nodiscard]] int unknown_id() const { return unknown_id_; }

    /// The length that prompts are padded to: the configuration's, or 512 where it names none.
    [[nodiscard]] int max_length() const { return max_length_; }

private:
    struct Special {
        std::string text;
        int id;
    };

    Tokenizer(const SentencePieceModel& model, Charsmap charsmap);
    void add_special(const std::string& text, int id);
    void tokenize_plain(std::string_view text, std::size_t offset, std::vector<Token>& tokens) const;
    [[nodiscard]] const Special* special_at(std::string_view text) const;
    [[nodiscard]] core::Result<void> read_configuration(const std::filesystem::path& file, const SentencePieceModel& model);

    Charsmap charsmap_;
    Unigram unigram_;
    std::vector<Special> special_;  ///< the longest first
    int vocabulary_size_;
    int eos_id_;
    int pad_id_;
    int unknown_id_;
    int max_length_ = 512;
};

}  // namespace kinora::inference
