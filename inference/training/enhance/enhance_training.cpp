#include "inference/training/enhance/enhance_training.h"

#include <fmt/format.h>

#include <algorithm>

#include "inference/training/enhance/enhance_quality.h"
#include "inference/training/enhance/enhance_trainer.h"
#include "inference/training/stages.h"

namespace kinora::training {
namespace {

constexpr double k_upscaler_steps = 9000;
constexpr double k_interpolator_steps = 6000;
constexpr int k_report_clips_per_place = 2;

core::Result<void> run_stage(const std::string& stage, const EnhanceRunOptions& options, const Say& say,
                             std::stop_token stop)
{
    say("stage " + stage);
    if (stage == "report") return report_enhance_quality(options.folder, k_report_clips_per_place, say, std::move(stop));
    const bool upscalers = stage == "upscalers";
    EnhanceTrainingOptions training;
    training.folder = options.folder;
    training.minutes = options.minutes;
    const double steps = upscalers ? k_upscaler_steps : k_interpolator_steps;
    training.schedule.steps = std::max(10, static_cast<int>(steps * options.scale));
    const auto done = upscalers ? train_upscalers(training, say, stop) : train_interpolator(training, say, stop);
    if (!done) return done.error();
    return {};
}

}  // namespace

const std::vector<std::string>& enhance_stages()
{
    static const std::vector<std::string> stages{"all", "upscalers", "interpolator", "report"};
    return stages;
}

core::Result<void> train_enhance(const EnhanceRunOptions& options, const Say& say, std::stop_token stop)
{
    return run_stages(
        enhance_stages(), options.stage, [&](const std::string& stage) { return run_stage(stage, options, say, stop); },
        stop);
}

}  // namespace kinora::training
