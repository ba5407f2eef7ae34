#include "core/export/enhanced_source.h"

#include <span>
#include <utility>

namespace kinora::media {

core::Result<std::shared_ptr<EnhancedSource>> EnhancedSource::create(std::shared_ptr<FrameSource> inner,
                                                                     core::EnhanceRequest request,
                                                                     std::shared_ptr<core::Enhancer> enhancer,
                                                                     std::shared_ptr<FrameSource> fallback)
{
    const SourceInfo info = inner->info();
    auto plan = core::plan_enhance(request, {info.width, info.height, info.frames, info.rate});
    if (!plan) return plan.error();
    auto source = std::shared_ptr<EnhancedSource>(new EnhancedSource);
    source->inner_ = std::move(inner);
    source->fallback_ = std::move(fallback);
    source->request_ = std::move(request);
    source->enhancer_ = std::move(enhancer);
    source->plan_ = *plan;
    return source;
}

SourceInfo EnhancedSource::info() const
{
    return {plan_.shape.width, plan_.shape.height, static_cast<int>(plan_.shape.frames), plan_.shape.rate};
}

FrameOrigin EnhancedSource::origin() const
{
    return failed_ ? fallback_->origin() : inner_->origin();
}

std::string EnhancedSource::note() const
{
    return failed_ ? note_ : inner_->note();
}

core::Result<void> EnhancedSource::begin(const std::stop_token& stop)
{
    const SourceInfo info = inner_->info();
    auto run = enhancer_->start(request_, {info.width, info.height, info.frames, info.rate}, stop);
    if (!run) return run.error();
    run_ = std::move(*run);
    ready_.clear();
    first_ready_ = pushed_ = needed_ = 0;
    finished_ = false;
    return {};
}

core::Result<void> EnhancedSource::make_next(const std::stop_token& stop)
{
    const core::FrameSink keep = [this](std::span<const float> rgb) -> core::Result<void> {
        if (ready_.empty() && first_ready_ < needed_) {
            ++first_ready_;
            return {};
        }
        ready_.emplace_back(rgb.begin(), rgb.end());
        return {};
    };
    if (pushed_ < inner_->info().frames) {
        const auto taken = inner_->frames({pushed_, pushed_ + 1}, stop);
        if (!taken) return taken.error();
        ++pushed_;
        return run_->push(taken->frame(0), keep);
    }
    if (std::exchange(finished_, true))
        return core::make_error(core::ErrorKind::internal, "The enhanced clip is shorter than it was planned.");
    return run_->finish(keep);
}

core::Result<core::FrameSequence> EnhancedSource::made(FrameRange range, const std::stop_token& stop)
{
    if (!run_ || range.first < first_ready_)
        if (auto begun = begin(stop); !begun) return begun.error();
    needed_ = range.first;
    while (!ready_.empty() && first_ready_ < needed_) {
        ready_.pop_front();
        ++first_ready_;
    }
    while (first_ready_ + static_cast<std::int64_t>(ready_.size()) < range.end || first_ready_ < needed_)
        if (auto next = make_next(stop); !next) return next.error();
    core::FrameSequence part{static_cast<int>(range.length()), plan_.shape.height, plan_.shape.width, plan_.shape.rate, {}};
    part.rgb.reserve(part.frame_size() * static_cast<std::size_t>(part.frames));
    for (std::int64_t frame = range.first; frame < range.end; ++frame) {
        const auto& rgb = ready_[static_cast<std::size_t>(frame - first_ready_)];
        part.rgb.insert(part.rgb.end(), rgb.begin(), rgb.end());
    }
    return part;
}

core::Result<core::FrameSequence> EnhancedSource::frames(FrameRange range, std::stop_token stop)
{
    if (range.first < 0 || range.empty() || range.end > plan_.shape.frames)
        return core::make_error(core::ErrorKind::invalid_argument, "The clip has no such frames.");
    if (!failed_) {
        auto part = made(range, stop);
        if (part || part.error().kind == core::ErrorKind::cancelled || !fallback_) return part;
        failed_ = true;
        note_ = part.error().message;
    }
    return fallback_->frames(range, std::move(stop));
}

std::shared_ptr<FrameSource> frames_before_enhancing(const core::ProjectStore& store, const core::Take& take,
                                                     const DecodeLatents& decode)
{
    const auto latents = store.resolve(take.latents);
    std::error_code ignored;
    const bool there = take.recipe && take.recipe->enhance.wanted() && !take.latents.empty() && decode && latents &&
                       std::filesystem::is_regular_file(*latents, ignored);
    if (!there) return nullptr;
    core::Take before = take;
    before.frames = take.recipe->frames;
    before.rate = take.recipe->rate;
    before.width = take.recipe->width;
    before.height = take.recipe->height;
    return std::make_shared<TakeSource>(std::move(before), TakeSource::Files{{}, *latents, {}}, decode, take.recipe->frames);
}

core::Result<std::shared_ptr<FrameSource>> frames_of_take(const core::ProjectStore& store, const core::Take& take,
                                                          const DecodeLatents& decode,
                                                          const std::shared_ptr<core::Enhancer>& enhancer, std::int64_t end)
{
    const auto before = enhancer ? frames_before_enhancing(store, take, decode) : nullptr;
    // The latents are those of the clip before: a take that was enhanced has only its clip besides.
    const bool enhanced = take.recipe && take.recipe->enhance.wanted();
    auto own = TakeSource::of(store, take, enhanced ? DecodeLatents() : decode, end);
    if (!own) return own.error();
    if (!before) return std::shared_ptr<FrameSource>(std::move(*own));
    const auto request = core::enhance_request(take.recipe->enhance);
    if (!request) return request.error();
    auto source = EnhancedSource::create(before, *request, enhancer, *own);
    const auto fits = [&] {
        const SourceInfo info = (*source)->info();
        return info.frames == take.frames && info.width == take.width && info.height == take.height;
    };
    if (!source || !fits()) return std::shared_ptr<FrameSource>(std::move(*own));
    return std::shared_ptr<FrameSource>(std::move(*source));
}

}  // namespace kinora::media
