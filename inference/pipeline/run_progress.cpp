#include "inference/pipeline/run_progress.h"

#include <algorithm>
#include <utility>

#include "inference/runtime/memory.h"

namespace kinora::inference {
namespace {

constexpr std::chrono::milliseconds k_least_interval{200};
constexpr std::size_t k_window = 9;
constexpr double k_enough_of_a_step = 0.1;

/// Shares of the whole run at which the stages begin; sampling takes nearly all of it.
double start_of(core::Stage stage)
{
    switch (stage) {
        case core::Stage::loading:
            return 0.0;
        case core::Stage::encoding_text:
            return 0.02;
        case core::Stage::sampling:
            return 0.04;
        case core::Stage::decoding:
            return 0.86;
        case core::Stage::finishing:
            return 0.99;
    }
    return 0.0;
}

const char* name_of(core::Stage stage)
{
    switch (stage) {
        case core::Stage::loading:
            return "load";
        case core::Stage::encoding_text:
            return "text";
        case core::Stage::sampling:
            return "sample";
        case core::Stage::decoding:
            return "decode";
        case core::Stage::finishing:
            return "finish";
    }
    return "";
}

}  // namespace

RunProgress::RunProgress(core::ProgressFunction report, int sampling_steps, std::function<Clock::time_point()> now)
    : report_(std::move(report)), sampling_steps_(sampling_steps), now_function_(std::move(now))
{
}

void RunProgress::begin(core::Stage stage)
{
    end_stage();
    now_.stage = stage;
    now_.step = stage == core::Stage::sampling ? resumed_at_ : 0;
    now_.steps = stage == core::Stage::sampling ? sampling_steps_ : 0;
    running_ = true;
    stage_start_ = now_function_();
    step_ends_.clear();
    if (stage == core::Stage::sampling) return sampled(resumed_at_);
    const double left = stage == core::Stage::decoding && expected_decoding_ > 0 ? expected_decoding_ : -1;
    send(start_of(stage), stage == core::Stage::finishing ? 0 : left);
}

void RunProgress::expect(double step_seconds, double decoding_seconds)
{
    expected_step_ = step_seconds;
    expected_decoding_ = decoding_seconds;
}

void RunProgress::step(int done, std::shared_ptr<const std::vector<core::Picture8>> preview)
{
    step_ends_.push_back(stage_seconds());
    now_.step = done;
    now_.preview = std::move(preview);
    sampled(done);
    now_.preview = nullptr;
}

void RunProgress::within_step(int done, double part)
{
    if (now_function_() - last_sent_ < k_least_interval) return;
    now_.step = done;
    sampled(done + part);
}

void RunProgress::decoded(double part)
{
    if (now_function_() - last_sent_ < k_least_interval || part <= 0) return;
    const double begun = start_of(core::Stage::decoding);
    const double elapsed = stage_seconds();
    send(begun + part * (start_of(core::Stage::finishing) - begun), std::max(0.0, elapsed / part - elapsed));
}

void RunProgress::finish()
{
    end_stage();
    now_.stage = core::Stage::finishing;
    send(1.0, 0);
}

double RunProgress::stage_seconds() const
{
    return std::chrono::duration<double>(now_function_() - stage_start_).count();
}

/// The median of the last steps; the first one, which touches all weights for the first time, counts only while it is alone.
double RunProgress::seconds_a_step(double steps) const
{
    if (step_ends_.empty()) {
        // Too early in the first step nothing is known but what was expected.
        const double part = steps - resumed_at_;
        return part >= k_enough_of_a_step ? stage_seconds() / part : expected_step_;
    }
    if (step_ends_.size() == 1) return step_ends_.front();
    std::vector<double> last;
    for (std::size_t index = step_ends_.size() - 1; index > 0 && last.size() < k_window; --index)
        last.push_back(step_ends_[index] - step_ends_[index - 1]);
    std::nth_element(last.begin(), last.begin() + static_cast<std::ptrdiff_t>(last.size() / 2), last.end());
    return last[last.size() / 2];
}

/// As expected, else in its usual share of a run.
double RunProgress::decoding_seconds(double step_seconds) const
{
    if (expected_decoding_ > 0) return expected_decoding_;
    const double share = start_of(core::Stage::decoding) - start_of(core::Stage::sampling);
    return step_seconds * sampling_steps_ * (1 - start_of(core::Stage::decoding)) / share;
}

void RunProgress::sampled(double steps)
{
    const double share = start_of(core::Stage::decoding) - start_of(core::Stage::sampling);
    const double part = std::min(1.0, steps / std::max(1, sampling_steps_));
    const double each = seconds_a_step(steps);
    const double left = each > 0 ? (1 - part) * sampling_steps_ * each + decoding_seconds(each) : -1;
    send(start_of(core::Stage::sampling) + share * part, left);
}

void RunProgress::send(double fraction, double seconds_left)
{
    last_sent_ = now_function_();
    now_.fraction = std::max(now_.fraction, fraction);
    now_.seconds_left = seconds_left;
    if (!report_) return;
    now_.memory_bytes = memory_in_use(device_);
    report_(now_);
}

void RunProgress::end_stage()
{
    if (!running_) return;
    timings_.emplace_back(name_of(now_.stage), stage_seconds());
    running_ = false;
}

}  // namespace kinora::inference
