#pragma once

#include <string_view>
#include <vector>

#include "inference/text/sentencepiece_model.h"

namespace kinora::inference {

/// A part of a word: a piece, or a run of characters without one.
struct Segment {
    int id;
    std::size_t begin;  ///< in bytes of the word
};

/// Splits a word into the most probable pieces of a unigram model (Kudo 2018) by Viterbi's algorithm. A run of characters
/// without a piece becomes one unknown token. Scores and ties as in Hugging Face's tokenizers.
class Unigram {
public:
    explicit Unigram(const SentencePieceModel& model);

    /// The parts of `word`, valid UTF-8, in order.
    [[nodiscard]] std::vector<Segment> segment(std::string_view word) const;

private:
    struct Entry {
        std::string text;
        int id;
        double score;
    };

    /// Calls `found(entry)` for every piece that `text` begins with, the shortest first.
    template <typename Function>
    void for_each_prefix(std::string_view text, Function found) const;

    std::vector<Entry> entries_;           ///< sorted by text
    std::vector<std::size_t> first_byte_;  ///< 257 places in `entries_`, by the first byte of the text
    int unknown_id_;
    double unknown_score_;
};

}  // namespace kinora::inference
