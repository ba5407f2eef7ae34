#include "inference/text/umt5_config.h"

#include <nlohmann/json.hpp>

#include "core/base/text.h"
#include "core/models/json_file.h"

namespace kinora::inference {
namespace {

constexpr std::int64_t k_largest_dimension = 1 << 20;

/// Reads a whole number between `least` and the largest that makes sense; false where it is anything else. Absent: the
/// default stays.
bool read_number(const nlohmann::json& object, const char* key, std::int64_t least, std::int64_t& field)
{
    const auto found = object.find(key);
    if (found == object.end()) return true;
    if (!found->is_number_integer()) return false;
    field = found->get<std::int64_t>();
    return field >= least && field <= k_largest_dimension;
}

}  // namespace

core::Result<Umt5Config> Umt5Config::from_json(const nlohmann::json& object, const std::string& name)
{
    const auto unsupported = [&](const std::string& what) {
        return core::make_error(core::ErrorKind::unsupported,
                                core::in_quotes(name) + " describes " + what + ", but Kinora needs UMT5.");
    };
    const auto wrong = [&](const std::string& key) {
        return core::make_error(core::ErrorKind::corrupt, core::in_quotes(name) + " has a value of " + core::in_quotes(key) +
                                                              " that no UMT5 encoder can have.");
    };
    if (!object.is_object())
        return core::make_error(core::ErrorKind::corrupt, core::in_quotes(name) + " is not a JSON object.");
    if (const auto type = object.find("model_type"); type != object.end() && *type != "umt5")
        return unsupported("another text encoder");
    if (const auto form = object.find("feed_forward_proj"); form != object.end() && *form != "gated-gelu") {
        return unsupported("another activation");
    }
    Umt5Config config;
    struct Number {
        const char* key;
        std::int64_t least;
        std::int64_t* field;
    };
    for (const Number& number : {Number{"vocab_size", 1, &config.vocab_size}, Number{"d_model", 1, &config.d_model},
                                 Number{"d_kv", 1, &config.d_kv}, Number{"d_ff", 1, &config.d_ff},
                                 Number{"num_heads", 1, &config.num_heads}, Number{"num_layers", 1, &config.num_layers},
                                 Number{"relative_attention_num_buckets", 4, &config.relative_attention_num_buckets},
                                 Number{"relative_attention_max_distance", 2, &config.relative_attention_max_distance}}) {
        if (!read_number(object, number.key, number.least, *number.field)) return wrong(number.key);
    }
    if (config.relative_attention_max_distance <= config.relative_attention_num_buckets / 4)
        return wrong("relative_attention_max_distance");
    if (const auto epsilon = object.find("layer_norm_epsilon"); epsilon != object.end()) {
        if (!epsilon->is_number()) return wrong("layer_norm_epsilon");
        config.layer_norm_epsilon = epsilon->get<double>();
        if (!(config.layer_norm_epsilon > 0.0 && config.layer_norm_epsilon < 1.0)) return wrong("layer_norm_epsilon");
    }
    return config;
}

core::Result<Umt5Config> Umt5Config::read(const std::filesystem::path& folder)
{
    const auto json = core::read_json_object(folder / "config.json");
    if (!json) return json.error();
    return from_json(*json, (folder / "config.json").string());
}

nlohmann::json Umt5Config::to_json() const
{
    return {{"architectures", {"UMT5EncoderModel"}},
            {"model_type", "umt5"},
            {"vocab_size", vocab_size},
            {"d_model", d_model},
            {"d_kv", d_kv},
            {"d_ff", d_ff},
            {"num_heads", num_heads},
            {"num_layers", num_layers},
            {"num_decoder_layers", num_layers},
            {"relative_attention_num_buckets", relative_attention_num_buckets},
            {"relative_attention_max_distance", relative_attention_max_distance},
            {"layer_norm_epsilon", layer_norm_epsilon},
            {"feed_forward_proj", "gated-gelu"},
            {"dense_act_fn", "gelu_new"},
            {"is_gated_act", true},
            {"is_encoder_decoder", false},
            {"use_cache", false},
            {"dropout_rate", 0.0},
            {"initializer_factor", 1.0},
            {"pad_token_id", 0},
            {"eos_token_id", 1},
            {"decoder_start_token_id", 0},
            {"tie_word_embeddings", true}};
}

}  // namespace kinora::inference
