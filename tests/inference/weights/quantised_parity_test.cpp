#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/abs.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros_like.h>
#include <c10/core/InferenceMode.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/models/json_file.h"
#include "core/models/weight_file.h"
#include "inference/weights/dequantize.h"
#include "inference/weights/safetensors.h"
#include "tests/inference/weights/dit_fixture.h"
#include "tests/scratch_folder.h"

using namespace kinora;
using tests::Comparison;

namespace {

std::filesystem::path golden(const std::string& name)
{
    return tests::goldens_dir() / name;
}

/// A tensor of a map as float32, quantised or not.
at::Tensor as_floats(const inference::WeightMap& weights, const std::string& name)
{
    if (weights.is_packed(name)) return weights.packed().at(name)->expanded(at::kFloat);
    REQUIRE(weights.tensors().contains(name));
    return weights.tensors().at(name).to(at::kFloat);
}

/// The README's measure for these: the largest difference, relative to the tensor's largest value.
double worst_of(const at::Tensor& actual, const at::Tensor& expected)
{
    REQUIRE(actual.sizes() == expected.sizes());
    return (actual - expected).abs().max().item<double>() / expected.abs().max().item<double>();
}

}  // namespace

TEST_CASE("every GGUF type is expanded as the reference expands it", "[parity]")
{
    for (const std::string file : {"types", "orig_shape"}) {
        const auto weights = inference::load_weight_file(golden("gguf/" + file + ".gguf"));
        REQUIRE(weights);
        auto expected = tests::open_comparison(golden("gguf/" + file + ".safetensors"));
        double worst = 0;
        for (const auto& [name, tensor] : expected.tensors()) {
            CAPTURE(file, name);
            const double error = worst_of(as_floats(*weights, name), tensor);
            CHECK(error <= 1e-6);
            worst = std::max(worst, error);
            expected.expect_close(name, as_floats(*weights, name), 1e-6);
        }
        CHECK(weights->tensors().size() + weights->packed().size() == expected.tensors().size());
        WARN("gguf/" << file << ": worst difference against the largest value " << worst);
        expected.finish();
    }
}

TEST_CASE("a Wan transformer of mixed GGUF types gives the reference's numbers with its weights left packed", "[parity]")
{
    const c10::InferenceMode inference;
    at::set_num_threads(1);
    const auto json = core::read_json_object(golden("gguf/wan_dit_mixed.config.json"));
    REQUIRE(json);
    const auto config = inference::WanDitConfig::from_json(*json, "config");
    REQUIRE(config);
    auto dit = tests::dit_from(golden("gguf/wan_dit_mixed.gguf"), *config);
    int packed = 0;
    dit.for_each_parameter(inference::ParameterVisitor([](const std::string&, at::Tensor&) {},
                                                       [&](const std::string&, inference::Linear& layer) {
                                                           packed += layer.packed ? 1 : 0;
                                                           return true;
                                                       }));
    CHECK(packed >= 12);
    auto file = tests::open_comparison(golden("gguf/wan_dit_mixed.safetensors"));
    tests::compare_run(dit, file, 1e-4);
    file.finish();
}

TEST_CASE("all codes of both 8-bit floats, plain and scaled weights are exact", "[parity]")
{
    for (const std::string form : {"e4m3fn", "e5m2"}) {
        const auto weights = inference::load_part(golden("fp8/" + form + ".safetensors"));
        REQUIRE(weights);
        auto expected = tests::open_comparison(golden("fp8/" + form + ".expected.safetensors"));
        const auto codes = as_floats(*weights, "codes");
        const auto& finite = expected.input("codes_finite");
        CHECK(at::equal(at::isfinite(codes), finite));
        expected.expect_close("codes", at::where(finite, codes, at::zeros_like(codes)), 0.0);
        const auto bits = codes.view(at::kInt);
        const auto& expected_bits = expected.tensors().at("codes_bits");
        const auto no_number = codes != codes;
        expected.expect_close("codes_bits", at::where(no_number, expected_bits, bits), 0.0);
        const float* values = form == "e4m3fn" ? inference::float8_e4m3fn_values() : inference::float8_e5m2_values();
        for (int code = 0; code < 256; ++code)
            CHECK((values[code] == codes[code].item<float>() || values[code] != values[code]));
        expected.expect_close("plain.weight", as_floats(*weights, "plain.weight"), 0.0);
        expected.expect_close("scaled.weight", as_floats(*weights, "scaled.weight"), 1e-7);
        CHECK_FALSE(weights->contains("scaled_fp8"));
        CHECK_FALSE(weights->contains("scaled.scale_weight"));
        expected.finish();
    }
}

TEST_CASE("a Wan transformer in ComfyUI's scaled 8-bit floats gives the reference's numbers", "[parity]")
{
    const c10::InferenceMode inference;
    at::set_num_threads(1);
    const auto settings = core::read_json_object(golden("fp8/settings.json"));
    REQUIRE(settings);
    const auto config = inference::WanDitConfig::read(golden(settings->at("base").get<std::string>()) / "transformer");
    REQUIRE(config);
    const auto dit = tests::dit_from(golden("fp8/wan_dit_scaled_fp8.safetensors"), *config);
    auto file = tests::open_comparison(golden("fp8/wan_dit_scaled_fp8.expected.safetensors"));
    tests::compare_run(dit, file, 1e-4);
    file.finish();
}

TEST_CASE("8-bit floats with a scale for every row are read, and other counts are refused by the weight's name")
{
    const tests::ScratchFolder folder;
    const auto file = folder.path() / "rows.safetensors";
    const at::Tensor codes = at::arange(1, 13, at::kFloat).reshape({3, 4}).to(at::kFloat8_e4m3fn);
    const at::Tensor scales = at::arange(1, 4, at::kFloat).mul(0.5F);
    const auto written = [&](const at::Tensor& numbers) {
        std::filesystem::remove(file);
        REQUIRE(inference::save_safetensors(file, {{"m.weight", codes}, {"m.scale_weight", numbers}}));
        return inference::load_part(file);
    };
    const auto expected = codes.to(at::kFloat) * scales.reshape({3, 1});
    for (const auto& shape : {std::vector<std::int64_t>{3}, std::vector<std::int64_t>{3, 1}}) {
        const auto weights = written(scales.reshape(shape));
        REQUIRE(weights);
        CHECK(at::equal(as_floats(*weights, "m.weight"), expected));
        const auto& packed = weights->packed().at("m.weight");
        CHECK(at::equal(packed->rows(at::arange(2, -1, -1), at::kFloat), expected.flip(0)));
    }
    const auto refused = written(at::arange(1, 3, at::kFloat));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("m.weight") != std::string::npos);
}

TEST_CASE("a packed weight is expanded to each type as its float32 values are rounded, and row by row")
{
    const auto weights = inference::load_weight_file(golden("gguf/types.gguf"));
    REQUIRE(weights);
    for (const auto& [name, packed] : weights->packed()) {
        CAPTURE(name);
        const auto full = packed->expanded(at::kFloat);
        for (const auto type : {at::kFloat, at::kBFloat16, at::kHalf}) {
            CHECK(at::equal(packed->expanded(type), full.to(type)));
            CHECK(at::equal(packed->borrowed(type), full.to(type)));
        }
        const auto rows = at::arange(2, -1, -1);
        CHECK(at::equal(packed->rows(rows, at::kFloat), full.index_select(0, rows)));
    }
}

TEST_CASE("a GGUF file that must be refused is refused when it is loaded, too", "[parity]")
{
    const auto list = core::read_file(golden("hostile/hostile.json"));
    REQUIRE(list);
    int refused = 0;
    for (const auto& item : nlohmann::json::parse(*list)) {
        const auto file = item.at("file").get<std::string>();
        if (file.rfind("gguf/", 0) != 0) continue;
        CAPTURE(file);
        const auto weights = inference::load_weight_file(golden("hostile/" + file));
        if (item.at("must_be_refused").get<bool>()) {
            CHECK_FALSE(weights);
            ++refused;
        } else {
            CHECK(weights);
        }
    }
    CHECK(refused > 0);
}
