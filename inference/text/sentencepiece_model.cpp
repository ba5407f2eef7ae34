#include "inference/text/sentencepiece_model.h"

#include <cmath>

#include "core/base/text.h"
#include "core/base/utf8.h"
#include "inference/text/protobuf_reader.h"

namespace kinora::inference {
namespace {

using Reader = ProtobufReader;
using Field = ProtobufReader::Field;

/// The reason why a piece can't be used, or an empty string.
std::string read_piece(std::string_view message, SentencePieceModel::Piece& piece)
{
    Reader reader(message);
    while (const auto field = reader.next()) {
        if (field->number == 1 && field->wire == Reader::Wire::bytes) piece.text = field->bytes;
        if (field->number == 2 && field->wire == Reader::Wire::fixed32) piece.score = field->as_float();
        if (field->number == 3 && field->wire == Reader::Wire::varint) {
            if (field->value < 1 || field->value > 6) return "a piece is of an unknown kind";
            piece.kind = static_cast<SentencePieceModel::Kind>(field->value);
        }
    }
    if (reader.failed()) return "a piece is cut off";
    if (piece.text.empty()) return "a piece is empty";
    if (!core::is_valid_utf8(piece.text)) return "a piece is not valid UTF-8";
    if (!std::isfinite(piece.score)) return "a piece has no finite score";
    return {};
}

/// Identifiers are 32-bit numbers, negative ones written with all 64 bits.
int as_id(std::uint64_t value)
{
    const auto number = static_cast<std::int64_t>(value);
    return number < 0 || number > 0x7FFFFFFF ? -1 : static_cast<int>(number);
}

struct TrainerSpec {
    int model_type = 1;
    int unknown_id = 0;
    int eos_id = 2;
    int pad_id = -1;
};

bool read_trainer_spec(std::string_view message, TrainerSpec& spec)
{
    Reader reader(message);
    while (const auto field = reader.next()) {
        if (field->wire != Reader::Wire::varint) continue;
        if (field->number == 3) spec.model_type = as_id(field->value);
        if (field->number == 40) spec.unknown_id = as_id(field->value);
        if (field->number == 42) spec.eos_id = as_id(field->value);
        if (field->number == 43) spec.pad_id = as_id(field->value);
    }
    return !reader.failed();
}

bool read_normalizer_spec(std::string_view message, SentencePieceModel& model)
{
    Reader reader(message);
    while (const auto field = reader.next()) {
        if (field->number == 2 && field->wire == Reader::Wire::bytes) model.precompiled_charsmap = field->bytes;
    }
    return !reader.failed();
}

/// Fills the ids in, which have to name pieces; the reason why they don't, or an empty string.
std::string resolve_ids(const TrainerSpec& spec, SentencePieceModel& model)
{
    const int count = static_cast<int>(model.pieces.size());
    model.unknown_id = -1;
    for (int id = 0; id < count; ++id) {
        if (model.pieces[static_cast<std::size_t>(id)].kind != SentencePieceModel::Kind::unknown) continue;
        if (model.unknown_id >= 0) return "it has two pieces for the unknown";
        model.unknown_id = id;
    }
    if (model.unknown_id < 0) return "it has no piece for the unknown";
    // The settings have defaults that may hit an ordinary piece; a mark of end or padding is a control piece.
    const auto control = [&](int id) {
        return id >= 0 && id < count && model.pieces[static_cast<std::size_t>(id)].kind == SentencePieceModel::Kind::control
                   ? id
                   : -1;
    };
    model.eos_id = control(spec.eos_id);
    model.pad_id = control(spec.pad_id);
    return {};
}

}  // namespace

core::Result<SentencePieceModel> parse_sentencepiece_model(std::string_view bytes, std::string_view file_name)
{
    const auto corrupt = [&](const std::string& reason) {
        return core::make_error(core::ErrorKind::corrupt,
                                core::in_quotes(file_name) + " is not a usable SentencePiece model: " + reason + ".");
    };
    SentencePieceModel model;
    TrainerSpec spec;
    Reader reader(bytes);
    while (const auto field = reader.next()) {
        if (field->wire != Reader::Wire::bytes) continue;
        if (field->number == 1) {
            if (auto reason = read_piece(field->bytes, model.pieces.emplace_back()); !reason.empty()) return corrupt(reason);
        } else if (field->number == 2) {
            if (!read_trainer_spec(field->bytes, spec)) return corrupt("its trainer settings are cut off");
        } else if (field->number == 3) {
            if (!read_normalizer_spec(field->bytes, model)) return corrupt("its normaliser is cut off");
        }
    }
    if (reader.failed()) return corrupt("it is cut off or no protocol buffer");
    if (model.pieces.empty()) return corrupt("it has no pieces");
    if (spec.model_type != 1) {
        return core::make_error(
            core::ErrorKind::unsupported,
            core::in_quotes(file_name) + " is a SentencePiece model of another kind than unigram, which Kinora can't read.");
    }
    if (auto reason = resolve_ids(spec, model); !reason.empty()) return corrupt(reason);
    return model;
}

}  // namespace kinora::inference
