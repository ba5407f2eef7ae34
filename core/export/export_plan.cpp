#include "core/export/export_plan.h"

#include "core/base/json_reader.h"

namespace kinora::media {
namespace {

using nlohmann::json;

core::Error refused(std::string sentence)
{
    return core::make_error(core::ErrorKind::invalid_argument, std::move(sentence));
}

constexpr std::int64_t k_latest_frame = 1'000'000'000;
constexpr std::size_t k_longest_pattern = 1000;

}  // namespace

std::string plan_to_json(const ExportPlan& plan)
{
    json object{{"what", plan.what == ExportWhat::shots ? "shots" : "storyboard"},
                {"shots", plan.shots},
                {"file_per_shot", plan.file_per_shot},
                {"handles", plan.handles},
                {"pattern", plan.pattern},
                {"recipe", plan.recipe},
                {"sidecar", plan.sidecar},
                {"delivery", json::parse(delivery_to_json(plan.delivery))}};
    if (plan.range) object["range"] = {{"first", plan.range->first}, {"end", plan.range->end}};
    return core::json_text(object);
}

core::Result<ExportPlan> plan_from_json(const std::string& text)
{
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object()) return refused("The export's description is damaged; export again.");
    core::JsonReader reader(object, "");
    ExportPlan plan;
    std::string what = "shots";
    reader.text("what", what, 100);
    reader.truth("file_per_shot", plan.file_per_shot);
    reader.whole("handles", plan.handles, 0, k_most_handles);
    reader.text("pattern", plan.pattern, k_longest_pattern);
    reader.truth("recipe", plan.recipe);
    reader.truth("sidecar", plan.sidecar);
    reader.object("range", [&](core::JsonReader& inner) {
        core::FrameRange range;
        inner.whole("first", range.first, 0, k_latest_frame);
        inner.whole("end", range.end, 0, k_latest_frame);
        plan.range = range;
    });
    if (const json* shots = reader.find("shots")) {
        if (!shots->is_array()) return refused("\"shots\" is not a list.");
        for (const json& shot : *shots) {
            if (!shot.is_string()) return refused("\"shots\" holds something else than names.");
            plan.shots.push_back(shot.get<std::string>());
        }
    }
    if (!reader.error().empty()) return refused(reader.error() + ".");
    if (what != "shots" && what != "storyboard") return refused("\"what\" is neither shots nor storyboard.");
    plan.what = what == "shots" ? ExportWhat::shots : ExportWhat::storyboard;
    if (const json* delivery = reader.find("delivery")) {
        auto read = delivery_from_json(core::json_text(*delivery));
        if (!read) return read.error();
        plan.delivery = std::move(*read);
    }
    return plan;
}

}  // namespace kinora::media
