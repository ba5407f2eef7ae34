#include "core/models/gguf_tokenizer.h"

#include <cstdint>
#include <cstring>
#include <optional>

namespace kinora::core {
namespace {

/// A message of the protocol-buffer format, field by field.
class Message {
public:
    void number(unsigned field, std::uint64_t value)
    {
        varint(field << 3U);
        varint(value);
    }
    void fixed(unsigned field, float value)
    {
        varint(field << 3U | 5U);
        char bytes[sizeof(value)];
        std::memcpy(bytes, &value, sizeof(value));
        text_.append(bytes, sizeof(value));
    }
    void bytes(unsigned field, std::string_view value)
    {
        varint(field << 3U | 2U);
        varint(value.size());
        text_.append(value);
    }
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    void varint(std::uint64_t value)
    {
        for (; value > 0x7F; value >>= 7U)
            text_.push_back(static_cast<char>(value | 0x80));
        text_.push_back(static_cast<char>(value));
    }
    std::string text_;
};

const GgufArray* array_of(const GgufHeader& header, const char* key)
{
    const auto found = header.metadata.find(key);
    return found == header.metadata.end() ? nullptr : std::get_if<GgufArray>(&found->second);
}

std::optional<std::uint64_t> number_of(const GgufHeader& header, const char* key)
{
    const auto found = header.metadata.find(key);
    if (found == header.metadata.end()) return std::nullopt;
    if (const auto* number = std::get_if<std::uint64_t>(&found->second)) return *number;
    if (const auto* number = std::get_if<std::int64_t>(&found->second)) return static_cast<std::uint64_t>(*number);
    return std::nullopt;
}

bool flag_of(const GgufHeader& header, const char* key)
{
    const auto found = header.metadata.find(key);
    const auto* flag = found == header.metadata.end() ? nullptr : std::get_if<bool>(&found->second);
    return flag == nullptr || *flag;
}

constexpr std::uint64_t k_unigram = 1;

Message trainer_of(const GgufHeader& header)
{
    Message trainer;
    trainer.number(3, k_unigram);
    trainer.number(35, 1);  // bytes stand in for characters without a piece
    const std::pair<const char*, unsigned> ids[] = {{"tokenizer.ggml.unknown_token_id", 40},
                                                    {"tokenizer.ggml.bos_token_id", 41},
                                                    {"tokenizer.ggml.eos_token_id", 42},
                                                    {"tokenizer.ggml.padding_token_id", 43}};
    for (const auto& [key, field] : ids)
        if (const auto id = number_of(header, key)) trainer.number(field, *id);
    return trainer;
}

}  // namespace

std::string gguf_tokenizer(const GgufHeader& header, std::span<const std::byte> head)
{
    const auto kind = header.metadata.find("tokenizer.ggml.model");
    const auto* name = kind == header.metadata.end() ? nullptr : std::get_if<std::string>(&kind->second);
    const GgufArray* tokens = array_of(header, "tokenizer.ggml.tokens");
    const GgufArray* scores = array_of(header, "tokenizer.ggml.scores");
    const GgufArray* kinds = array_of(header, "tokenizer.ggml.token_type");
    if (name == nullptr || *name != "t5" || tokens == nullptr || scores == nullptr || kinds == nullptr) return {};
    const auto texts = gguf_texts(*tokens, head);
    const auto values = gguf_floats(*scores, head);
    const auto types = gguf_integers(*kinds, head);
    if (texts.empty() || texts.size() != values.size() || texts.size() != types.size()) return {};
    Message model;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        Message piece;
        piece.bytes(1, texts[i]);
        piece.fixed(2, values[i]);
        piece.number(3, static_cast<std::uint64_t>(types[i]));
        model.bytes(1, piece.text());
    }
    model.bytes(2, trainer_of(header).text());
    Message normaliser;
    if (const GgufArray* charsmap = array_of(header, "tokenizer.ggml.precompiled_charsmap")) {
        const auto bytes = gguf_integers(*charsmap, head);
        normaliser.bytes(2, std::string(bytes.begin(), bytes.end()));
    }
    normaliser.number(3, flag_of(header, "tokenizer.ggml.add_space_prefix") ? 1 : 0);
    normaliser.number(4, flag_of(header, "tokenizer.ggml.remove_extra_whitespaces") ? 1 : 0);
    model.bytes(3, normaliser.text());
    return model.text();
}

}  // namespace kinora::core
