#include "inference/pipeline/run_progress.h"

#include <algorithm>
#include <utility>

namespace kinora::inference {
namespace {

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

RunProgress::RunProgress(core::ProgressFunction report, int sampling_steps)
    : report_(std::move(report)), sampling_steps_(sampling_steps)
{
}

void RunProgress::begin(core::Stage stage)
{
    end_stage();
    now_.stage = stage;
    now_.step = 0;
    now_.steps = stage == core::Stage::sampling ? sampling_steps_ : 0;
    running_ = true;
    stage_start_ = Clock::now();
    send(start_of(stage), -1);
}

void RunProgress::step(int done, std::shared_ptr<const std::vector<core::Picture8>> preview)
{
    const double elapsed = std::chrono::duration<double>(Clock::now() - stage_start_).count();
    const double share = start_of(core::Stage::decoding) - start_of(core::Stage::sampling);
    const double part = static_cast<double>(done) / std::max(1, sampling_steps_);
    now_.step = done;
    now_.preview = std::move(preview);
    // Decoding takes its share of the run as sampling takes its own.
    const double sampling = elapsed / part;
    send(start_of(core::Stage::sampling) + share * part,
         sampling - elapsed + sampling * (1 - start_of(core::Stage::decoding)) / share);
    now_.preview = nullptr;
}

void RunProgress::finish()
{
    end_stage();
    now_.stage = core::Stage::finishing;
    send(1.0, 0);
}

void RunProgress::send(double fraction, double seconds_left)
{
    now_.fraction = std::max(now_.fraction, fraction);
    now_.seconds_left = seconds_left;
    if (report_) report_(now_);
}

void RunProgress::end_stage()
{
    if (!running_) return;
    const double seconds = std::chrono::duration<double>(Clock::now() - stage_start_).count();
    timings_.emplace_back(name_of(now_.stage), seconds);
    running_ = false;
}

}  // namespace kinora::inference
