#include "inference/weights/safetensors.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/full.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "tests/goldens_path.h"
#include "tests/scratch_folder.h"

using namespace kinora;
using inference::load_part;
using inference::load_safetensors;
using inference::save_safetensors;
using tests::ScratchFolder;

namespace {

const at::Tensor& tensor(const inference::WeightMap& map, const std::string& name)
{
    return map.tensors().at(name);
}

}  // namespace

TEST_CASE("tensors of every type come back as they were saved")
{
    const ScratchFolder folder;
    std::vector<std::pair<std::string, at::Tensor>> saved;
    for (at::ScalarType type : {at::kFloat, at::kHalf, at::kBFloat16, at::kDouble, at::kLong, at::kInt, at::kShort,
                                at::kChar, at::kByte, at::kBool, at::kFloat8_e4m3fn, at::kFloat8_e5m2}) {
        saved.emplace_back(at::toString(type), at::arange(0, 7).to(type));
    }
    saved.emplace_back("scalar", at::full({}, 2.5));
    saved.emplace_back("none", at::zeros({0, 3}));
    saved.emplace_back("transposed", at::arange(0, 6).reshape({2, 3}).t());
    REQUIRE(save_safetensors(folder / "x.safetensors", saved, {{"author", "a \"quoted\" name"}}));
    const auto loaded = inference::open_safetensors(folder / "x.safetensors");
    REQUIRE(loaded);
    CHECK(loaded->metadata.at("author") == "a \"quoted\" name");
    REQUIRE(loaded->weights.tensors().size() == saved.size());
    for (const auto& [name, value] : saved) {
        CAPTURE(name);
        const auto& back = tensor(loaded->weights, name);
        CHECK(back.scalar_type() == value.scalar_type());
        CHECK(back.sizes() == value.sizes());
        CHECK(at::equal(back.to(at::kDouble), value.to(at::kDouble)));
    }
}

TEST_CASE("a tensor keeps the map alive after the weights are gone")
{
    const ScratchFolder folder;
    REQUIRE(save_safetensors(folder / "x.safetensors", {{"a", at::ones({1000})}}));
    at::Tensor kept;
    {
        const auto loaded = load_safetensors(folder / "x.safetensors");
        REQUIRE(loaded);
        kept = tensor(*loaded, "a");
    }
    CHECK(kept.sum().item<float>() == 1000.0F);
}

TEST_CASE("an unaligned tensor is copied and right", "[parity]")
{
    const auto loaded = load_safetensors(tests::goldens_dir() / "hostile/safetensors/unaligned_f32.safetensors");
    REQUIRE(loaded);
    for (const auto& [name, value] : loaded->tensors()) {
        CHECK(reinterpret_cast<std::uintptr_t>(value.const_data_ptr()) % value.element_size() == 0);
    }
}

TEST_CASE("malformed files are refused when they are mapped, too", "[parity]")
{
    std::ifstream stream(tests::goldens_dir() / "hostile" / "hostile.json");
    int refused = 0;
    for (const auto& item : nlohmann::json::parse(stream)) {
        const auto file = item.at("file").get<std::string>();
        if (file.rfind("safetensors/", 0) != 0 || !item.at("must_be_refused").get<bool>()) continue;
        CAPTURE(file);
        CHECK_FALSE(load_safetensors(tests::goldens_dir() / "hostile" / file));
        ++refused;
    }
    CHECK(refused > 0);
}

TEST_CASE("saving twice under one name, or nothing, is refused and leaves no file")
{
    const ScratchFolder folder;
    CHECK_FALSE(save_safetensors(folder / "x.safetensors", {{"a", at::ones({1})}, {"a", at::ones({1})}}));
    CHECK_FALSE(save_safetensors(folder / "x.safetensors", {{"a", at::Tensor()}}));
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("a sharded folder is loaded whole")
{
    const ScratchFolder folder;
    REQUIRE(save_safetensors(folder / "model-1.safetensors", {{"a", at::ones({2})}}));
    REQUIRE(save_safetensors(folder / "model-2.safetensors", {{"b", at::zeros({3})}}));
    REQUIRE(core::write_file(folder / "model.safetensors.index.json",
                             R"({"metadata":{},"weight_map":{"a":"model-1.safetensors","b":"model-2.safetensors"}})"));
    const auto loaded = load_part(folder.path());
    REQUIRE(loaded);
    CHECK(loaded->tensors().size() == 2);

    std::filesystem::remove(folder / "model-2.safetensors");
    const auto half = load_part(folder.path());
    REQUIRE_FALSE(half);
    CHECK(half.error().kind == core::ErrorKind::not_found);
    CHECK(half.error().message.find("model-2.safetensors") != std::string::npos);
}

TEST_CASE("a shard that lacks what its index promises is an error that names both")
{
    const ScratchFolder folder;
    REQUIRE(save_safetensors(folder / "model-1.safetensors", {{"a", at::ones({2})}}));
    REQUIRE(core::write_file(folder / "model.safetensors.index.json",
                             R"({"weight_map":{"a":"model-1.safetensors","b":"model-1.safetensors"}})"));
    const auto loaded = load_part(folder.path());
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().kind == core::ErrorKind::corrupt);
    CHECK(loaded.error().message.find("\"b\"") != std::string::npos);
}

TEST_CASE("an index can't lead out of its folder")
{
    const ScratchFolder folder;
    for (const char* name : {"../x.safetensors", "/etc/passwd", "a\\\\b.safetensors", "", "x.bin"}) {
        CAPTURE(name);
        REQUIRE(core::write_file(folder / "model.safetensors.index.json",
                                 std::string(R"({"weight_map":{"a":")") + name + "\"}}"));
        const auto loaded = load_part(folder.path());
        REQUIRE_FALSE(loaded);
        CHECK(loaded.error().kind == core::ErrorKind::corrupt);
    }
}

TEST_CASE("a part without weights, or that isn't there, says so")
{
    const ScratchFolder folder;
    const auto empty = load_part(folder.path());
    REQUIRE_FALSE(empty);
    CHECK(empty.error().kind == core::ErrorKind::not_found);
    CHECK_FALSE(load_part(folder / "nothing"));
}
