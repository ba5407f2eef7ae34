#include "inference/pipeline/machine_speed.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/base/paths.h"
#include "core/models/json_file.h"
#include "inference/runtime/cpu.h"

namespace kinora::inference {
namespace {

using nlohmann::json;

/// How far another model's speed may be from the guess.
constexpr double k_trust = 4;

std::filesystem::path speeds_file()
{
    return core::cache_dir() / "speeds.json";
}

json read_speeds()
{
    const auto read = core::read_json_object(speeds_file());
    return read ? *read : json::object();
}

std::string way_of(const core::Recipe& recipe)
{
    return recipe.device + " " + recipe.dtype + " " + std::to_string(recipe.threads);
}

double positive(const json& object, const char* key)
{
    const auto found = object.find(key);
    const double value = found != object.end() && found->is_number() ? found->get<double>() : 0.0;
    return std::isfinite(value) && value > 0 ? value : 0.0;
}

}  // namespace

MachineSpeed guess_speed(int cores, bool bfloat16)
{
    const double each = bfloat16 ? 150e9 : 80e9;
    return {each * cores, 300e6 * cores * (bfloat16 ? 1.5 : 1.0)};
}

MachineSpeed known_speed(const core::Recipe& recipe)
{
    auto speed = guess_speed(usable_cores(), recipe.dtype != "float32");
    const json speeds = read_speeds();
    const auto found = speeds.find(way_of(recipe));
    if (found == speeds.end() || !found->is_object()) return speed;
    const auto own = found->find(recipe.model_id);
    if (own != found->end() && own->is_object()) {
        if (const double value = positive(*own, "sampling"); value > 0) speed.sampling_flops = value;
        if (const double value = positive(*own, "decoding"); value > 0) speed.decoded_values = value;
        return speed;
    }
    // Small models keep the machine waiting for memory, so the fastest of the others says most, and not more than it can.
    const auto fastest = [&](const char* key, double guess) {
        double best = 0;
        for (const auto& [model, measured] : found->items())
            if (measured.is_object()) best = std::max(best, positive(measured, key));
        return best > 0 ? std::clamp(best, guess / k_trust, guess * k_trust) : guess;
    };
    speed.sampling_flops = fastest("sampling", speed.sampling_flops);
    speed.decoded_values = fastest("decoding", speed.decoded_values);
    return speed;
}

void remember_speed(const core::Recipe& recipe, const MachineSpeed& speed)
{
    json speeds = read_speeds();
    json& way = speeds[way_of(recipe)];
    if (!way.is_object()) way = json::object();
    json& own = way[recipe.model_id];
    if (!own.is_object()) own = json::object();
    if (speed.sampling_flops > 0) own["sampling"] = speed.sampling_flops;
    if (speed.decoded_values > 0) own["decoding"] = speed.decoded_values;
    std::error_code ignored;
    std::filesystem::create_directories(speeds_file().parent_path(), ignored);
    const auto written = core::write_file(speeds_file(), speeds.dump());
    static_cast<void>(written);
}

}  // namespace kinora::inference
