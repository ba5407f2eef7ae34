#include <catch2/catch.hpp>

#include "ui/session/job_pace.h"
#include "ui/session/take_maker.h"

using namespace kinora;
using std::chrono::seconds;

namespace {

core::GenerationRequest plain_request()
{
    core::GenerationRequest request;
    request.prompt_text = "a boat";
    request.frames = 33;
    return request;
}

core::Job job_of(const core::GenerationRequest& request, const std::string& id = "job")
{
    core::Job job;
    job.id = id;
    job.kind = ui::k_generate_kind;
    job.payload = ui::generate_job({}, {}, request, {}).payload;
    job.state = core::JobState::done;
    return job;
}

/// The job as it ran for so many seconds.
void run(ui::JobPace& pace, const core::Job& job, int took)
{
    const ui::JobPace::Clock::time_point start{};
    pace.started(job, start);
    pace.finished(job, start + seconds(took));
}

}  // namespace

TEST_CASE("what a clip took is what the next of its kind takes, by its length")
{
    ui::JobPace pace;
    auto request = plain_request();
    CHECK(pace.seconds_for(job_of(request)) < 0);
    run(pace, job_of(request), 33);
    CHECK(pace.seconds_for(job_of(request)) == Approx(33));
    request.frames = 17;
    CHECK(pace.seconds_for(job_of(request)) == Approx(17));
}

TEST_CASE("a run that shared the machine with others doesn't speak for all")
{
    ui::JobPace pace;
    const auto job = job_of(plain_request());
    for (const int took : {4, 45, 5})
        run(pace, job, took);
    CHECK(pace.seconds_for(job) == Approx(5));
    for (const int took : {44, 46})  // it stays as slow
        run(pace, job, took);
    CHECK(pace.seconds_for(job) == Approx(44));
}

TEST_CASE("clips that are enlarged, extended or sampled in other ways don't tell what a plain one takes")
{
    const auto changed = [](const auto& change) {
        auto request = plain_request();
        change(request);
        return request;
    };
    const auto other = GENERATE_COPY(changed([](auto& request) { request.enhance.upscale = "4k"; }),
                                     changed([](auto& request) { request.enhance.interpolate = "2x"; }),
                                     changed([](auto& request) { request.dtype = "float32"; }),
                                     changed([](auto& request) { request.device = "cuda:0"; }),
                                     changed([](auto& request) { request.guidance = 1.0F; }),
                                     changed([](auto& request) { request.step_cache = "fast"; }), changed([](auto& request) {
                                         request.origin.emplace();
                                         request.origin->verb = "extend-after";
                                         request.origin->source = "clip.mp4";
                                         request.origin->window = 33;
                                         request.origin->to = 9;
                                     }));
    ui::JobPace pace;
    run(pace, job_of(plain_request()), 4);
    run(pace, job_of(other, "other"), 45);
    CHECK(pace.seconds_for(job_of(plain_request())) == Approx(4));
    CHECK(pace.seconds_for(job_of(other)) == Approx(45));
}

TEST_CASE("a run that went on from a pause, or was kept half way, is no measure")
{
    ui::JobPace pace;
    auto job = job_of(plain_request());
    job.result = R"({"take":"a","whole_run":false})";
    run(pace, job, 1);
    CHECK(pace.seconds_for(job) < 0);
    job.state = core::JobState::failed;
    job.result.clear();
    run(pace, job, 1);
    CHECK(pace.seconds_for(job) < 0);
}
