#include "core/jobs/request_json.h"

#include <cstdint>
#include <nlohmann/json.hpp>

#include "core/base/json_reader.h"
#include "core/base/paths.h"
#include "core/generation/enhancement_json.h"
#include "core/generation/origin_json.h"
#include "core/time/timecode.h"

namespace kinora::core {
namespace {

using nlohmann::json;

constexpr int k_most = 1 << 20;

template <typename T>
void set_if(json& out, const char* key, const std::optional<T>& value)
{
    if (value) out[key] = *value;
}

json lists_json(const GenerationRequest& request)
{
    json prompt = json::array();
    for (const PromptSpan& span : request.prompt)
        prompt.push_back({{"text", span.text},
                          {"weight", span.weight},
                          {"first_frame", span.first_frame},
                          {"end_frame", span.end_frame}});
    json loras = json::array();
    for (const LoraChoice& lora : request.loras)
        loras.push_back({{"file", path_to_utf8(lora.file)}, {"weight", lora.weight}, {"expert", lora.expert}});
    json conditioning = json::array();
    for (const ConditioningFrame& frame : request.conditioning)
        conditioning.push_back({{"frame", frame.frame},
                                {"source", frame.source},
                                {"sha256", frame.sha256},
                                {"source_frame", frame.source_frame},
                                {"count", frame.count}});
    return {{"prompt", std::move(prompt)}, {"loras", std::move(loras)}, {"conditioning", std::move(conditioning)}};
}

void read_lists(JsonReader& reader, GenerationRequest& request)
{
    reader.objects("prompt", [&](JsonReader& item) {
        PromptSpan span;
        item.text("text", span.text);
        item.decimal("weight", span.weight, -100, 100);
        item.whole("first_frame", span.first_frame, 0, k_most);
        item.whole("end_frame", span.end_frame, -1, k_most);
        request.prompt.push_back(std::move(span));
    });
    reader.objects("loras", [&](JsonReader& item) {
        LoraChoice lora;
        std::string file;
        item.text("file", file);
        lora.file = path_from_utf8(file);
        item.decimal("weight", lora.weight, -100, 100);
        item.text("expert", lora.expert);
        request.loras.push_back(std::move(lora));
    });
    reader.objects("conditioning", [&](JsonReader& item) {
        ConditioningFrame frame;
        item.whole("frame", frame.frame, -1, k_most);
        item.text("source", frame.source);
        item.text("sha256", frame.sha256);
        item.whole("source_frame", frame.source_frame, 0, k_most);
        item.whole("count", frame.count, 1, k_most);
        request.conditioning.push_back(std::move(frame));
    });
}

}  // namespace

json to_json(const GenerationRequest& request)
{
    json out = lists_json(request);
    out["prompt_text"] = request.prompt_text;
    out["negative_prompt"] = request.negative_prompt;
    out["model"] = request.model_id;
    set_if(out, "width", request.width);
    set_if(out, "height", request.height);
    set_if(out, "frames", request.frames);
    if (request.rate) out["rate"] = rate_fraction(*request.rate);
    set_if(out, "steps", request.steps);
    set_if(out, "guidance", request.guidance);
    set_if(out, "guidance_mode", request.guidance_mode);
    set_if(out, "guidance_low", request.guidance_low);
    set_if(out, "nag_tau", request.nag_tau);
    set_if(out, "nag_alpha", request.nag_alpha);
    set_if(out, "sampler", request.sampler);
    set_if(out, "shift", request.shift);
    out["seed"] = request.seed;
    out["device"] = request.device;
    out["dtype"] = request.dtype;
    out["latents_file"] = path_to_utf8(request.latents_file);
    if (!request.checkpoint_file.empty()) out["checkpoint_file"] = path_to_utf8(request.checkpoint_file);
    if (!request.resume_from.empty()) out["resume_from"] = path_to_utf8(request.resume_from);
    set_if(out, "stop_after", request.stop_after);
    set_if(out, "step_cache", request.step_cache);
    set_if(out, "route", request.route);
    set_if(out, "tiling", request.tiling);
    if (request.origin) out["origin"] = to_json(*request.origin);
    if (request.enhance.wanted()) out["enhance"] = to_json(request.enhance);
    if (request.memory_limit > 0) out["memory_limit"] = request.memory_limit;
    return out;
}

Result<GenerationRequest> request_from_json(const json& object)
{
    if (!object.is_object()) return make_error(ErrorKind::corrupt, "The request is not a JSON object.");
    GenerationRequest request;
    JsonReader reader(object, "");
    const auto whole = [&](const char* key, std::optional<int>& field) {
        reader.optional(key, field, [&](int& value) { reader.whole(key, value, 1, k_most); });
    };
    const auto decimal = [&](const char* key, std::optional<float>& field) {
        reader.optional(key, field, [&](float& value) { reader.decimal(key, value, 0, 1000); });
    };
    reader.text("prompt_text", request.prompt_text);
    reader.text("negative_prompt", request.negative_prompt);
    reader.text("model", request.model_id);
    whole("width", request.width);
    whole("height", request.height);
    whole("frames", request.frames);
    whole("steps", request.steps);
    reader.optional("rate", request.rate, [&](FrameRate& rate) { reader.rate("rate", rate); });
    decimal("guidance", request.guidance);
    decimal("guidance_low", request.guidance_low);
    decimal("nag_tau", request.nag_tau);
    decimal("nag_alpha", request.nag_alpha);
    decimal("shift", request.shift);
    reader.optional("guidance_mode", request.guidance_mode,
                    [&](std::string& value) { reader.text("guidance_mode", value, 100); });
    reader.optional("sampler", request.sampler, [&](std::string& value) { reader.text("sampler", value, 100); });
    reader.seed("seed", request.seed);
    reader.text("device", request.device, 100);
    reader.text("dtype", request.dtype, 100);
    const auto file = [&](const char* key, std::filesystem::path& field) {
        std::string text;
        reader.text(key, text);
        field = path_from_utf8(text);
    };
    file("latents_file", request.latents_file);
    file("checkpoint_file", request.checkpoint_file);
    file("resume_from", request.resume_from);
    whole("stop_after", request.stop_after);
    const auto text = [&](const char* key, std::optional<std::string>& field) {
        reader.optional(key, field, [&](std::string& value) { reader.text(key, value, 100); });
    };
    text("step_cache", request.step_cache);
    text("route", request.route);
    text("tiling", request.tiling);
    reader.whole("memory_limit", request.memory_limit, 0, std::int64_t{1} << 50);
    read_lists(reader, request);
    if (!reader.error().empty()) return make_error(ErrorKind::corrupt, "The request can't be used: " + reader.error() + ".");
    if (const auto found = object.find("origin"); found != object.end()) {
        auto origin = origin_from_json(*found);
        if (!origin) return origin.error();
        request.origin = std::move(*origin);
    }
    if (const auto found = object.find("enhance"); found != object.end()) {
        auto enhance = enhancement_from_json(*found);
        if (!enhance) return enhance.error();
        request.enhance = std::move(*enhance);
    }
    return request;
}

}  // namespace kinora::core
