#include "tests/inference/pipeline/synthetic_model.h"

#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <c10/util/Half.h>

#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/base/file.h"
#include "core/models/json_file.h"
#include "inference/models/wan/dit.h"
#include "inference/models/wan/vae.h"
#include "inference/text/umt5.h"
#include "inference/weights/safetensors.h"

namespace kinora::tests {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Shape = std::vector<std::int64_t>;

constexpr std::int64_t k_block = 256;
constexpr std::int64_t k_block_bytes = 144;

struct Entry {
    std::string name;
    Shape shape;
    bool quantised = false;
    bool filled = true;

    [[nodiscard]] std::int64_t count() const
    {
        std::int64_t all = 1;
        for (const auto side : shape)
            all *= side;
        return all;
    }
    [[nodiscard]] std::int64_t bytes() const { return quantised ? count() / k_block * k_block_bytes : count() * 4; }
};

template <typename T>
std::string raw(T value)
{
    std::string bytes(sizeof(value), '\0');
    std::memcpy(bytes.data(), &value, sizeof(value));
    return bytes;
}

std::string text(const std::string& value)
{
    return raw(std::uint64_t{value.size()}).append(value);
}

std::vector<Entry> transformer_entries(const SyntheticModel& form)
{
    const std::int64_t width = form.width_heads * 128;
    std::vector<Entry> entries;
    const auto linear = [&](const std::string& name, std::int64_t out, std::int64_t in, bool quantised, bool filled) {
        entries.push_back({name + ".weight", {out, in}, quantised, filled});
        entries.push_back({name + ".bias", {out}, false, filled});
    };
    entries.push_back({"patch_embedding.weight", {width, 16, 1, 2, 2}});
    entries.push_back({"patch_embedding.bias", {width}});
    linear("text_embedding.0", width, form.text_width, true, true);
    linear("text_embedding.2", width, width, true, true);
    linear("time_embedding.0", width, 256, false, true);
    linear("time_embedding.2", width, width, false, true);
    linear("time_projection.1", 6 * width, width, true, true);
    for (int layer = 0; layer < form.layers; ++layer) {
        const bool filled = layer < form.filled;
        const std::string block = std::string("blocks.").append(std::to_string(layer)).append(".");
        for (const char* attention : {"self_attn.", "cross_attn."}) {
            const std::string name = block + attention;
            for (const char* part : {"q", "k", "v", "o"})
                linear(name + part, width, width, true, filled);
            entries.push_back({name + "norm_q.weight", {width}, false, filled});
            entries.push_back({name + "norm_k.weight", {width}, false, filled});
        }
        linear(block + "ffn.0", form.ffn_dim, width, true, filled);
        linear(block + "ffn.2", width, form.ffn_dim, true, filled);
        entries.push_back({block + "norm3.weight", {width}, false, filled});
        entries.push_back({block + "norm3.bias", {width}, false, filled});
        entries.push_back({block + "modulation", {1, 6, width}, false, filled});
    }
    entries.push_back({"head.modulation", {1, 2, width}});
    linear("head.head", 64, width, false, true);
    return entries;
}

/// Random bytes of a tensor: blocks whose values are about as large as a layer's weights, or small floats.
std::string content_of(const Entry& entry, std::mt19937_64& random)
{
    std::string bytes(static_cast<std::size_t>(entry.bytes()), '\0');
    if (!entry.quantised) {
        auto* values = reinterpret_cast<float*>(bytes.data());
        std::normal_distribution<float> normal(0.0F, 0.02F);
        for (std::int64_t index = 0; index < entry.count(); ++index)
            values[index] = normal(random);
        return bytes;
    }
    for (std::size_t place = 0; place + 8 <= bytes.size(); place += 8) {
        const std::uint64_t word = random();
        std::memcpy(bytes.data() + place, &word, 8);
    }
    const auto scale = raw(c10::Half(1e-4F).x).append(raw(c10::Half(7.5e-4F).x));
    for (std::size_t block = 0; block < bytes.size(); block += k_block_bytes)
        std::memcpy(bytes.data() + block, scale.data(), scale.size());
    return bytes;
}

core::Result<void> write_expert(const fs::path& file, const SyntheticModel& form, std::uint64_t seed)
{
    const auto entries = transformer_entries(form);
    const auto aligned = [](std::uint64_t place) { return (place + 31) / 32 * 32; };
    std::string head = std::string("GGUF").append(raw(std::uint32_t{3})).append(raw(std::uint64_t{entries.size()}));
    head.append(raw(std::uint64_t{1}))
        .append(text("general.architecture"))
        .append(raw(std::uint32_t{8}))
        .append(text("wan"));
    std::uint64_t place = 0;
    for (const Entry& entry : entries) {
        head.append(text(entry.name)).append(raw(static_cast<std::uint32_t>(entry.shape.size())));
        for (auto side = entry.shape.rbegin(); side != entry.shape.rend(); ++side)
            head.append(raw(static_cast<std::uint64_t>(*side)));
        head.append(raw(std::uint32_t{entry.quantised ? 12U : 0U})).append(raw(place));
        place = aligned(place + static_cast<std::uint64_t>(entry.bytes()));
    }
    head.resize(aligned(head.size()));
    std::ofstream out(file, std::ios::binary);
    out << head;
    std::mt19937_64 random(seed);
    place = head.size();
    for (const Entry& entry : entries) {
        if (entry.filled) {
            out.seekp(static_cast<std::streamoff>(place));
            out << content_of(entry, random);
        }
        place = aligned(place + static_cast<std::uint64_t>(entry.bytes()));
    }
    out.close();
    if (!out) return core::file_error(file, "written", errno);
    fs::resize_file(file, place);
    return {};
}

core::Result<void> change_json(const fs::path& file, const json& changes)
{
    auto object = core::read_json_object(file);
    if (!object) return object.error();
    object->update(changes);
    return core::write_file(file, object->dump(2));
}

template <typename Model>
core::Result<void> save(Model& model, const fs::path& file)
{
    std::vector<std::pair<std::string, at::Tensor>> tensors;
    model.for_each_parameter([&](const std::string& name, at::Tensor& parameter) {
        tensors.emplace_back(name, parameter.to(at::kBFloat16).contiguous());
    });
    return inference::save_safetensors(file, tensors);
}

}  // namespace

core::Result<void> write_synthetic_model(const fs::path& folder, const SyntheticModel& form, const fs::path& small)
{
    fs::create_directories(folder);
    for (const char* part : {"scheduler", "tokenizer"})
        fs::copy(small / part, folder / part, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    fs::copy_file(small / "model_index.json", folder / "model_index.json", fs::copy_options::overwrite_existing);
    for (const char* part : {"transformer", "transformer_2", "vae", "text_encoder"}) {
        fs::create_directories(folder / part);
        fs::copy_file(small / part / "config.json", folder / part / "config.json", fs::copy_options::overwrite_existing);
        fs::permissions(folder / part / "config.json", fs::perms::owner_write, fs::perm_options::add);
    }
    const json transformer{{"num_attention_heads", form.width_heads},
                           {"attention_head_dim", 128},
                           {"ffn_dim", form.ffn_dim},
                           {"num_layers", form.layers},
                           {"text_dim", form.text_width},
                           {"freq_dim", 256}};
    std::uint64_t seed = 1;
    for (const char* part : {"transformer", "transformer_2"}) {
        if (auto done = change_json(folder / part / "config.json", transformer); !done) return done;
        if (auto done = write_expert(folder / part / "model-Q4_K.gguf", form, seed++); !done) return done;
    }
    const json vae_changes{{"base_dim", form.vae_width}, {"dim_mult", {1, 2, 4, 4}}, {"num_res_blocks", 2}};
    if (auto done = change_json(folder / "vae" / "config.json", vae_changes); !done) return done;
    const auto vae_config = inference::VaeConfig::from_file(folder / "vae" / "config.json");
    if (!vae_config) return vae_config.error();
    auto vae = inference::WanVae::create_random(*vae_config, 3);
    if (auto done = save(vae, folder / "vae" / "diffusion_pytorch_model.safetensors"); !done) return done;
    const json text_changes{{"d_model", form.text_width},
                            {"d_ff", form.text_width * 5 / 2},
                            {"d_kv", 64},
                            {"num_heads", form.text_width / 64},
                            {"num_layers", form.text_layers}};
    if (auto done = change_json(folder / "text_encoder" / "config.json", text_changes); !done) return done;
    const auto text_config = inference::Umt5Config::read(folder / "text_encoder");
    if (!text_config) return text_config.error();
    auto encoder = inference::Umt5Encoder::create_random(*text_config, 4);
    return save(encoder, folder / "text_encoder" / "model.safetensors");
}

core::Result<void> write_small_ti2v(const fs::path& folder, int layers, const fs::path& small)
{
    fs::create_directories(folder);
    fs::copy(small, folder, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    for (const char* part : {"transformer", "vae"})
        fs::permissions(folder / part / "config.json", fs::perms::owner_write, fs::perm_options::add);
    const json transformer{
        {"num_attention_heads", 12}, {"attention_head_dim", 128}, {"ffn_dim", 8960}, {"num_layers", layers}};
    if (auto done = change_json(folder / "transformer" / "config.json", transformer); !done) return done;
    const auto dit_config = inference::WanDitConfig::read(folder / "transformer");
    if (!dit_config) return dit_config.error();
    auto dit = inference::WanDit::create_random(*dit_config, 1);
    const char* const weights = "diffusion_pytorch_model.safetensors";
    if (auto done = save(dit, folder / "transformer" / weights); !done) return done;
    const json vae_changes{{"base_dim", 16}, {"decoder_base_dim", 32}, {"dim_mult", {1, 2, 4, 4}}, {"num_res_blocks", 2}};
    if (auto done = change_json(folder / "vae" / "config.json", vae_changes); !done) return done;
    const auto vae_config = inference::VaeConfig::from_file(folder / "vae" / "config.json");
    if (!vae_config) return vae_config.error();
    auto vae = inference::WanVae::create_random(*vae_config, 3);
    return save(vae, folder / "vae" / weights);
}

}  // namespace kinora::tests
