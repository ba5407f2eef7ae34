#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace kinora::training {

/// Trains the starter's SentencePiece unigram model (case folded, byte fallback, pad 0, eos 1, unk 2) on sentences and
/// writes `spiece.model` and `tokenizer_config.json`, which names the length that captions are padded to, into `folder`.
[[nodiscard]] core::Result<void> train_tokenizer(const std::vector<std::string>& sentences,
                                                 const std::filesystem::path& folder);

}  // namespace kinora::training
