#include "inference/enhance/upscaler.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros.h>
#include <c10/core/InferenceMode.h>

#include <fstream>
#include <string>
#include <vector>

#include "inference/enhance/enhance_models.h"
#include "inference/enhance/slopes.h"
#include "inference/weights/safetensors.h"
#include "tests/inference/parity.h"
#include "tests/paths.h"
#include "tests/scratch_folder.h"

using namespace kinora;
using namespace kinora::inference;

namespace {

namespace fs = std::filesystem;

double largest_difference(const at::Tensor& a, const at::Tensor& b)
{
    return (a - b).abs().max().item<double>();
}

/// A network whose last layer counts: that of a fresh one is nearly zero.
Upscaler lively(std::int64_t scale)
{
    auto net = SrvggNet::create_random({.features = 16, .convolutions = 6, .scale = scale}, 3);
    net.for_each_parameter([](const std::string&, at::Tensor& parameter) { parameter.mul_(1.6); });
    return Upscaler(std::move(net));
}

fs::path golden(const char* name)
{
    return tests::source_dir() / "tests" / "goldens" / "enhance" / name;
}

std::string bytes_of(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write_bytes(const fs::path& file, const std::string& bytes)
{
    std::ofstream(file, std::ios::binary) << bytes;
}

/// One sentence that names the file and ends as sentences do.
void check_sentence(const core::Error& error, const fs::path& file)
{
    INFO(error.message);
    CHECK(error.message.find(file.filename().string()) != std::string::npos);
    CHECK(error.message.back() == '.');
}

}  // namespace

TEST_CASE("A picture enlarged in pieces has no seams")
{
    at::set_num_threads(1);
    const c10::InferenceMode inference_mode;
    const at::Tensor picture = at::rand({1, 3, 83, 141});
    for (const std::int64_t scale : {2, 4}) {
        const Upscaler upscaler = lively(scale);
        const auto whole = upscaler.upscale(picture, 4096, {});
        REQUIRE(whole);
        for (const int tile : {16, 37, 64}) {
            const auto pieces = upscaler.upscale(picture, tile, {});
            REQUIRE(pieces);
            REQUIRE(pieces->sizes() == whole->sizes());
            INFO("scale " << scale << ", pieces of " << tile);
            CHECK(largest_difference(*pieces, *whole) < 1e-4);
        }
    }
}

TEST_CASE("An ESRGAN network in pieces is within a step of eight bits of the whole")
{
    at::set_num_threads(1);
    const c10::InferenceMode inference_mode;
    for (const char* name : {"rrdb_new_x4.weights.safetensors", "rrdb_cells_x2.weights.safetensors"}) {
        auto upscaler = Upscaler::load(golden(name));
        REQUIRE(upscaler);
        upscaler->to(at::kFloat, at::kCPU);
        const at::Tensor picture = at::rand({1, 3, 120, 101});
        const auto whole = upscaler->upscale(picture, 4096, {});
        const auto pieces = upscaler->upscale(picture, 60, {});
        REQUIRE(whole);
        REQUIRE(pieces);
        CHECK(largest_difference(*pieces, *whole) < 1.0 / 255);
    }
}

TEST_CASE("Enlarging stops between pieces")
{
    const Upscaler upscaler = lively(2);
    std::stop_source source;
    source.request_stop();
    const auto stopped = upscaler.upscale(at::rand({1, 3, 64, 64}), 32, source.get_token());
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error().kind == core::ErrorKind::cancelled);
}

TEST_CASE("The kernel of PReLU gives what libtorch gives")
{
    at::set_num_threads(1);
    const at::Tensor slopes = at::rand({32});
    for (const auto type : {at::kFloat, at::kBFloat16}) {
        const at::Tensor x = (at::rand({2, 32, 5, 7}) - 0.5).to(type).contiguous(at::MemoryFormat::ChannelsLast);
        const at::Tensor expected = at::where(x > 0, x, x * slopes.to(at::kFloat).view({1, 32, 1, 1})).to(type);
        CHECK(largest_difference(with_slopes(x.clone(), slopes).to(at::kFloat), expected.to(at::kFloat)) < 1e-6);
    }
}

TEST_CASE("Damaged, cut off and unknown upscalers are refused with a sentence that names the file")
{
    const tests::ScratchFolder folder;
    const std::string safetensors = bytes_of(golden("rrdb_new_x4.weights.safetensors"));
    const std::string archive = bytes_of(golden("srvgg_x4.weights.pth"));
    REQUIRE(safetensors.size() > 4000);
    for (const std::size_t kept : {std::size_t{0}, std::size_t{7}, std::size_t{500}, safetensors.size() - 1}) {
        const auto file = folder / ("cut-" + std::to_string(kept) + ".safetensors");
        write_bytes(file, safetensors.substr(0, kept));
        const auto loaded = Upscaler::load(file);
        REQUIRE_FALSE(loaded);
        check_sentence(loaded.error(), file);
    }
    for (const std::size_t kept : {std::size_t{10}, archive.size() / 2, archive.size() - 30}) {
        const auto file = folder / ("cut-" + std::to_string(kept) + ".pth");
        write_bytes(file, archive.substr(0, kept));
        const auto loaded = Upscaler::load(file);
        REQUIRE_FALSE(loaded);
        check_sentence(loaded.error(), file);
    }
    const auto missing = Upscaler::load(folder / "nowhere.pth");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == core::ErrorKind::not_found);

    const auto other = folder / "other.safetensors";
    REQUIRE(save_safetensors(other, {{"decoder.conv_in.weight", at::zeros({4, 4})}}));
    const auto unknown = Upscaler::load(other);
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().kind == core::ErrorKind::unsupported);
    check_sentence(unknown.error(), other);
}

TEST_CASE("Networks with a tensor missing, misshapen or in whole numbers are refused")
{
    const tests::ScratchFolder folder;
    const auto stored = load_safetensors(golden("rrdb_new_x4.weights.safetensors"));
    REQUIRE(stored);
    const auto variant = [&](const std::string& name, const std::string& tensor, const at::Tensor& instead) {
        std::vector<std::pair<std::string, at::Tensor>> tensors;
        for (const auto& [key, value] : stored->tensors()) {
            if (key != tensor)
                tensors.emplace_back(key, value);
            else if (instead.defined())
                tensors.emplace_back(key, instead);
        }
        const auto file = folder / name;
        REQUIRE(save_safetensors(file, tensors));
        return file;
    };
    for (const auto& file : {variant("missing.safetensors", "body.0.rdb2.conv3.bias", {}),
                             variant("shape.safetensors", "conv_hr.weight", at::zeros({4, 5, 3, 3})),
                             variant("flat.safetensors", "conv_first.weight", at::zeros({4, 27})),
                             variant("whole.safetensors", "conv_last.bias", at::zeros({3}, at::kLong))}) {
        const auto loaded = Upscaler::load(file);
        REQUIRE_FALSE(loaded);
        check_sentence(loaded.error(), file);
    }
    const auto compact = folder / "compact.safetensors";
    REQUIRE(save_safetensors(compact, {{"body.0.weight", at::zeros({8, 3, 3, 3})},
                                       {"body.1.weight", at::zeros({8})},
                                       {"body.2.weight", at::zeros({50, 8, 3, 3})}}));
    const auto strange = Upscaler::load(compact);
    REQUIRE_FALSE(strange);
    check_sentence(strange.error(), compact);
}

TEST_CASE("Interpolators that are none, or not whole, are refused with a sentence")
{
    const tests::ScratchFolder folder;
    const auto stored = load_safetensors(golden("rife_4_6.weights.safetensors"));
    REQUIRE(stored);
    for (const std::string lost : {"block2.conv0.1.0.weight", "block3.lastconv.0.bias", "block0.lastconv.0.weight"}) {
        std::vector<std::pair<std::string, at::Tensor>> tensors;
        for (const auto& [key, value] : stored->tensors())
            if (key != lost) tensors.emplace_back(key, value);
        const auto file = folder / (lost + ".safetensors");
        REQUIRE(save_safetensors(file, tensors));
        const auto loaded = load_ifnet(file);
        REQUIRE_FALSE(loaded);
        check_sentence(loaded.error(), file);
    }
    const auto upscaler = load_ifnet(golden("srvgg_x4.weights.pth"));
    REQUIRE_FALSE(upscaler);
    CHECK(upscaler.error().kind == core::ErrorKind::corrupt);
}
