#pragma once

#include "inference/training/scenes/layer.h"
#include "inference/training/scenes/scene_spec.h"

namespace kinora::training {

/// The way of the camera through a clip, one move or two at once: constant speeds in pixels per frame, at rest in the middle
/// of the clip.
class CameraPath {
public:
    CameraPath(const SceneSpec& spec, int frames)
        : size_(spec.picture), camera_(spec.camera), second_(spec.second_camera), frames_(frames)
    {
    }

    /// True while nothing of the picture moves by the camera.
    [[nodiscard]] bool still() const { return camera_ == Camera::still && second_ == Camera::still; }

    [[nodiscard]] View view(int frame) const;

    /// What the camera uncovers around the picture.
    [[nodiscard]] Stage stage() const;

private:
    void move(View& view, Camera camera, int frame) const;

    PictureSize size_;
    Camera camera_;
    Camera second_;
    int frames_;
};

}  // namespace kinora::training
