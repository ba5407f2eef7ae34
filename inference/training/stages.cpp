#include "inference/training/stages.h"

#include <algorithm>

namespace kinora::training {

core::Result<void> run_stages(const std::vector<std::string>& stages, const std::string& wanted,
                              const std::function<core::Result<void>(const std::string&)>& run, const std::stop_token& stop)
{
    if (std::find(stages.begin(), stages.end(), wanted) == stages.end())
        return core::make_error(core::ErrorKind::invalid_argument, "there is no training stage called " + wanted);
    if (wanted != "all") return run(wanted);
    for (auto stage = stages.begin() + 1; stage != stages.end(); ++stage) {
        if (auto done = run(*stage); !done) return done;
        if (stop.stop_requested()) return core::make_error(core::ErrorKind::cancelled, "stopped; the same command goes on");
    }
    return {};
}

}  // namespace kinora::training
