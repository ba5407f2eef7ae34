#include "core/generation/clip_layout_json.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "core/base/json_reader.h"

namespace kinora::core {
namespace {

using nlohmann::json;

constexpr int k_most = 1 << 20;
constexpr std::size_t k_most_items = 4096;

Error wrong(const char* why)
{
    return make_error(ErrorKind::corrupt, std::string("The layout of a clip's latents can't be used: ") + why);
}

}  // namespace

json to_json(const ClipLayout& layout)
{
    json parts = json::array();
    for (const auto& part : layout.parts)
        parts.push_back({{"stretch", part.stretch}, {"first", part.first}, {"end", part.end}});
    json settlings = json::array();
    for (const auto& one : layout.settlings)
        settlings.push_back({{"stretch", one.stretch},
                             {"at", one.at},
                             {"to", one.to},
                             {"to_frame", one.to_frame},
                             {"frames", one.frames},
                             {"beside", one.beside}});
    return {{"stretches", layout.stretches}, {"parts", std::move(parts)}, {"settlings", std::move(settlings)}};
}

Result<ClipLayout> layout_from_json(const json& object)
{
    if (!object.is_object()) return wrong("it is not a JSON object.");
    ClipLayout layout;
    JsonReader reader(object, "layout.");
    const json* stretches = reader.find("stretches");
    if (stretches == nullptr || !stretches->is_array() || stretches->size() > k_most_items)
        return wrong("it has no list of stretches.");
    for (const json& one : *stretches) {
        if (!one.is_number_integer() || one < 1 || one > k_most) return wrong("a stretch has no possible length.");
        layout.stretches.push_back(one.get<int>());
    }
    reader.objects("parts", [&](JsonReader& item) {
        ClipLayout::Part part;
        item.whole("stretch", part.stretch, 0, k_most);
        item.whole("first", part.first, 0, k_most);
        item.whole("end", part.end, 1, k_most);
        layout.parts.push_back(part);
    });
    reader.objects("settlings", [&](JsonReader& item) {
        ClipLayout::Settling one;
        item.whole("stretch", one.stretch, 0, k_most);
        item.whole("at", one.at, 0, k_most);
        item.whole("to", one.to, 0, k_most);
        item.whole("to_frame", one.to_frame, 0, k_most);
        item.whole("frames", one.frames, -k_most, k_most);
        item.truth("beside", one.beside);
        layout.settlings.push_back(one);
    });
    if (!reader.error().empty()) return wrong((reader.error() + ".").c_str());
    if (layout.parts.size() > k_most_items || layout.settlings.size() > k_most_items) return wrong("it is too long.");
    return layout;
}

Result<void> check_layout(const ClipLayout& layout, int latent_frames, int stride)
{
    if (layout.one_piece()) return {};
    std::int64_t sum = 0;
    for (const int count : layout.stretches) {
        if (count < 1) return wrong("a stretch is empty.");
        sum += count;
    }
    if (sum != latent_frames) return wrong("its stretches are not those of the latents.");
    const auto holds = [&](int stretch, int frame) {
        if (stretch < 0 || static_cast<std::size_t>(stretch) >= layout.stretches.size() || frame < 0) return false;
        const std::int64_t frames = std::int64_t{layout.stretches[static_cast<std::size_t>(stretch)] - 1} * stride + 1;
        return frame < frames;
    };
    for (const auto& part : layout.parts)
        if (part.end <= part.first || !holds(part.stretch, part.first) || !holds(part.stretch, part.end - 1))
            return wrong("a part lies outside its stretch.");
    for (const auto& one : layout.settlings)
        if (!holds(one.stretch, one.at) || !holds(one.to, one.to_frame)) return wrong("a joint lies outside its stretch.");
    return {};
}

int clip_frames(const ClipLayout& layout, int latent_frames, int stride)
{
    if (layout.one_piece()) return (latent_frames - 1) * stride + 1;
    int frames = 0;
    for (const auto& part : layout.parts)
        frames += part.end - part.first;
    return frames;
}

}  // namespace kinora::core
