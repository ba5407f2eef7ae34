#include "inference/enhance/enhance_models.h"

#include "inference/enhance/enhance_weights.h"

namespace kinora::inference {
namespace {

/// Loads, finds out the shape, builds; errors get the file's name.
template <typename Config, typename Net>
core::Result<Net> load_network(const std::filesystem::path& file)
{
    auto weights = load_enhance_weights(file);
    if (!weights) return weights.error();
    const auto config = Config::detect(*weights);
    if (!config) return about_file(file, config.error());
    auto net = Net::create(*config, *weights);
    if (!net) return about_file(file, net.error());
    return net;
}

}  // namespace

SrvggConfig small_upscaler(std::int64_t scale)
{
    SrvggConfig config;
    config.features = 32;
    config.convolutions = 10;
    config.scale = scale;
    return config;
}

core::Result<SrvggNet> load_srvgg(const std::filesystem::path& file)
{
    return load_network<SrvggConfig, SrvggNet>(file);
}

core::Result<Ifnet> load_ifnet(const std::filesystem::path& file)
{
    return load_network<IfnetConfig, Ifnet>(file);
}

}  // namespace kinora::inference
