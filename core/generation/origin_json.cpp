#include "core/generation/origin_json.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/json_reader.h"

namespace kinora::core {
namespace {

using nlohmann::json;

constexpr int k_most = 1 << 16;

}  // namespace

int joined_frames(const Origin& origin, int stride)
{
    if (origin.parts.empty()) return (origin.head + origin.to - origin.from - 1) * stride + 1;
    int frames = 0;
    for (const ClipPart& part : origin.parts)
        frames += part.end - part.first;
    return frames;
}

int steps_at_strength(float strength, int steps)
{
    return std::clamp(static_cast<int>(std::lround(static_cast<double>(strength) * steps)), 1, std::max(1, steps));
}

json to_json(const Origin& origin)
{
    json kept = json::array();
    for (const KeptLatents& part : origin.kept)
        kept.push_back({{"first", part.first}, {"count", part.count}, {"place", part.place}});
    json parts = json::array();
    for (const ClipPart& part : origin.parts)
        parts.push_back({{"made", part.made}, {"first", part.first}, {"end", part.end}});
    return {{"verb", origin.verb},     {"source", origin.source},   {"sha256", origin.sha256}, {"strength", origin.strength},
            {"kept", std::move(kept)}, {"window", origin.window},   {"head", origin.head},     {"from", origin.from},
            {"to", origin.to},         {"parts", std::move(parts)}, {"loops", origin.loops}};
}

Result<Origin> origin_from_json(const json& object)
{
    if (!object.is_object()) return make_error(ErrorKind::corrupt, "What a clip was made from is not a JSON object.");
    Origin origin;
    JsonReader reader(object, "origin.");
    reader.text("verb", origin.verb, 100);
    reader.text("source", origin.source);
    reader.text("sha256", origin.sha256, 100);
    reader.decimal("strength", origin.strength, 0, 1);
    reader.whole("window", origin.window, 1, k_most);
    reader.whole("head", origin.head, 0, k_most);
    reader.whole("from", origin.from, 0, k_most);
    reader.whole("to", origin.to, 1, k_most);
    reader.truth("loops", origin.loops);
    reader.objects("parts", [&](JsonReader& item) {
        ClipPart part;
        item.truth("made", part.made);
        item.whole("first", part.first, 0, k_most);
        item.whole("end", part.end, 1, k_most);
        if (part.end <= part.first) item.fail("end", "leaves nothing of the part");
        origin.parts.push_back(part);
    });
    reader.objects("kept", [&](JsonReader& item) {
        KeptLatents part;
        item.whole("first", part.first, 0, k_most);
        item.whole("count", part.count, 1, k_most);
        item.whole("place", part.place, 0, k_most);
        origin.kept.push_back(part);
    });
    if (origin.verb.empty()) reader.fail("verb", "is missing");
    if (origin.window < 1) reader.fail("window", "is missing");
    if (origin.to <= origin.from) reader.fail("to", "leaves nothing of what is sampled");
    if (!reader.error().empty())
        return make_error(ErrorKind::corrupt, "What a clip was made from can't be used: " + reader.error() + ".");
    return origin;
}

}  // namespace kinora::core
