#include "inference/training/scene_batch.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/stack.h>

namespace kinora::training {

PortableRandom stream(std::uint64_t seed, std::uint64_t step)
{
    PortableRandom mixed(seed);
    return PortableRandom(mixed.next() ^ (step * 0x9e3779b97f4a7c15ULL));
}

at::Tensor to_tensor(const DrawnClip& clip)
{
    // from_blob wants a mutable pointer; the tensor is only read before the next line copies it.
    auto* bytes = const_cast<std::uint8_t*>(clip.rgb.data());
    const at::Tensor pixels = at::from_blob(bytes, {clip.frames, clip.height, clip.width, 3}, at::kByte);
    return pixels.to(at::kFloat).div_(127.5).sub_(1.0).permute({3, 0, 1, 2});
}

at::Tensor to_tensor(const core::FrameSequence& clip)
{
    auto* values = const_cast<float*>(clip.rgb.data());  // only read, as above
    const at::Tensor pixels = at::from_blob(values, {clip.frames, clip.height, clip.width, 3}, at::kFloat);
    return pixels.mul(2).sub_(1).permute({3, 0, 1, 2});
}

at::Tensor random_clips(PortableRandom& random, int batch, int frames, int crop)
{
    std::vector<at::Tensor> clips;
    const PictureSize whole = random_picture_size(random);
    for (int i = 0; i < batch; ++i) {
        SceneSpec spec = random_spec(random, World::grown);
        spec.picture = crop > 0 ? random_picture_size(random) : whole;
        at::Tensor clip = to_tensor(draw(spec, frames));
        if (crop > 0) {
            const auto top = static_cast<std::int64_t>(random.index(static_cast<std::size_t>(clip.size(2) - crop + 1)));
            const auto left = static_cast<std::int64_t>(random.index(static_cast<std::size_t>(clip.size(3) - crop + 1)));
            clip = clip.narrow(2, top, crop).narrow(3, left, crop);
        }
        clips.push_back(clip);
    }
    return at::stack(clips).contiguous(at::MemoryFormat::ChannelsLast3d);
}

at::Tensor normal_noise(at::IntArrayRef shape, std::uint64_t seed)
{
    return at::randn(shape, at::detail::createCPUGenerator(seed), at::kFloat);
}

}  // namespace kinora::training
