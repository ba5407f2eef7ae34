#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace kinora::inference {

/// A SentencePiece model file (`spiece.model`, `tokenizer.model`) as far as unigram segmentation needs it.
struct SentencePieceModel {
    enum class Kind { normal = 1, unknown = 2, control = 3, user_defined = 4, unused = 5, byte = 6 };

    struct Piece {
        std::string text;    ///< UTF-8; U+2581 stands for a space
        float score = 0.0F;  ///< log probability
        Kind kind = Kind::normal;
    };

    std::vector<Piece> pieces;         ///< the index is the token's id
    std::string precompiled_charsmap;  ///< see `charsmap.h`; empty: no normalisation
    int unknown_id = 0;
    int eos_id = -1;  ///< -1: none
    int pad_id = -1;
};

/// Parses the protocol buffer `sentencepiece.ModelProto` (sentencepiece_model.proto), which may be hostile: lengths are
/// checked, nothing is allocated on a number's word, unknown fields are skipped. `corrupt` and `unsupported` (another kind
/// than unigram) name the file.
[[nodiscard]] core::Result<SentencePieceModel> parse_sentencepiece_model(std::string_view bytes, std::string_view file_name);

}  // namespace kinora::inference
