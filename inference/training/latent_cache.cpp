#include "inference/training/latent_cache.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/avg_pool2d.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>
#include <c10/core/InferenceMode.h>
#include <fmt/format.h>

#include <algorithm>

#include "inference/training/scene_batch.h"
#include "inference/training/scenes/caption.h"
#include "inference/training/starter_shape.h"
#include "inference/weights/safetensors.h"

namespace kinora::training {

namespace {

std::filesystem::path shard_file(const std::filesystem::path& folder, int frames, const PictureSize& picture, int number)
{
    return folder / fmt::format("latents-{}-{}x{}-{:05}.safetensors", frames, picture.width, picture.height, number);
}

// The share of every latent cell that the subject's box covers; a latent frame stands for the last of its four frames.
at::Tensor emphasis_of(const DrawnClip& clip, const inference::VaeConfig& config)
{
    const auto stride = config.spatial_stride();
    const auto step = config.temporal_stride();
    std::vector<at::Tensor> frames;
    for (std::int64_t frame = 0; frame < clip.frames; frame += step) {
        at::Tensor covered = at::zeros({1, 1, clip.height, clip.width}, at::kFloat);
        const Box& box = clip.subject_boxes[static_cast<std::size_t>(frame)];
        const std::int64_t left = std::clamp<std::int64_t>(box.x, 0, clip.width),
                           top = std::clamp<std::int64_t>(box.y, 0, clip.height);
        const std::int64_t width = std::min<std::int64_t>(box.x + box.width, clip.width) - left;
        const std::int64_t height = std::min<std::int64_t>(box.y + box.height, clip.height) - top;
        if (width > 0 && height > 0) covered.narrow(2, top, height).narrow(3, left, width).fill_(1.0);
        frames.push_back(at::avg_pool2d(covered, {stride, stride})[0][0]);
    }
    return at::stack(frames).mul(255).to(at::kByte);
}

at::Tensor tokens_of(const SceneSpec& spec, int captions, const Tokenise& tokenise, PortableRandom& random)
{
    at::Tensor rows = at::zeros({captions, k_caption_tokens}, at::kInt);
    auto* values = rows.mutable_data_ptr<std::int32_t>();
    for (int i = 0; i < captions; ++i) {
        const Language language = i % 3 == 2 ? Language::german : Language::english;
        const Detail detail = random.chance(0.25F) ? Detail::brief : Detail::full;
        const auto ids = tokenise(caption(spec, language, random, detail));
        std::copy_n(ids.begin(), std::min<std::size_t>(ids.size(), k_caption_tokens), values + i * k_caption_tokens);
    }
    return rows;
}

at::Tensor attribute_row(const SceneSpec& spec)
{
    const auto values = attributes_of(spec);
    at::Tensor row = at::zeros({k_attributes}, at::kByte);
    std::copy(values.begin(), values.end(), row.mutable_data_ptr<std::uint8_t>());
    return row;
}

core::Result<void> make_shard(const LatentCacheOptions& options, int number, const inference::WanVae& vae,
                              const Tokenise& tokenise, std::stop_token stop)
{
    std::vector<at::Tensor> latents, tokens, emphasis, attributes;
    for (int i = 0; i < options.shard_clips; ++i) {
        if (stop.stop_requested()) return core::make_error(core::ErrorKind::cancelled, "stopped");
        const auto index = static_cast<std::uint64_t>(number) * static_cast<std::uint64_t>(options.shard_clips) +
                           static_cast<std::uint64_t>(i);
        // Every length and shape has scenes of its own.
        const auto set = static_cast<std::uint64_t>(options.frames + 1000 * (options.picture.width - PictureSize{}.width));
        PortableRandom random = stream(options.seed + set, index);
        SceneSpec spec = random_spec(random, options.world);
        spec.picture = options.picture;
        const DrawnClip clip = draw(spec, options.frames);
        const at::Tensor video = to_tensor(clip).unsqueeze(0).to(at::Device(options.cuda ? at::kCUDA : at::kCPU));
        latents.push_back(vae.encode(video).mean[0].to(at::kCPU).to(at::kBFloat16));
        tokens.push_back(tokens_of(spec, options.captions, tokenise, random));
        emphasis.push_back(emphasis_of(clip, vae.config()));
        attributes.push_back(attribute_row(spec));
    }
    return inference::save_safetensors(shard_file(options.folder, options.frames, options.picture, number),
                                       {{"latents", at::stack(latents)},
                                        {"tokens", at::stack(tokens)},
                                        {"emphasis", at::stack(emphasis)},
                                        {"attributes", at::stack(attributes)}});
}

// The set of which the smallest share is done; the number of sets when all are full.
std::size_t emptiest(const std::vector<LatentCacheOptions>& sets, const std::vector<int>& done)
{
    std::size_t found = sets.size();
    double least = 1;
    for (std::size_t i = 0; i < sets.size(); ++i) {
        const int shards = (sets[i].clips + sets[i].shard_clips - 1) / sets[i].shard_clips;
        if (done[i] >= shards) continue;
        const double share = static_cast<double>(done[i]) / shards;
        if (share < least) {
            least = share;
            found = i;
        }
    }
    return found;
}

}  // namespace

std::array<std::uint8_t, k_attributes> attributes_of(const SceneSpec& spec)
{
    const auto number = [](auto value) { return static_cast<std::uint8_t>(value); };
    return {number(spec.place), number(spec.time),         number(spec.subject),      number(spec.colour),
            number(spec.theme), number(spec.direction),    number(spec.speed),        number(spec.weather),
            number(spec.light), number(spec.camera),       number(spec.style),        number(spec.size),
            number(spec.count), number(spec.other),        number(spec.other_colour), number(spec.relation),
            number(spec.later), number(spec.second_camera)};
}

core::Result<void> fill_latent_caches(const std::vector<LatentCacheOptions>& sets, inference::WanVae vae,
                                      const Tokenise& tokenise, double minutes, const Say& say, std::stop_token stop)
{
    const c10::InferenceMode inference_mode;
    if (sets.empty()) return {};
    vae.to(at::kBFloat16, at::Device(sets.front().cuda ? at::kCUDA : at::kCPU));
    std::vector<int> done(sets.size(), 0);
    const Stopwatch watch;
    while (!stop.stop_requested() && watch.seconds() < minutes * 60) {
        const std::size_t next = emptiest(sets, done);
        if (next == sets.size()) break;
        const LatentCacheOptions& set = sets[next];
        std::filesystem::create_directories(set.folder);
        const int number = done[next]++;
        if (std::filesystem::exists(shard_file(set.folder, set.frames, set.picture, number))) continue;
        if (auto made = make_shard(set, number, vae, tokenise, stop); !made) {
            if (made.error().kind == core::ErrorKind::cancelled) return {};
            return made;
        }
        say(fmt::format("latents of {} frames, {}: {} clips, {:.0f} s", set.frames, name(set.picture),
                        (number + 1) * set.shard_clips, watch.seconds()));
    }
    return {};
}

core::Result<LatentSet> load_latents(const std::filesystem::path& folder, int frames, const PictureSize& picture)
{
    std::vector<at::Tensor> latents, tokens, emphasis, attributes;
    for (int number = 0; std::filesystem::exists(shard_file(folder, frames, picture, number)); ++number) {
        auto shard = inference::load_safetensors(shard_file(folder, frames, picture, number));
        if (!shard) return shard.error();
        for (auto [name, list] : {std::pair{"latents", &latents}, std::pair{"tokens", &tokens},
                                  std::pair{"emphasis", &emphasis}, std::pair{"attributes", &attributes}}) {
            if (!shard->contains(name))
                return core::make_error(core::ErrorKind::corrupt,
                                        shard_file(folder, frames, picture, number).string() + " has no " + name);
            list->push_back(shard->tensors().at(name));
        }
        if (attributes.back().dim() != 2 || attributes.back().size(1) != k_attributes) {
            return core::make_error(
                core::ErrorKind::unsupported,
                shard_file(folder, frames, picture, number).string() +
                    " was made by another version of the trainer; remove the latents and make them anew");
        }
    }
    if (latents.empty())
        return core::make_error(
            core::ErrorKind::not_found,
            fmt::format("{} holds no latents of {} frames, {}: make them first", folder.string(), frames, name(picture)));
    return LatentSet{at::cat(latents), at::cat(tokens), at::cat(emphasis), at::cat(attributes)};
}

core::Result<std::vector<LatentSet>> load_latents_of_all_shapes(const std::filesystem::path& folder, int frames)
{
    std::vector<LatentSet> sets;
    for (const PictureSize& picture : k_picture_sizes) {
        auto set = load_latents(folder, frames, picture);
        if (set) {
            sets.push_back(std::move(*set));
        } else if (set.error().kind != core::ErrorKind::not_found) {
            return set.error();
        }
    }
    if (sets.empty()) return load_latents(folder, frames).error();
    return sets;
}

LatentStatistics measure(const LatentSet& set)
{
    LatentStatistics statistics;
    for (std::int64_t channel = 0; channel < set.latents.size(1); ++channel) {
        const at::Tensor values = set.latents.select(1, channel).to(at::kDouble);
        statistics.mean.push_back(values.mean().item<double>());
        statistics.std.push_back(values.std().item<double>());
    }
    return statistics;
}

}  // namespace kinora::training
