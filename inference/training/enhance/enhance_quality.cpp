#include "inference/training/enhance/enhance_quality.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/full.h>
#include <c10/core/InferenceMode.h>
#include <fmt/format.h>

#include <cmath>
#include <functional>
#include <opencv2/imgproc.hpp>
#include <utility>
#include <vector>

#include "inference/enhance/enhance_models.h"
#include "inference/enhance/ifnet.h"
#include "inference/enhance/srvgg.h"
#include "inference/training/enhance/degrade.h"
#include "inference/training/scene_batch.h"

namespace kinora::training {
namespace {

// Far from every stream that training draws from.
constexpr std::uint64_t k_unseen_seed = 0x5eed'0000'0000'0009ULL;

double psnr(const at::Tensor& picture, const at::Tensor& truth)
{
    return -10.0 * std::log10(std::max(1e-6, (picture.clamp(0, 1) - truth).square().mean().item<double>()));
}

/// [3, height, width] enlarged as editing programs do it.
at::Tensor lanczos(const at::Tensor& picture, int scale)
{
    const at::Tensor source = picture.contiguous();
    const auto height = static_cast<int>(picture.size(1));
    const auto width = static_cast<int>(picture.size(2));
    at::Tensor result = at::empty({3, height * scale, width * scale}, at::kFloat);
    for (int c = 0; c < 3; ++c) {
        const cv::Mat from(height, width, CV_32F, source[c].mutable_data_ptr());
        cv::Mat to(height * scale, width * scale, CV_32F, result[c].mutable_data_ptr());
        cv::resize(from, to, to.size(), 0, 0, cv::INTER_LANCZOS4);
    }
    return result;
}

/// Called with an unseen clip, [frames, 3, height, width] in 0…1, and random numbers of its own; gives our PSNR and the
/// plain one.
using Judge = std::function<std::pair<double, double>(const at::Tensor& clip, PortableRandom& random)>;

core::Result<EnhanceQuality> judged(int frames, int clips_per_place, const Judge& judge, const std::stop_token& stop)
{
    const c10::InferenceMode inference_mode;
    EnhanceQuality quality;
    for (const Place place : places_of(World::first)) {
        for (int i = 0; i < clips_per_place; ++i) {
            if (stop.stop_requested()) return core::make_error(core::ErrorKind::cancelled, "stopped");
            PortableRandom random = stream(k_unseen_seed + static_cast<std::uint64_t>(place), static_cast<std::uint64_t>(i));
            const at::Tensor clip = to_tensor(draw(random_spec(random, place), frames)).mul(0.5).add(0.5).transpose(0, 1);
            const auto [ours, plain] = judge(clip.contiguous(), random);
            quality.ours[place] += ours / clips_per_place;
            quality.plain[place] += plain / clips_per_place;
        }
        quality.mean_ours += quality.ours[place] / static_cast<double>(places_of(World::first).size());
        quality.mean_plain += quality.plain[place] / static_cast<double>(places_of(World::first).size());
    }
    return quality;
}

void say_table(const Say& say, const std::string& title, const EnhanceQuality& quality)
{
    say(fmt::format("{}: {:.2f} dB, plain {:.2f} dB, gain {:+.2f} dB", title, quality.mean_ours, quality.mean_plain,
                    quality.mean_ours - quality.mean_plain));
    for (const auto& [place, ours] : quality.ours)
        say(fmt::format("  {:<11} {:.2f}  plain {:.2f}  {:+.2f}", name(place), ours, quality.plain.at(place),
                        ours - quality.plain.at(place)));
}

}  // namespace

core::Result<EnhanceQuality> measure_upscaler(const std::filesystem::path& file, TestPictures pictures, int clips_per_place,
                                              std::stop_token stop)
{
    auto net = inference::load_srvgg(file);
    if (!net) return net.error();
    net->to(at::kFloat, at::kCPU);
    const int scale = static_cast<int>(net->config().scale);
    return judged(
        3, clips_per_place,
        [&](const at::Tensor& clip, PortableRandom& random) {
            const at::Tensor truth = clip[2];
            const at::Tensor small =
                worn(truth, scale, pictures == TestPictures::worn ? random_wear(random) : Wear{}, random);
            const at::Tensor ours = net->upscale(small.unsqueeze(0))[0];
            return std::pair{psnr(ours, truth), psnr(lanczos(small, scale), truth)};
        },
        stop);
}

core::Result<EnhanceQuality> measure_interpolator(const std::filesystem::path& file, int clips_per_place,
                                                  std::stop_token stop)
{
    auto net = inference::load_ifnet(file);
    if (!net) return net.error();
    net->to(at::kFloat, at::kCPU);
    const at::Tensor middle = at::full({1, 1, 1, 1}, 0.5, at::kFloat);
    return judged(
        7, clips_per_place,
        [&](const at::Tensor& clip, PortableRandom&) {
            std::pair<double, double> sums{0, 0};
            constexpr int k_found = 3;
            for (int i = 0; i < k_found; ++i) {
                const at::Tensor before = clip[2 * i].unsqueeze(0);
                const at::Tensor after = clip[2 * i + 2].unsqueeze(0);
                const at::Tensor truth = clip[2 * i + 1].unsqueeze(0);
                sums.first += psnr(net->between(before, after, middle), truth) / k_found;
                sums.second += psnr((before + after) * 0.5, truth) / k_found;
            }
            return sums;
        },
        stop);
}

core::Result<Shimmer> measure_shimmer(const std::filesystem::path& file, int clips_per_place, std::stop_token stop)
{
    auto net = inference::load_srvgg(file);
    if (!net) return net.error();
    net->to(at::kFloat, at::kCPU);
    const int scale = static_cast<int>(net->config().scale);
    constexpr double k_noise = 1.5 / 255;
    const auto change = [](const at::Tensor& a, const at::Tensor& b) {
        return (a - b).square().mean().sqrt().item<double>();
    };
    const auto both = judged(
        1, clips_per_place,
        [&](const at::Tensor& clip, PortableRandom& random) {
            const at::Tensor small = worn(clip[0], scale, Wear{}, random);
            std::vector<at::Tensor> ours;
            std::vector<at::Tensor> plain;
            for (int frame = 0; frame < 2; ++frame) {
                const at::Tensor noisy = small + normal_noise(small.sizes(), random.next()) * k_noise;
                ours.push_back(net->upscale(noisy.unsqueeze(0))[0]);
                plain.push_back(lanczos(noisy, scale));
            }
            return std::pair{change(ours[0], ours[1]), change(plain[0], plain[1])};
        },
        stop);
    if (!both) return both.error();
    return Shimmer{both->mean_ours, both->mean_plain};
}

core::Result<void> report_enhance_quality(const std::filesystem::path& folder, int clips_per_place, const Say& say,
                                          std::stop_token stop)
{
    for (const int scale : {2, 4}) {
        const auto file = folder / fmt::format("upscale-x{}.safetensors", scale);
        for (const auto pictures : {TestPictures::clean, TestPictures::worn}) {
            const auto quality = measure_upscaler(file, pictures, clips_per_place, stop);
            if (!quality) return quality.error();
            say_table(say, fmt::format("x{} {} against Lanczos", scale, pictures == TestPictures::clean ? "clean" : "worn"),
                      *quality);
        }
    }
    const auto shimmer = measure_shimmer(folder / "upscale-x4.safetensors", clips_per_place, stop);
    if (!shimmer) return shimmer.error();
    say(fmt::format("x4, change of still noisy pixels from frame to frame: {:.5f}, Lanczos {:.5f}", shimmer->ours,
                    shimmer->plain));
    const auto quality = measure_interpolator(folder / "interpolate.safetensors", clips_per_place, stop);
    if (!quality) return quality.error();
    say_table(say, "every second frame against blending", *quality);
    return {};
}

}  // namespace kinora::training
