#include "core/models/composed_model.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "core/base/file.h"
#include "core/models/catalogue.h"
#include "core/models/json_file.h"
#include "core/models/model_summary.h"
#include "tests/goldens_path.h"
#include "tests/scratch_folder.h"

using namespace kinora::core;
using kinora::tests::goldens_dir;
using kinora::tests::ScratchFolder;
namespace fs = std::filesystem;

namespace {

CatalogueFolders folders_in(const ScratchFolder& scratch)
{
    return {scratch / "resources", scratch / "data", scratch / "config" / "models.json", scratch / "assembled"};
}

void copy_to(const fs::path& from, const fs::path& to)
{
    fs::create_directories(to.parent_path());
    fs::copy_file(from, to);
    fs::permissions(to, fs::perms::owner_write, fs::perm_options::add);
}

fs::path single_file(const std::string& name)
{
    return goldens_dir() / "single_file" / name;
}

/// ComfyUI's folders with a text-to-video transformer, its VAE, a text encoder that brings its tokenizer, and a LoRA. The
/// fixtures' heads are smaller than any released model's, so a configuration lies beside the transformer.
void write_comfyui_tree(const fs::path& models)
{
    copy_to(single_file("wan21_t2v_prefixed.safetensors"), models / "diffusion_models" / "wan_small.safetensors");
    copy_to(goldens_dir() / "wan_dit_t2v21" / "transformer" / "config.json",
            models / "diffusion_models" / "wan_small.config.json");
    copy_to(single_file("wan21_vae.safetensors"), models / "vae" / "wan_2.1_vae.safetensors");
    copy_to(single_file("umt5_comfyui_bf16.safetensors"), models / "text_encoders" / "umt5.safetensors");
    copy_to(goldens_dir() / "lora" / "kohya.safetensors", models / "loras" / "style.safetensors");
}

}  // namespace

TEST_CASE("configurations are detected from the original layouts as diffusers writes them", "[parity]")
{
    const auto sources = read_json_object(goldens_dir() / "single_file" / "sources.json");
    REQUIRE(sources);
    int compared = 0;
    for (const auto& [name, source] : sources->items()) {
        if (!source.contains("component")) continue;
        CAPTURE(name);
        const auto part = detect_part(single_file(name));
        REQUIRE(part);
        CHECK(folder_of(part->kind) == source["component"].get<std::string>());
        REQUIRE(part->config.is_object());
        const auto expected = read_json_object(goldens_dir() / source["fixture"].get<std::string>() /
                                               source["component"].get<std::string>() / "config.json");
        REQUIRE(expected);
        for (const auto& [key, value] : part->config.items()) {
            // Heads, statistics of latents and distances stand in no shape; a decoder as wide as the encoder may be left
            // out.
            const bool untold = key == "num_attention_heads" || key == "attention_head_dim" || key == "latents_mean" ||
                                key == "latents_std" || key == "architectures" || key == "_class_name";
            if (untold || !expected->contains(key) || (*expected)[key].is_null()) continue;
            CAPTURE(key);
            CHECK((*expected)[key] == value);
            ++compared;
        }
    }
    CHECK(compared > 50);
}

TEST_CASE("a ComfyUI tree is added in place and its parts become one model")
{
    const ScratchFolder scratch;
    const fs::path models = scratch / "ComfyUI" / "models";
    write_comfyui_tree(models);
    const Catalogue catalogue(folders_in(scratch));
    const auto added = catalogue.add_path(models);
    REQUIRE(added);
    REQUIRE(added->models.size() == 1);
    CHECK(added->parts.size() == 4);
    const auto entry = catalogue.find("wan_small");
    REQUIRE(entry);
    CHECK(inspect_model_folder(entry->folder));
    CHECK(fs::is_symlink(entry->folder / "transformer" / "diffusion_pytorch_model.safetensors"));
    CHECK(fs::exists(entry->folder / "tokenizer" / "spiece.model"));
    const auto summary = summarise_model(*entry);
    CHECK(summary.variant == "Wan 2.1 T2V");
    CHECK(summary.precision == "F32");
    CHECK(summary.missing.empty());
    REQUIRE_FALSE(summary.notes.empty());
    CHECK(summary.notes.front().find("Needs the Wan 2.1 VAE; found one in") == 0);
    const auto parts = catalogue.parts();
    REQUIRE(parts);
    CHECK(std::count_if(parts->begin(), parts->end(), [](const auto& part) { return part.kind == PartKind::lora; }) == 1);
    CHECK(catalogue.add_path(models)->models.size() == 1);
    REQUIRE(catalogue.remove("wan_small"));
    CHECK(catalogue.list()->empty());
    CHECK(fs::exists(models / "vae" / "wan_2.1_vae.safetensors"));
}

TEST_CASE("a transformer without its VAE is listed with what it needs, and completed when that is added")
{
    const ScratchFolder scratch;
    const fs::path models = scratch / "models";
    write_comfyui_tree(models);
    fs::create_directories(scratch / "elsewhere");
    fs::rename(models / "vae" / "wan_2.1_vae.safetensors", scratch / "elsewhere" / "vae.safetensors");
    const Catalogue catalogue(folders_in(scratch));
    REQUIRE(catalogue.add_path(models));
    const auto incomplete = catalogue.find("wan_small");
    REQUIRE_FALSE(incomplete);
    CHECK(incomplete.error().message.find("Needs the Wan 2.1 VAE, and none is known") != std::string::npos);
    const auto file = catalogue.add_path(scratch / "elsewhere" / "vae.safetensors");
    REQUIRE(file);
    CHECK(file->models.empty());
    REQUIRE(file->parts.size() == 1);
    CHECK(file->parts[0].variant == "Wan 2.1 VAE");
    CHECK(catalogue.find("wan_small"));
}

TEST_CASE("folders of extra_model_paths.yaml are added through the file")
{
    const ScratchFolder scratch;
    write_comfyui_tree(scratch / "comfy" / "models");
    REQUIRE(write_file(scratch / "extra_model_paths.yaml",
                       std::string_view("comfyui:\n    base_path: comfy/\n    diffusion_models: models/diffusion_models/\n"
                                        "    vae: models/vae/\n    text_encoders: |\n        models/text_encoders/\n"
                                        "        models/clip/\n    loras: models/loras/\n")));
    const Catalogue catalogue(folders_in(scratch));
    const auto added = catalogue.add_path(scratch / "extra_model_paths.yaml");
    REQUIRE(added);
    CHECK(added->parts.size() == 4);
    CHECK(catalogue.find("wan_small"));
}

TEST_CASE("a Hugging Face cache is added with its links, and the main branch's snapshot is taken")
{
    const ScratchFolder scratch;
    const fs::path repository = scratch / "hub" / "models--Someone--Small";
    const fs::path snapshot = repository / "snapshots" / "abc123";
    const fs::path source = scratch / "source";
    write_comfyui_tree(source);
    int number = 0;
    for (const auto& entry : fs::recursive_directory_iterator(source)) {
        if (!entry.is_regular_file()) continue;
        const fs::path blob = repository / "blobs" / ("blob" + std::to_string(number++));
        copy_to(entry.path(), blob);
        const fs::path link = snapshot / fs::relative(entry.path(), source);
        fs::create_directories(link.parent_path());
        fs::create_symlink(fs::relative(blob, link.parent_path()), link);
    }
    fs::create_directories(repository / "refs");
    REQUIRE(write_file(repository / "refs" / "main", std::string_view("abc123")));
    fs::create_directories(repository / "snapshots" / "older");
    const Catalogue catalogue(folders_in(scratch));
    const auto added = catalogue.add_path(scratch / "hub");
    REQUIRE(added);
    REQUIRE(added->models.size() == 1);
    const auto entry = catalogue.find("wan_small");
    REQUIRE(entry);
    CHECK(inspect_model_folder(entry->folder));
}

TEST_CASE("a single file is a model by its path, with what it lacks from the catalogue")
{
    const ScratchFolder scratch;
    write_comfyui_tree(scratch / "models");
    const Catalogue catalogue(folders_in(scratch));
    REQUIRE(catalogue.add_path(scratch / "models"));
    copy_to(single_file("wan21_t2v_unprefixed.safetensors"), scratch / "loose.safetensors");
    copy_to(goldens_dir() / "wan_dit_t2v21" / "transformer" / "config.json", scratch / "loose.config.json");
    CHECK(catalogue.find((scratch / "loose.safetensors").string()));
    const auto vae = catalogue.find((scratch / "models" / "vae" / "wan_2.1_vae.safetensors").string());
    REQUIRE_FALSE(vae);
    CHECK(vae.error().message.find("Wan 2.1 VAE") != std::string::npos);
    CHECK(catalogue.list()->size() == 1);
}

TEST_CASE("a folder with nothing of a known kind, and a damaged file, can't be added")
{
    const ScratchFolder scratch;
    fs::create_directories(scratch / "empty");
    const Catalogue catalogue(folders_in(scratch));
    CHECK(catalogue.add_path(scratch / "empty").error().kind == ErrorKind::unsupported);
    CHECK(catalogue.add_path(scratch / "none").error().kind == ErrorKind::not_found);
    REQUIRE(write_file(scratch / "bad.gguf", std::string_view("GGUFxxxx")));
    const auto bad = catalogue.add_path(scratch / "bad.gguf");
    REQUIRE_FALSE(bad);
    CHECK(bad.error().message.find("bad.gguf") != std::string::npos);
    CHECK_FALSE(fs::exists(scratch / "config"));
}

TEST_CASE("two files of one pair of experts become one model")
{
    const ScratchFolder scratch;
    const fs::path models = scratch / "models";
    write_comfyui_tree(models);
    for (const std::string noise : {"high_noise", "low_noise"}) {
        copy_to(single_file("wan21_t2v_unprefixed.safetensors"),
                models / "diffusion_models" / ("wan2.2_t2v_" + noise + "_14B.safetensors"));
        copy_to(goldens_dir() / "wan_dit_t2v21" / "transformer" / "config.json",
                models / "diffusion_models" / ("wan2.2_t2v_" + noise + "_14B.config.json"));
    }
    const Catalogue catalogue(folders_in(scratch));
    REQUIRE(catalogue.add_path(models));
    const auto entry = catalogue.find("wan2.2_t2v_14B");
    REQUIRE(entry);
    CHECK(summarise_model(*entry).variant == "Wan 2.2 A14B T2V");
    CHECK(fs::exists(entry->folder / "transformer_2" / "config.json"));
    CHECK(catalogue.list()->size() == 2);
}

TEST_CASE("a configuration beside a file that says nonsense is left out")
{
    const ScratchFolder scratch;
    const fs::path file = scratch / "diffusion_models" / "wan_small.safetensors";
    copy_to(single_file("wan21_t2v_prefixed.safetensors"), file);
    for (const char* told :
         {R"({"num_attention_heads": "two", "attention_head_dim": null, "eps": [], "rope_max_seq_len": -1})",
          R"({"num_attention_heads": 1e300, "attention_head_dim": 99999999999999})", "[1]", "{"}) {
        INFO(told);
        std::ofstream(file.parent_path() / "wan_small.config.json", std::ios::trunc) << told;
        const auto part = detect_part(file);
        REQUIRE(part);
        REQUIRE(part->config.is_object());
        CHECK(part->config["num_attention_heads"].is_number_integer());
    }
}
