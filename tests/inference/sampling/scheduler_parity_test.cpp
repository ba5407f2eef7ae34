#include <ATen/TensorOperators.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/tensor.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "inference/sampling/dpm_solver.h"
#include "inference/sampling/flow_euler.h"
#include "inference/sampling/unipc.h"
#include "inference/weights/safetensors.h"
#include "tests/goldens_path.h"
#include "tests/inference/parity.h"

namespace kinora::inference {
namespace {

using tests::Comparison;

Comparison open_fixture(const std::string& name)
{
    auto tensors = load_safetensors(tests::goldens_dir() / "schedulers" / name);
    REQUIRE(tensors);
    return Comparison("schedulers/" + name, tensors->tensors());
}

/// The runs of a file: names without their last part.
std::set<std::string> entries(const Comparison& file)
{
    std::set<std::string> names;
    for (const auto& [name, tensor] : file.tensors())
        names.insert(name.substr(0, name.rfind('.')));
    return names;
}

/// Scheduler kinds of the reference that Kinora doesn't have yet, with the reason.
bool is_out_of_scope(const std::string& entry)
{
    static const std::map<std::string, std::string> later{{"ltx_dynamic", "LTX-Video"},
                                                          {"ltx_linear_quadratic", "LTX-Video"},
                                                          {"ltx_distilled", "LTX-Video"},
                                                          {"euler_per_token", "LTX-Video"}};
    const auto found = later.find(entry.substr(0, entry.find('.')));
    static std::set<std::string> named;
    if (found == later.end()) return false;
    if (named.insert(found->first).second) WARN("not yet in scope: " << found->first << " (" << found->second << ")");
    return true;
}

/// The shift of the recorded runs, whose names carry none. The settings aren't strict JSON (they hold -Infinity).
double shift_of_runs()
{
    const auto settings = core::read_file(tests::goldens_dir() / "schedulers" / "settings.json");
    REQUIRE(settings);
    std::smatch match;
    REQUIRE(std::regex_search(*settings, match, std::regex(R"re("run_shift"\s*:\s*([\d.]+))re")));
    return std::stod(match[1]);
}

/// "unipc.shift5.steps10" → schedule.
std::optional<NoiseSchedule> schedule_of(const std::string& entry)
{
    std::smatch match;
    if (entry == "lightx2v") return lightx2v_schedule();
    if (!std::regex_match(entry, match, std::regex(R"((\w+?)(_order3|_no_corrector)?(\.shift([\d.]+))?\.steps(\d+))")))
        return {};
    const double shift = match[4].matched ? std::stod(match[4]) : shift_of_runs();
    const int steps = std::stoi(match[5]);
    if (match[1] == "unipc") return unipc_schedule(steps, shift);
    if (match[1] == "euler") return flow_match_euler_schedule(steps, shift);
    if (match[1] == "dpmpp") return dpm_schedule(steps, shift);
    return {};
}

void compare_table(Comparison& file, const std::string& entry, const NoiseSchedule& schedule)
{
    INFO(entry);
    file.expect_close(entry + ".sigmas", at::tensor(schedule.sigmas), 1e-5);
    const auto sigmas = file.tensors().at(entry + ".sigmas");
    CHECK((sigmas - at::tensor(schedule.sigmas)).abs().max().item<float>() <= 1e-6F);
    const auto timesteps = at::tensor(schedule.timesteps);
    const bool whole = file.tensors().at(entry + ".timesteps").scalar_type() == at::kLong;
    file.expect_close(entry + ".timesteps", whole ? timesteps.to(at::kLong) : timesteps, whole ? 0.0 : 1e-6);
}

/// The fixture's stand-in for the network.
at::Tensor toy_flow(const at::Tensor& sample, int step)
{
    return (2.5 * sample).tanh() + 0.6 * std::sin(1.7 * step);
}

template <typename SamplerKind>
at::Tensor run_through(SamplerKind sampler, at::Tensor sample)
{
    std::vector<at::Tensor> samples{sample};
    for (int step = 0; step < sampler.schedule().steps(); ++step) {
        sample = sampler.step(toy_flow(sample, step), sample);
        samples.push_back(sample);
    }
    return at::stack(samples);
}

at::Tensor run_entry(const std::string& entry, const NoiseSchedule& schedule, const at::Tensor& first)
{
    if (entry.rfind("dpmpp", 0) == 0) {
        const bool third = entry.rfind("dpmpp_order3", 0) == 0;
        return run_through(DpmSolver(schedule, third ? 3 : 2), first);
    }
    if (entry.rfind("unipc", 0) != 0) return run_through(FlowEuler(schedule), first);
    UniPcOptions options;
    if (entry.find("_order3") != std::string::npos) options.order = 3;
    if (entry.find("_no_corrector") != std::string::npos)
        for (int step = 0; step < schedule.steps(); ++step)
            options.steps_without_corrector.insert(step);
    return run_through(UniPc(schedule, options), first);
}

}  // namespace

TEST_CASE("noise schedules are those of the reference", "[parity]")
{
    auto file = open_fixture("tables.safetensors");
    std::set<std::string> kinds;
    for (const std::string& entry : entries(file)) {
        if (is_out_of_scope(entry)) continue;
        INFO(entry << " is a kind of table that this test doesn't know");
        const auto schedule = schedule_of(entry);
        REQUIRE(schedule);
        compare_table(file, entry, *schedule);
        kinds.insert(entry.substr(0, entry.find('.')));
    }
    CHECK(kinds == std::set<std::string>{"dpmpp", "euler", "lightx2v", "unipc"});
    file.finish();
}

TEST_CASE("every sample of a scheduler's run is that of the reference", "[parity]")
{
    auto file = open_fixture("runs.safetensors");
    std::set<std::string> kinds;
    for (const std::string& entry : entries(file)) {
        if (is_out_of_scope(entry)) continue;
        INFO(entry << " is a kind of run that this test doesn't know");
        const auto schedule = schedule_of(entry);
        REQUIRE(schedule);
        compare_table(file, entry, *schedule);
        const auto& samples = file.tensors().at(entry + ".samples");
        file.expect_close(entry + ".samples", run_entry(entry, *schedule, samples[0]), 1e-5);
        kinds.insert(entry.substr(0, entry.find('.')));
    }
    CHECK(kinds == std::set<std::string>{"dpmpp", "dpmpp_order3", "euler", "lightx2v", "unipc", "unipc_no_corrector",
                                         "unipc_order3"});
    file.finish();
}

}  // namespace kinora::inference
