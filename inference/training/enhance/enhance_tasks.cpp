#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>

#include <map>
#include <utility>

#include "inference/enhance/enhance_models.h"
#include "inference/enhance/ifnet.h"
#include "inference/enhance/srvgg.h"
#include "inference/training/enhance/enhance_data.h"
#include "inference/training/enhance/enhance_trainer.h"
#include "inference/training/training_state.h"
#include "inference/weights/safetensors.h"

namespace kinora::training {
namespace {

constexpr int k_upscaler_side = 48;
constexpr int k_interpolator_side = 96;

const std::map<std::string, std::string> k_metadata{
    {"format", "pt"}, {"licence", "Apache-2.0"}, {"training_data", "scenes that Kinora's own code draws"}};

using Named = std::vector<std::pair<std::string, at::Tensor>>;

core::Result<void> write_half(const std::filesystem::path& file, const Named& tensors, const char* architecture)
{
    Named half;
    for (const auto& [name, tensor] : tensors)
        half.emplace_back(name, tensor.detach().to(at::kHalf).contiguous());
    auto metadata = k_metadata;
    metadata["architecture"] = architecture;
    return inference::save_safetensors(file, half, metadata);
}

bool is_last_layer(const std::string& name, const inference::SrvggConfig& config)
{
    return name.starts_with("body." + std::to_string(2 * (config.convolutions + 1)) + ".");
}

/// Both upscalers, of which the second has the first one's layers but for the last.
struct Upscalers {
    inference::SrvggNet x4;
    inference::SrvggNet x2;

    explicit Upscalers(std::uint64_t seed)
        : x4(inference::SrvggNet::create_random(inference::small_upscaler(4), seed)),
          x2(inference::SrvggNet::create_random(inference::small_upscaler(2), seed + 1))
    {
        std::map<std::string, at::Tensor> shared;
        x4.for_each_parameter([&](const std::string& name, at::Tensor& tensor) { shared[name] = tensor; });
        x2.for_each_parameter([&](const std::string& name, at::Tensor& tensor) {
            if (!is_last_layer(name, x2.config())) tensor = shared.at(name);
        });
    }

    /// Those of ×4 under their names, the last layer of ×2 as "x2.…".
    std::vector<NamedParameter> parameters()
    {
        std::vector<NamedParameter> found = parameters_of(x4);
        x2.for_each_parameter([&](const std::string& name, at::Tensor& tensor) {
            if (is_last_layer(name, x2.config())) found.push_back({"x2." + name, tensor});
        });
        return found;
    }

    core::Result<void> publish(const Ema& averages, const std::filesystem::path& folder) const
    {
        Named of4;
        Named of2;
        for (const auto& average : averages.averages()) {
            if (average.name.starts_with("x2.")) {
                of2.emplace_back(average.name.substr(3), average.tensor);
                continue;
            }
            of4.emplace_back(average.name, average.tensor);
            if (!is_last_layer(average.name, x4.config())) of2.emplace_back(average.name, average.tensor);
        }
        if (auto written = write_half(folder / "upscale-x4.safetensors", of4, "SRVGGNetCompact x4"); !written)
            return written;
        return write_half(folder / "upscale-x2.safetensors", of2, "SRVGGNetCompact x2");
    }
};

/// The logarithm of each picture's error and of that of its differences. Clean pictures, of which little is wrong, count as
/// much as worn ones this way; with a plain mean the worn ones alone decide (Chen et al. 2022, NAFNet, train with it too).
at::Tensor upscale_loss(const at::Tensor& output, const at::Tensor& target)
{
    const at::Tensor error = output.to(at::kFloat) - target;
    const at::Tensor slope = error.diff(1, -1).abs().mean({1, 2, 3}) + error.diff(1, -2).abs().mean({1, 2, 3});
    return (error.square().mean({1, 2, 3}) + 1e-6).log().mean() + (slope + 1e-3).log().mean() * 0.5;
}

/// A copy that computes in bfloat16 and hands its gradients to the original.
template <typename Net>
Net working(const Net& net, bool bfloat16)
{
    Net copy = net;
    if (bfloat16) copy.to(at::kBFloat16, at::kCPU);
    return copy;
}

}  // namespace

core::Result<std::int64_t> train_upscalers(const EnhanceTrainingOptions& options, const Say& say, std::stop_token stop)
{
    Upscalers nets(options.seed);
    const int side = options.side > 0 ? options.side : k_upscaler_side;
    EnhanceTask task;
    task.name = "upscalers";
    task.parameters = nets.parameters();
    task.loss = [&](PortableRandom& random) {
        const int scale = random.chance(0.5F) ? 2 : 4;
        const UpscaleBatch batch = random_upscale_batch(random, options.batch, side, scale);
        const auto net = working(scale == 2 ? nets.x2 : nets.x4, options.bfloat16);
        return upscale_loss(net.upscale(batch.small), batch.large);
    };
    task.publish = [&](const Ema& averages) { return nets.publish(averages, options.folder); };
    return train_task(task, options, say, std::move(stop));
}

core::Result<std::int64_t> train_interpolator(const EnhanceTrainingOptions& options, const Say& say, std::stop_token stop)
{
    auto net = inference::Ifnet::create_random(inference::IfnetConfig::small(), options.seed);
    const int side = options.side > 0 ? options.side : k_interpolator_side;
    EnhanceTask task;
    task.name = "interpolator";
    task.parameters = parameters_of(net);
    task.loss = [&](PortableRandom& random) {
        const BetweenBatch batch = random_between_batch(random, options.batch, side);
        const auto reached = working(net, options.bfloat16).all_between(batch.first, batch.second, batch.moment);
        at::Tensor loss = picture_loss(reached.back(), batch.middle);
        double weight = 0.3;  // the coarser a block, the less it has to be right
        for (std::size_t block = reached.size() - 1; block-- > 0; weight *= 0.6)
            loss = loss + (reached[block] - batch.middle).abs().mean() * weight;
        return loss;
    };
    task.publish = [&](const Ema& averages) {
        Named tensors;
        for (const auto& average : averages.averages())
            tensors.emplace_back(average.name, average.tensor);
        return write_half(options.folder / "interpolate.safetensors", tensors, "IFNet (RIFE 4)");
    };
    return train_task(task, options, say, std::move(stop));
}

}  // namespace kinora::training
