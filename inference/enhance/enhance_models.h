#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/result.h"
#include "inference/enhance/ifnet.h"
#include "inference/enhance/srvgg.h"

namespace kinora::inference {

/// The shape of Kinora's own upscalers.
[[nodiscard]] SrvggConfig small_upscaler(std::int64_t scale);

/// Loads one kind of network from a file of any format. Errors name the file.
[[nodiscard]] core::Result<SrvggNet> load_srvgg(const std::filesystem::path& file);
[[nodiscard]] core::Result<Ifnet> load_ifnet(const std::filesystem::path& file);

}  // namespace kinora::inference
