#pragma once

#include "inference/training/scenes/layer.h"
#include "inference/training/scenes/scene_spec.h"

namespace kinora::training {

/// The way of the camera through a clip: constant speeds in pixels per frame, at rest in the middle of the clip.
class CameraPath {
public:
    CameraPath(Camera camera, int frames) : camera_(camera), frames_(frames) {}

    [[nodiscard]] View view(int frame) const;

    /// What the camera uncovers around the picture.
    [[nodiscard]] Stage stage() const;

private:
    Camera camera_;
    int frames_;
};

}  // namespace kinora::training
