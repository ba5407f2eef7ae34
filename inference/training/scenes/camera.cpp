#include "inference/training/scenes/camera.h"

namespace kinora::training {
namespace {

constexpr float k_pan_speed = 2.6F;
constexpr float k_tilt_speed = 1.3F;
constexpr float k_zoom_speed = 0.28F / 32;

}  // namespace

View CameraPath::view(int frame) const
{
    View view;
    view.size = size_;
    move(view, camera_, frame);
    move(view, second_, frame);
    return view;
}

void CameraPath::move(View& view, Camera camera, int frame) const
{
    const float from_middle = frame - (frames_ - 1) / 2.0F;
    switch (camera) {
        case Camera::still:
            break;
        case Camera::pan_left:
            view.x = -k_pan_speed * from_middle;
            break;
        case Camera::pan_right:
            view.x = k_pan_speed * from_middle;
            break;
        case Camera::tilt_up:
            view.y = -k_tilt_speed * from_middle;
            break;
        case Camera::tilt_down:
            view.y = k_tilt_speed * from_middle;
            break;
        case Camera::zoom_in:
            view.zoom = 1 + k_zoom_speed * frame;
            break;
        case Camera::zoom_out:
            view.zoom = 1 + k_zoom_speed * (frames_ - 1 - frame);
            break;
    }
}

Stage CameraPath::stage() const
{
    const View first = view(0);
    const auto margin = [](float way) { return way == 0.0F ? 0 : static_cast<int>(std::ceil(std::abs(way))) + 2; };
    return {size_, margin(first.x), margin(first.y)};
}

}  // namespace kinora::training
