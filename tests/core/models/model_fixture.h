#pragma once

#include <filesystem>
#include <string>

#include "core/base/file.h"

namespace kinora::tests {

/// A safetensors file with one float32 tensor of two numbers.
inline std::string tiny_safetensors()
{
    const std::string header = R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})";
    std::string file(8, '\0');
    file[0] = static_cast<char>(header.size());
    return file + header + std::string(8, '\0');
}

/// Writes a whole, tiny model folder in the diffusers layout.
inline void write_tiny_model(const std::filesystem::path& folder)
{
    const auto put = [&](const std::string& name, const std::string& content) {
        std::filesystem::create_directories((folder / name).parent_path());
        if (!core::write_file(folder / name, content)) throw std::filesystem::filesystem_error("write", folder / name, {});
    };
    put("model_index.json", R"({"_class_name":"WanPipeline","scheduler":["diffusers","UniPCMultistepScheduler"],
        "text_encoder":["transformers","UMT5EncoderModel"],"tokenizer":["transformers","T5Tokenizer"],
        "transformer":["diffusers","WanTransformer3DModel"],"transformer_2":[null,null],"vae":["diffusers","AutoencoderKLWan"],
        "expand_timesteps":true})");
    put("scheduler/scheduler_config.json", "{}");
    put("tokenizer/spiece.model", "x");
    put("text_encoder/config.json", "{}");
    put("text_encoder/model.safetensors", tiny_safetensors());
    for (const std::string part : {"transformer", "vae"}) {
        put(part + "/config.json", "{}");
        put(part + "/diffusion_pytorch_model.safetensors", tiny_safetensors());
    }
    put("README.md", "---\nlicense: apache-2.0\ntags:\n- video\n---\n# Tiny film\n\nTrained on nothing.\n");
}

}  // namespace kinora::tests
