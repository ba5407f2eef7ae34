#pragma once

#include <filesystem>
#include <map>
#include <stop_token>
#include <string>

#include "core/base/result.h"
#include "inference/training/scenes/scene_spec.h"
#include "inference/training/training_log.h"

namespace kinora::training {

/// Mean PSNR in dB on unseen drawn clips, of a network and of what it has to beat, by place and over all places equally.
struct EnhanceQuality {
    std::map<Place, double> ours;
    std::map<Place, double> plain;  ///< Lanczos, or the mean of both neighbours
    double mean_ours = 0;
    double mean_plain = 0;
};

/// An upscaler of the folder on frames made smaller by area (`worn`: as random wear has it) and enlarged again.
enum class TestPictures { clean, worn };
[[nodiscard]] core::Result<EnhanceQuality> measure_upscaler(const std::filesystem::path& file, TestPictures pictures,
                                                            int clips_per_place, std::stop_token stop);

/// Every second frame of drawn clips taken away and found again between its neighbours.
[[nodiscard]] core::Result<EnhanceQuality> measure_interpolator(const std::filesystem::path& file, int clips_per_place,
                                                                std::stop_token stop);

/// Root mean square change from frame to frame of a still drawn picture with a little noise, enlarged by the network and by
/// Lanczos.
struct Shimmer {
    double ours = 0;
    double plain = 0;
};
[[nodiscard]] core::Result<Shimmer> measure_shimmer(const std::filesystem::path& file, int clips_per_place,
                                                    std::stop_token stop);

/// Says all tables of the networks in a folder.
[[nodiscard]] core::Result<void> report_enhance_quality(const std::filesystem::path& folder, int clips_per_place,
                                                        const Say& say, std::stop_token stop);

}  // namespace kinora::training
