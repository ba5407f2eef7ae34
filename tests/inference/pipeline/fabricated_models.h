#pragma once

#include <ATen/TensorOperators.h>
#include <ATen/ops/abs.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/max.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "core/base/file.h"
#include "inference/weights/safetensors.h"
#include "tests/goldens_path.h"

/// The small model of a pipeline's fixture in the layouts in which artists have models: files as ComfyUI, the community's
/// GGUF converters and the hub's cache write them.
namespace kinora::tests {

namespace fs = std::filesystem;

inline fs::path small_model()
{
    return goldens_dir() / "pipelines" / "wan21_t2v" / "model";
}

/// The name of a Wan transformer's tensor in the authors' layout.
inline std::string original_name(std::string name)
{
    if (name == "scale_shift_table") return "head.modulation";
    const std::vector<std::pair<std::string, std::string>> rules{
        {"condition_embedder.time_embedder.linear_1", "time_embedding.0"},
        {"condition_embedder.time_embedder.linear_2", "time_embedding.2"},
        {"condition_embedder.text_embedder.linear_1", "text_embedding.0"},
        {"condition_embedder.text_embedder.linear_2", "text_embedding.2"},
        {"condition_embedder.time_proj", "time_projection.1"},
        {"proj_out.", "head.head."},
        {"scale_shift_table", "modulation"},
        {".norm2.", ".norm3."},
        {"attn1.", "self_attn."},
        {"attn2.", "cross_attn."},
        {".to_out.0.", ".o."},
        {".to_q.", ".q."},
        {".to_k.", ".k."},
        {".to_v.", ".v."},
        {"ffn.net.0.proj", "ffn.0"},
        {"ffn.net.2", "ffn.2"}};
    for (const auto& [from, to] : rules)
        if (const auto place = name.find(from); place != std::string::npos) name.replace(place, from.size(), to);
    return name;
}

inline inference::WeightMap weights_of(const std::string& part)
{
    auto weights = inference::load_part(small_model() / part);
    REQUIRE(weights);
    return *std::move(weights);
}

inline void copy_file_to(const fs::path& from, const fs::path& to)
{
    fs::create_directories(to.parent_path());
    fs::copy_file(from, to);
    fs::permissions(to, fs::perms::owner_write, fs::perm_options::add);
}

inline bool is_block_linear(const std::string& name, const at::Tensor& tensor)
{
    return name.rfind("blocks.", 0) == 0 && tensor.dim() == 2 && name.find(".weight") != std::string::npos;
}

/// A single file with ComfyUI's prefix, as it is or with the blocks' linears in scaled 8-bit floats.
enum class Stored { as_is, scaled_fp8 };
inline void write_single_file(const fs::path& file, Stored stored)
{
    std::vector<std::pair<std::string, at::Tensor>> tensors;
    const std::string prefix = "model.diffusion_model.";
    const auto weights = weights_of("transformer");
    for (const auto& [name, tensor] : weights.tensors()) {
        const std::string original = prefix + original_name(name);
        if (stored == Stored::scaled_fp8 && is_block_linear(name, tensor)) {
            const auto scale = tensor.to(at::kFloat).abs().max() / 448.0;
            tensors.emplace_back(original, (tensor.to(at::kFloat) / scale).to(at::kFloat8_e4m3fn));
            tensors.emplace_back(original.substr(0, original.size() - 6) + "scale_weight", scale.reshape({}));
        } else {
            tensors.emplace_back(original, tensor);
        }
    }
    if (stored == Stored::scaled_fp8)
        tensors.emplace_back("scaled_fp8", at::empty({2}, at::kByte).zero_().to(at::kFloat8_e4m3fn));
    fs::create_directories(file.parent_path());
    REQUIRE(inference::save_safetensors(file, tensors));
    fs::path config = file;
    copy_file_to(small_model() / "transformer" / "config.json", config.replace_extension(".config.json"));
}

/// A GGUF file with the blocks' linears in Q8_0 (flattened, as their rows are no whole blocks) and the rest in F32.
inline void write_gguf(const fs::path& file)
{
    std::string keys;
    std::string table;
    std::string data;
    std::uint64_t tensors = 0;
    std::uint64_t pairs = 0;
    const auto number = [](auto value) {
        std::string bytes(sizeof(value), '\0');
        std::memcpy(bytes.data(), &value, sizeof(value));
        return bytes;
    };
    const auto text = [&](const std::string& value) { return number(std::uint64_t{value.size()}).append(value); };
    const auto weights = weights_of("transformer");
    for (const auto& [name, stored] : weights.tensors()) {
        const std::string original = original_name(name);
        const at::Tensor tensor = stored.to(at::kFloat).contiguous();
        const auto* values = tensor.const_data_ptr<float>();
        const auto count = tensor.numel();
        const bool quantised = is_block_linear(name, tensor) && count % 32 == 0;
        data.resize((data.size() + 31) / 32 * 32);
        std::vector<std::int64_t> shape = quantised ? std::vector<std::int64_t>{count / 32, 32} : tensor.sizes().vec();
        table.append(text(original)).append(number(static_cast<std::uint32_t>(shape.size())));
        for (auto side = shape.rbegin(); side != shape.rend(); ++side)
            table.append(number(static_cast<std::uint64_t>(*side)));
        table.append(number(std::uint32_t{quantised ? 8U : 0U})).append(number(std::uint64_t{data.size()}));
        ++tensors;
        if (!quantised) {
            data.append(reinterpret_cast<const char*>(values), static_cast<std::size_t>(count) * 4);
            continue;
        }
        for (std::int64_t block = 0; block < count; block += 32) {
            float largest = 0;
            for (int i = 0; i < 32; ++i)
                largest = std::max(largest, std::abs(values[block + i]));
            const at::Half scale = largest / 127.0F;
            data.append(number(scale));
            for (int i = 0; i < 32; ++i)
                data.append(1, static_cast<char>(std::lround(values[block + i] / static_cast<float>(scale))));
        }
        keys.append(text("comfy.gguf.orig_shape." + original))
            .append(number(std::uint32_t{9}))
            .append(number(std::uint32_t{5}));
        keys.append(number(static_cast<std::uint64_t>(tensor.dim())));
        for (const auto side : tensor.sizes())
            keys.append(number(static_cast<std::int32_t>(side)));
        ++pairs;
    }
    std::string all = std::string("GGUF").append(number(std::uint32_t{3})).append(number(tensors)).append(number(pairs));
    all.append(keys).append(table);
    all.resize((all.size() + 31) / 32 * 32);
    fs::create_directories(file.parent_path());
    REQUIRE(core::write_file(file, std::string_view(all.append(data))));
    fs::path config = file;
    copy_file_to(small_model() / "transformer" / "config.json", config.replace_extension(".config.json"));
}

/// What a transformer of ComfyUI's needs beside it: VAE, and a text encoder that brings its tokenizer.
inline void write_companions(const fs::path& models)
{
    copy_file_to(small_model() / "vae" / "diffusion_pytorch_model.safetensors", models / "vae" / "small_vae.safetensors");
    copy_file_to(small_model() / "vae" / "config.json", models / "vae" / "small_vae.config.json");
    std::vector<std::pair<std::string, at::Tensor>> tensors;
    const auto weights = weights_of("text_encoder");
    for (const auto& [name, tensor] : weights.tensors())
        tensors.emplace_back(name, tensor);
    auto model = core::read_file(small_model() / "tokenizer" / "spiece.model");
    REQUIRE(model);
    tensors.emplace_back("spiece_model",
                         at::from_blob(model->data(), {static_cast<std::int64_t>(model->size())}, at::kByte));
    fs::create_directories(models / "text_encoders");
    REQUIRE(inference::save_safetensors(models / "text_encoders" / "umt5.safetensors", tensors));
    copy_file_to(small_model() / "text_encoder" / "config.json", models / "text_encoders" / "umt5.config.json");
}

/// A Hugging Face cache with the whole model: blobs, and a snapshot of links to them.
inline void write_hub_cache(const fs::path& hub)
{
    const fs::path repository = hub / "models--Someone--SmallVideo";
    const fs::path snapshot = repository / "snapshots" / "0123abcd";
    int number = 0;
    for (const auto& entry : fs::recursive_directory_iterator(small_model())) {
        if (!entry.is_regular_file()) continue;
        const fs::path blob = repository / "blobs" / ("blob" + std::to_string(number++));
        copy_file_to(entry.path(), blob);
        const fs::path link = snapshot / fs::relative(entry.path(), small_model());
        fs::create_directories(link.parent_path());
        fs::create_symlink(fs::relative(blob, link.parent_path()), link);
    }
    fs::create_directories(repository / "refs");
    REQUIRE(core::write_file(repository / "refs" / "main", std::string_view("0123abcd")));
}

}  // namespace kinora::tests
