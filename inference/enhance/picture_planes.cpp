#include "inference/enhance/picture_planes.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>

#include <cstring>
#include <opencv2/imgproc.hpp>

namespace kinora::inference {

at::Tensor planes_of(std::span<const float> rgb, int width, const core::PictureCut& cut)
{
    // from_blob wants a mutable pointer; the tensor is only read before it is copied.
    auto* begin = const_cast<float*>(rgb.data()) + (static_cast<std::size_t>(cut.top) * width + cut.left) * 3;
    const at::Tensor view =
        at::from_blob(begin, {1, cut.height, cut.width, 3}, {0, static_cast<std::int64_t>(width) * 3, 3, 1}, at::kFloat);
    return view.permute({0, 3, 1, 2}).clone(at::MemoryFormat::Contiguous);
}

std::vector<float> frame_of(const at::Tensor& planes)
{
    const at::Tensor frame = planes[0].permute({1, 2, 0}).clamp(0, 1).contiguous();
    const float* begin = frame.const_data_ptr<float>();
    return {begin, begin + frame.numel()};
}

at::Tensor fitted(const at::Tensor& planes, int width, int height)
{
    const auto from_height = static_cast<int>(planes.size(2));
    const auto from_width = static_cast<int>(planes.size(3));
    if (from_width == width && from_height == height) return planes;
    const at::Tensor source = planes.contiguous();
    at::Tensor result = at::empty({1, 3, height, width}, source.options());
    const bool shrinks = width <= from_width && height <= from_height;
    for (int c = 0; c < 3; ++c) {
        const cv::Mat from(from_height, from_width, CV_32F, source[0][c].mutable_data_ptr());
        cv::Mat to(height, width, CV_32F, result[0][c].mutable_data_ptr());
        cv::resize(from, to, to.size(), 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LANCZOS4);
    }
    return result;
}

}  // namespace kinora::inference
