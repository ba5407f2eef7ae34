#include "core/media/resize.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <string>

namespace kinora::media {
namespace {

template <typename Value>
core::Result<std::vector<Value>> resize(std::span<const Value> rgb, int width, int height, int target_width,
                                        int target_height, int type)
{
    const auto size = static_cast<std::size_t>(std::max(width, 0)) * std::max(height, 0) * 3;
    if (size == 0 || rgb.size() != size || target_width < 1 || target_height < 1) {
        return core::make_error(core::ErrorKind::invalid_argument, "A picture without a size can't be scaled.");
    }
    try {
        std::vector<Value> out(static_cast<std::size_t>(target_width) * target_height * 3);
        const cv::Mat source(height, width, type, const_cast<Value*>(rgb.data()));
        cv::Mat target(target_height, target_width, type, out.data());
        const bool shrinks = target_width <= width && target_height <= height;
        cv::resize(source, target, target.size(), 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LANCZOS4);
        return out;
    } catch (const std::exception& problem) {
        return core::make_error(core::ErrorKind::internal,
                                "A picture couldn't be scaled: " + std::string(problem.what()) + ".");
    }
}

}  // namespace

core::Result<std::vector<float>> resize_rgb(std::span<const float> rgb, int width, int height, int target_width,
                                            int target_height)
{
    auto out = resize(rgb, width, height, target_width, target_height, CV_32FC3);
    if (out) {
        for (float& value : *out)
            value = std::clamp(value, 0.0F, 1.0F);
    }
    return out;
}

core::Result<std::vector<unsigned char>> resize_rgb8(std::span<const unsigned char> rgb, int width, int height,
                                                     int target_width, int target_height)
{
    return resize(rgb, width, height, target_width, target_height, CV_8UC3);
}

}  // namespace kinora::media
