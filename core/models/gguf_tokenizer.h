#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "core/models/gguf_header.h"

namespace kinora::core {

/// The tokenizer in a GGUF file's metadata (`tokenizer.ggml.…`, as llama.cpp writes it for T5) as a SentencePiece model
/// file (sentencepiece_model.proto); empty where there is none of the unigram kind. `head` is what the header was parsed
/// from.
[[nodiscard]] std::string gguf_tokenizer(const GgufHeader& header, std::span<const std::byte> head);

}  // namespace kinora::core
