#include "inference/training/latent_statistics.h"

#include <nlohmann/json.hpp>

#include "core/base/file.h"

namespace kinora::training {

namespace {

core::Result<LatentStatistics> read(const std::filesystem::path& file)
{
    auto text = core::read_file(file);
    if (!text) return text.error();
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    try {
        return LatentStatistics{json.at("mean").get<std::vector<double>>(), json.at("std").get<std::vector<double>>()};
    } catch (const nlohmann::json::exception& error) {
        return core::make_error(core::ErrorKind::corrupt,
                                file.string() + " doesn't hold latent statistics: " + error.what());
    }
}

}  // namespace

core::Result<LatentStatistics> latent_statistics(const std::filesystem::path& folder)
{
    const auto file = folder / "latent-statistics.json";
    if (std::filesystem::exists(file)) return read(file);
    for (const int frames : {49, 33, 17, 5}) {
        auto set = load_latents(folder, frames);
        if (!set) continue;
        const LatentStatistics measured = measure(*set);
        const nlohmann::json json = {{"mean", measured.mean}, {"std", measured.std}};
        if (auto written = core::write_file(file, json.dump(1) + "\n"); !written) return written.error();
        return measured;
    }
    return core::make_error(core::ErrorKind::not_found, folder.string() + " holds no latents to measure");
}

}  // namespace kinora::training
