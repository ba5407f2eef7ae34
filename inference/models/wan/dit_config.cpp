#include "inference/models/wan/dit_config.h"

#include <fstream>
#include <nlohmann/json.hpp>

namespace kinora::inference {
namespace {

using nlohmann::json;

constexpr std::int64_t k_largest_dimension = 1 << 20;

/// Takes one value after the other and remembers the first that is wrong.
class Keys {
public:
    explicit Keys(const json& object) : object_(object) {}

    void dimension(const char* key, std::int64_t& field)
    {
        const auto found = object_.find(key);
        if (found != object_.end()) set(key, *found, field);
    }

    void dimension(const char* key, std::optional<std::int64_t>& field)
    {
        const auto found = object_.find(key);
        if (found == object_.end() || found->is_null()) return;
        field.emplace();
        set(key, *found, *field);
    }

    void patch(std::array<std::int64_t, 3>& field)
    {
        const auto found = object_.find("patch_size");
        if (found == object_.end()) return;
        if (!found->is_array() || found->size() != 3) return fail("patch_size");
        for (std::size_t axis = 0; axis < 3; ++axis)
            set("patch_size", (*found)[axis], field[axis]);
    }

    void flag(const char* key, bool& field)
    {
        const auto found = object_.find(key);
        if (found == object_.end()) return;
        if (!found->is_boolean()) return fail(key);
        field = found->get<bool>();
    }

    void positive(const char* key, double& field)
    {
        const auto found = object_.find(key);
        if (found == object_.end()) return;
        if (!found->is_number() || found->get<double>() <= 0 || found->get<double>() > 1) return fail(key);
        field = found->get<double>();
    }

    void fail(const char* key)
    {
        if (wrong_.empty()) wrong_ = key;
    }
    [[nodiscard]] const std::string& wrong() const { return wrong_; }

private:
    void set(const char* key, const json& value, std::int64_t& field)
    {
        if (!value.is_number_integer()) return fail(key);
        field = value.get<std::int64_t>();
        if (field < 1 || field > k_largest_dimension) fail(key);
    }

    const json& object_;
    std::string wrong_;
};

json or_null(const std::optional<std::int64_t>& value)
{
    return value ? json(*value) : json(nullptr);
}

}  // namespace

core::Result<WanDitConfig> WanDitConfig::from_json(const json& object, const std::string& name)
{
    if (!object.is_object()) return core::make_error(core::ErrorKind::corrupt, name + " is not a JSON object.");
    const auto class_name = object.find("_class_name");
    if (class_name != object.end() && *class_name != "WanTransformer3DModel")
        return core::make_error(core::ErrorKind::unsupported, name + " describes a " + class_name->dump() +
                                                                  ", but Kinora knows WanTransformer3DModel here.");
    WanDitConfig config;
    Keys keys(object);
    keys.patch(config.patch_size);
    keys.dimension("num_attention_heads", config.num_attention_heads);
    keys.dimension("attention_head_dim", config.attention_head_dim);
    keys.dimension("in_channels", config.in_channels);
    config.out_channels = config.in_channels;
    if (object.contains("out_channels") && !object["out_channels"].is_null())
        keys.dimension("out_channels", config.out_channels);
    keys.dimension("text_dim", config.text_dim);
    keys.dimension("freq_dim", config.freq_dim);
    keys.dimension("ffn_dim", config.ffn_dim);
    keys.dimension("num_layers", config.num_layers);
    keys.flag("cross_attn_norm", config.cross_attn_norm);
    keys.positive("eps", config.eps);
    keys.dimension("image_dim", config.image_dim);
    keys.dimension("added_kv_proj_dim", config.added_kv_proj_dim);
    keys.dimension("rope_max_seq_len", config.rope_max_seq_len);
    keys.dimension("pos_embed_seq_len", config.pos_embed_seq_len);
    if (config.freq_dim % 2 != 0) keys.fail("freq_dim");
    if (config.attention_head_dim % 2 != 0 || config.attention_head_dim < 6) keys.fail("attention_head_dim");
    // A published copy of TI2V-5B declares an image width that none of its blocks reads.
    if (!config.added_kv_proj_dim) config.image_dim.reset();
    if (config.image_dim.has_value() != config.added_kv_proj_dim.has_value()) keys.fail("added_kv_proj_dim");
    if (config.added_kv_proj_dim && *config.added_kv_proj_dim != config.width()) keys.fail("added_kv_proj_dim");
    if (!keys.wrong().empty())
        return core::make_error(core::ErrorKind::corrupt,
                                name + " has a value of \"" + keys.wrong() + "\" that no Wan transformer can have.");
    const auto qk_norm = object.find("qk_norm");
    if (qk_norm != object.end() && *qk_norm != "rms_norm_across_heads")
        return core::make_error(core::ErrorKind::unsupported, name + " asks for the query and key norm " + qk_norm->dump() +
                                                                  ", but Kinora knows only \"rms_norm_across_heads\".");
    return config;
}

core::Result<WanDitConfig> WanDitConfig::read(const std::filesystem::path& folder)
{
    const auto path = folder / "config.json";
    std::ifstream file(path);
    if (!file) return core::make_error(core::ErrorKind::not_found, path.string() + " can't be opened.");
    const json object = json::parse(file, nullptr, false);
    if (object.is_discarded()) return core::make_error(core::ErrorKind::corrupt, path.string() + " is not valid JSON.");
    return from_json(object, path.string());
}

json WanDitConfig::to_json() const
{
    return {{"_class_name", "WanTransformer3DModel"},
            {"added_kv_proj_dim", or_null(added_kv_proj_dim)},
            {"attention_head_dim", attention_head_dim},
            {"cross_attn_norm", cross_attn_norm},
            {"eps", eps},
            {"ffn_dim", ffn_dim},
            {"freq_dim", freq_dim},
            {"image_dim", or_null(image_dim)},
            {"in_channels", in_channels},
            {"num_attention_heads", num_attention_heads},
            {"num_layers", num_layers},
            {"out_channels", out_channels},
            {"patch_size", patch_size},
            {"pos_embed_seq_len", or_null(pos_embed_seq_len)},
            {"qk_norm", "rms_norm_across_heads"},
            {"rope_max_seq_len", rope_max_seq_len},
            {"text_dim", text_dim}};
}

}  // namespace kinora::inference
