#include "inference/text/tokenizer.h"

#include <algorithm>
#include <charconv>

#include "core/base/file.h"
#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/models/json_file.h"
#include "inference/text/unicode_text.h"

namespace kinora::inference {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t k_max_model_file = 64ULL << 20;
constexpr int k_max_length = 1 << 16;  ///< larger numbers in a configuration mean "no limit"
constexpr std::size_t k_max_special = 4096;
constexpr std::string_view k_space_mark = "\u2581";

/// The model file in a tokenizer's folder.
core::Result<fs::path> find_model(const fs::path& folder)
{
    std::error_code failed;
    if (fs::is_regular_file(folder / "spiece.model", failed)) return folder / "spiece.model";
    std::vector<fs::path> found;
    for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed)) {
        if (entry->path().extension() == ".model") found.push_back(entry->path());
    }
    if (found.size() == 1) return found.front();
    return core::make_error(core::ErrorKind::not_found,
                            core::in_quotes(folder.string()) + " has no tokenizer: the file spiece.model is missing.");
}

int find_piece(const SentencePieceModel& model, std::string_view text)
{
    const auto found =
        std::find_if(model.pieces.begin(), model.pieces.end(), [&](const auto& piece) { return piece.text == text; });
    return found == model.pieces.end() ? -1 : static_cast<int>(found - model.pieces.begin());
}

/// The first character of valid UTF-8.
std::string_view first_character(std::string_view text)
{
    std::size_t length = 1;
    while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U)
        ++length;
    return text.substr(0, length);
}

/// A token in a configuration is its text, or an object that holds it.
std::string token_text(const nlohmann::json& value)
{
    if (value.is_string()) return value.get<std::string>();
    if (value.is_object()) {
        const auto content = value.find("content");
        if (content != value.end() && content->is_string()) return content->get<std::string>();
    }
    return {};
}

std::string text_at(const SentencePieceModel& model, int id)
{
    return id < 0 ? std::string() : model.pieces[static_cast<std::size_t>(id)].text;
}

}  // namespace

Tokenizer::Tokenizer(const SentencePieceModel& model, Charsmap charsmap)
    : charsmap_(std::move(charsmap)),
      unigram_(model),
      vocabulary_size_(static_cast<int>(model.pieces.size())),
      eos_id_(model.eos_id),
      pad_id_(model.pad_id),
      unknown_id_(model.unknown_id)
{
    for (int id : {eos_id_, pad_id_, unknown_id_})
        add_special(text_at(model, id), id);
}

core::Result<Tokenizer> Tokenizer::from_model(std::string_view bytes, std::string_view name)
{
    auto model = parse_sentencepiece_model(bytes, name);
    if (!model) return model.error();
    auto charsmap = Charsmap::parse(model->precompiled_charsmap, name);
    if (!charsmap) return charsmap.error();
    return Tokenizer(*model, *std::move(charsmap));
}

core::Result<Tokenizer> Tokenizer::load(const fs::path& folder)
{
    const auto file = find_model(folder);
    if (!file) return file.error();
    const auto bytes = core::read_file(*file, k_max_model_file);
    if (!bytes) return bytes.error();
    auto model = parse_sentencepiece_model(*bytes, file->string());
    if (!model) return model.error();
    auto charsmap = Charsmap::parse(model->precompiled_charsmap, file->string());
    if (!charsmap) return charsmap.error();
    Tokenizer tokenizer(*model, *std::move(charsmap));
    const fs::path configuration = folder / "tokenizer_config.json";
    std::error_code ignored;
    if (fs::exists(configuration, ignored)) {
        if (auto read = tokenizer.read_configuration(configuration, *model); !read) return read.error();
    }
    return tokenizer;
}

core::Result<void> Tokenizer::read_configuration(const fs::path& file, const SentencePieceModel& model)
{
    const auto json = core::read_json_object(file);
    if (!json) return json.error();
    if (const auto length = json->find("model_max_length"); length != json->end() && length->is_number()) {
        const double value = length->get<double>();
        if (!(value >= 1.0)) {
            return core::make_error(core::ErrorKind::corrupt,
                                    core::in_quotes(file.string()) + " names an impossible model_max_length.");
        }
        if (value <= k_max_length) max_length_ = static_cast<int>(value);
    }
    const auto named = [&](const char* key, int& id) {
        const auto value = json->find(key);
        if (value == json->end()) return;
        const std::string text = token_text(*value);
        if (const int piece = find_piece(model, text); piece >= 0) {
            id = piece;
            add_special(text, piece);
        }
    };
    named("eos_token", eos_id_);
    named("pad_token", pad_id_);
    for (const char* key : {"extra_special_tokens", "additional_special_tokens"}) {
        const auto list = json->find(key);
        if (list == json->end() || !list->is_array()) continue;
        for (const auto& value : *list) {
            const std::string text = token_text(value);
            add_special(text, find_piece(model, text));
        }
    }
    if (const auto added = json->find("added_tokens_decoder"); added != json->end() && added->is_object()) {
        for (const auto& [key, value] : added->items()) {
            int id = -1;
            std::from_chars(key.data(), key.data() + key.size(), id);
            if (id >= vocabulary_size_ + static_cast<int>(k_max_special)) continue;
            add_special(token_text(value), id);
        }
    }
    return {};
}

void Tokenizer::add_special(const std::string& text, int id)
{
    if (text.empty() || id < 0 || special_.size() >= k_max_special) return;
    if (std::any_of(special_.begin(), special_.end(), [&](const Special& special) { return special.text == text; })) return;
    const auto place = std::find_if(special_.begin(), special_.end(),
                                    [&](const Special& special) { return special.text.size() < text.size(); });
    special_.insert(place, {text, id});
}

const Tokenizer::Special* Tokenizer::special_at(std::string_view text) const
{
    const auto found = std::find_if(special_.begin(), special_.end(), [&](const Special& special) {
        return text.size() >= special.text.size() && text.substr(0, special.text.size()) == special.text;
    });
    return found == special_.end() ? nullptr : &*found;
}

void Tokenizer::tokenize_plain(std::string_view text, std::size_t offset, std::vector<Token>& tokens) const
{
    const NormalisedText normalised = charsmap_.normalise(text);
    const std::string_view rest = normalised.text;
    NormalisedText part;
    const auto finish_part = [&] {
        for (const Segment& segment : unigram_.segment(part.text)) {
            tokens.push_back({segment.id, offset + part.origins[segment.begin]});
        }
        part = {};
    };
    bool in_word = false;
    for (std::size_t at = 0; at < rest.size();) {
        const std::string_view character = first_character(rest.substr(at));
        const std::size_t origin = normalised.origins[at];
        at += character.size();
        if (is_white_space(decode_utf8(character)[0])) {
            finish_part();
            in_word = false;
            continue;
        }
        // A word begins with a mark, and each further mark in it begins a part of its own, as if it were the space it stands
        // for.
        const bool is_mark = character == k_space_mark;
        if (!in_word && !is_mark) part.append(k_space_mark, origin);
        if (in_word && is_mark) finish_part();
        part.append(character, origin);
        in_word = true;
    }
    finish_part();
}

std::vector<Token> Tokenizer::tokenize(std::string_view text) const
{
    std::string replaced;
    if (!core::is_valid_utf8(text)) {
        replaced = encode_utf8(decode_utf8(text));
        text = replaced;
    }
    std::vector<Token> tokens;
    std::size_t done = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Special* special = special_at(text.substr(at));
        if (special == nullptr) {
            ++at;
            continue;
        }
        tokenize_plain(text.substr(done, at - done), done, tokens);
        tokens.push_back({special->id, at});
        at += special->text.size();
        done = at;
    }
    tokenize_plain(text.substr(done), done, tokens);
    if (eos_id_ >= 0) tokens.push_back({eos_id_, text.size()});
    return tokens;
}

std::vector<int> Tokenizer::encode(std::string_view text) const
{
    const std::vector<Token> tokens = tokenize(text);
    std::vector<int> ids(tokens.size());
    std::transform(tokens.begin(), tokens.end(), ids.begin(), [](const Token& token) { return token.id; });
    return ids;
}

PaddedTokens Tokenizer::encode_padded(std::string_view text, int length) const
{
    std::vector<int> ids = encode(text);
    const auto wanted = static_cast<std::size_t>(std::max(length, 1));
    if (ids.size() > wanted) {
        ids.resize(wanted);
        if (eos_id_ >= 0) ids.back() = eos_id_;
    }
    PaddedTokens result;
    result.used = static_cast<int>(ids.size());
    result.ids.assign(ids.begin(), ids.end());
    result.mask.assign(ids.size(), 1);
    result.ids.resize(wanted, std::max(pad_id_, 0));
    result.mask.resize(wanted, 0);
    return result;
}

}  // namespace kinora::inference
