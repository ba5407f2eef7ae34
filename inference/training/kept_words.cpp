#include "inference/training/kept_words.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/zeros_like.h>

#include <map>
#include <string>

#include "core/base/file.h"
#include "inference/text/sentencepiece_model.h"
#include "inference/text/tokenizer.h"

namespace kinora::training {
namespace {

using Pieces = std::vector<inference::SentencePieceModel::Piece>;

core::Result<Pieces> pieces_in(const std::filesystem::path& folder)
{
    const auto file = folder / "spiece.model";
    auto bytes = core::read_file(file);
    if (!bytes) return bytes.error();
    auto model = inference::parse_sentencepiece_model(*bytes, file.string());
    if (!model) return model.error();
    return std::move(model->pieces);
}

/// The text of a piece as one would type it: U+2581 stands for a space.
std::string typed(const std::string& text)
{
    static const std::string mark = "\xe2\x96\x81";
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool space = text.compare(at, mark.size(), mark) == 0;
        plain.push_back(space ? ' ' : text[at]);
        if (space) at += mark.size() - 1;
    }
    return plain;
}

}  // namespace

core::Result<at::Tensor> embeddings_for_pieces(const at::Tensor& trained, const std::filesystem::path& before,
                                               const std::filesystem::path& now)
{
    const auto old_pieces = pieces_in(before);
    if (!old_pieces) return old_pieces.error();
    const auto new_pieces = pieces_in(now);
    if (!new_pieces) return new_pieces.error();
    const auto tokenizer = inference::Tokenizer::load(before);
    if (!tokenizer) return tokenizer.error();
    std::map<std::string, std::int64_t> known;
    for (std::size_t id = 0; id < old_pieces->size(); ++id)
        known.emplace((*old_pieces)[id].text, static_cast<std::int64_t>(id));
    at::Tensor rows = at::zeros_like(trained);
    for (std::size_t id = 0; id < new_pieces->size() && static_cast<std::int64_t>(id) < rows.size(0); ++id) {
        const std::string& text = (*new_pieces)[id].text;
        at::Tensor row = rows[static_cast<std::int64_t>(id)];
        if (const auto same = known.find(text); same != known.end()) {
            if (same->second < trained.size(0)) row.copy_(trained[same->second]);
            continue;
        }
        auto parts = tokenizer->encode(typed(text));
        if (!parts.empty()) parts.pop_back();  // the end of the text
        for (const int part : parts)
            if (part < trained.size(0)) row.add_(trained[part], 1.0 / static_cast<double>(parts.size()));
    }
    return rows;
}

}  // namespace kinora::training
