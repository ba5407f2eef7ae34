#include "core/jobs/job_json.h"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/ids.h"
#include "core/base/json_reader.h"

namespace kinora::core {
namespace {

using nlohmann::json;

constexpr int k_format = 1;
constexpr std::array<std::pair<JobState, std::string_view>, 6> k_states{{{JobState::waiting, "waiting"},
                                                                         {JobState::running, "running"},
                                                                         {JobState::paused, "paused"},
                                                                         {JobState::done, "done"},
                                                                         {JobState::failed, "failed"},
                                                                         {JobState::cancelled, "cancelled"}}};

void read_state(JsonReader& reader, JobState& state)
{
    std::string text = "waiting";
    reader.text("state", text);
    for (const auto& [value, name] : k_states) {
        if (name != text) continue;
        state = value == JobState::running ? JobState::waiting : value;
        return;
    }
    reader.fail("state", "is no state of a job");
}

Job read_job(JsonReader& reader)
{
    Job job;
    reader.text("id", job.id);
    if (!is_valid_id(job.id)) reader.fail("id", "is missing or no valid id");
    reader.text("kind", job.kind, 100);
    reader.text("title", job.title);
    reader.text("project", job.project);
    reader.text("shot", job.shot);
    reader.text("payload", job.payload, 16U << 20U);
    read_state(reader, job.state);
    reader.text("error", job.error);
    int kind = static_cast<int>(ErrorKind::internal);
    reader.whole("error_kind", kind, 0, static_cast<int>(ErrorKind::internal));
    job.error_kind = static_cast<ErrorKind>(kind);
    reader.text("result", job.result);
    reader.whole("created", job.created, 0, INT64_MAX);
    reader.whole("started", job.started, 0, INT64_MAX);
    reader.whole("finished", job.finished, 0, INT64_MAX);
    return job;
}

}  // namespace

std::string_view to_string(JobState state)
{
    for (const auto& [value, name] : k_states)
        if (value == state) return name;
    return "waiting";
}

std::string jobs_to_text(const std::vector<Job>& jobs)
{
    json list = json::array();
    for (const Job& job : jobs) {
        const JobState state = job.state == JobState::running ? JobState::waiting : job.state;
        list.push_back({{"id", job.id},
                        {"kind", job.kind},
                        {"title", job.title},
                        {"project", job.project},
                        {"shot", job.shot},
                        {"payload", job.payload},
                        {"state", to_string(state)},
                        {"error", job.error},
                        {"error_kind", static_cast<int>(job.error_kind)},
                        {"result", job.result},
                        {"created", job.created},
                        {"started", job.started},
                        {"finished", job.finished}});
    }
    return json_text({{"format", k_format}, {"jobs", std::move(list)}}, 1);
}

Result<std::vector<Job>> jobs_from_text(std::string_view text, std::string_view what)
{
    const auto object = parse_json(text, what);
    if (!object) return object.error();
    if (!object->is_object()) return make_error(ErrorKind::corrupt, std::string(what) + " is no queue of jobs.");
    JsonReader reader(*object, "");
    int format = 0;
    reader.whole("format", format, 1, 1'000'000);
    if (format > k_format) return make_error(ErrorKind::unsupported, std::string(what) + " was written by a newer Kinora.");
    std::vector<Job> jobs;
    reader.objects("jobs", [&](JsonReader& inner) { jobs.push_back(read_job(inner)); });
    for (std::size_t i = 0; i < jobs.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            if (jobs[i].id == jobs[k].id) reader.fail("jobs", "names one id twice");
    if (!reader.error().empty())
        return make_error(ErrorKind::corrupt, std::string(what) + " is damaged: " + reader.error() + ".");
    return jobs;
}

}  // namespace kinora::core
