#include "core/generation/recipe_json.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/generation/enhancement_json.h"
#include "core/generation/origin_json.h"

namespace kinora::core {
namespace {

using nlohmann::json;

constexpr int k_format = 1;
constexpr int k_largest_size = 1 << 16;
constexpr int k_largest_count = 1 << 20;

std::string rate_text(FrameRate rate)
{
    return std::to_string(rate.numerator) + "/" + std::to_string(rate.denominator);
}

bool parse_rate(std::string_view text, FrameRate& rate)
{
    std::int64_t frames = 0;
    std::int64_t seconds = 1;
    const char* const end = text.data() + text.size();
    auto read = std::from_chars(text.data(), end, frames);
    if (read.ec != std::errc{}) return false;
    if (read.ptr != end) {
        if (*read.ptr != '/') return false;
        read = std::from_chars(read.ptr + 1, end, seconds);
        if (read.ec != std::errc{} || read.ptr != end) return false;
    }
    if (frames <= 0 || seconds <= 0 || frames > 1'000'000'000 || seconds > 1'000'000'000) return false;
    rate = FrameRate(frames, seconds);
    return true;
}

std::filesystem::path path_from_utf8(const std::string& text)
{
    return std::filesystem::path(std::u8string(text.begin(), text.end()));
}

std::string path_to_utf8(const std::filesystem::path& path)
{
    const std::u8string text = path.u8string();
    return std::string(text.begin(), text.end());
}

/// Reads keys of one object into fields and remembers the first one that is wrong.
class Reader {
public:
    Reader(const json& object, std::string where) : object_(object), where_(std::move(where)) {}

    template <typename Number>
    void number(const char* key, Number& field, double least, double most)
    {
        const auto found = object_.find(key);
        if (found == object_.end()) return;
        if (!found->is_number()) return fail(key, "is not a number");
        const double value = found->template get<double>();
        if (!std::isfinite(value) || value < least || value > most) return fail(key, "is out of range");
        if constexpr (std::is_integral_v<Number>) {
            if (!found->is_number_integer()) return fail(key, "is not a whole number");
        }
        field = found->template get<Number>();
    }

    void seed(const char* key, std::uint64_t& field)
    {
        const auto found = object_.find(key);
        if (found == object_.end()) return;
        if (!found->is_number_unsigned()) return fail(key, "is not a whole number of at least 0");
        field = found->get<std::uint64_t>();
    }

    void text(const char* key, std::string& field)
    {
        const auto found = object_.find(key);
        if (found == object_.end()) return;
        if (!found->is_string()) return fail(key, "is not a text");
        field = found->get<std::string>();
    }

    void rate(const char* key, FrameRate& field)
    {
        const auto found = object_.find(key);
        if (found == object_.end()) return;
        const bool whole = found->is_number_integer();
        const std::string value = whole ? found->dump() : (found->is_string() ? found->get<std::string>() : std::string());
        if (!parse_rate(value, field)) fail(key, "is not a frame rate such as \"24/1\"");
    }

    /// Calls `read(Reader&)` for every object of an array.
    template <typename Read>
    void objects(const char* key, Read read)
    {
        const auto found = object_.find(key);
        if (found == object_.end()) return;
        if (!found->is_array()) return fail(key, "is not a list");
        for (const json& item : *found) {
            if (!item.is_object()) return fail(key, "holds something that is not an object");
            Reader inner(item, where_ + key + ".");
            read(inner);
            if (!inner.error_.empty()) return fail_with(inner.error_);
        }
    }

    void texts(const char* key, std::vector<std::string>& field)
    {
        const auto found = object_.find(key);
        if (found == object_.end()) return;
        if (!found->is_array()) return fail(key, "is not a list");
        for (const json& item : *found) {
            if (!item.is_string()) return fail(key, "holds something that is not a text");
            field.push_back(item.get<std::string>());
        }
    }

    void fail(const char* key, const char* why) { fail_with("\"" + where_ + key + "\" " + why); }
    [[nodiscard]] const std::string& error() const { return error_; }

private:
    void fail_with(const std::string& what)
    {
        if (error_.empty()) error_ = what;
    }

    const json& object_;
    std::string where_;
    std::string error_;
};

void read_lists(Reader& reader, Recipe& recipe)
{
    reader.objects("spans", [&](Reader& item) {
        PromptSpan span;
        item.text("text", span.text);
        item.number("weight", span.weight, -100, 100);
        item.number("first_frame", span.first_frame, 0, k_largest_count);
        item.number("end_frame", span.end_frame, -1, k_largest_count);
        recipe.spans.push_back(std::move(span));
    });
    reader.objects("loras", [&](Reader& item) {
        LoraChoice lora;
        std::string file;
        item.text("file", file);
        lora.file = path_from_utf8(file);
        item.number("weight", lora.weight, -100, 100);
        item.text("expert", lora.expert);
        recipe.loras.push_back(std::move(lora));
    });
    reader.objects("references", [&](Reader& item) {
        Recipe::Reference reference;
        item.number("frame", reference.frame, -1, k_largest_count);
        item.text("source", reference.source);
        item.text("sha256", reference.sha256);
        item.number("source_frame", reference.source_frame, 0, k_largest_count);
        item.number("count", reference.count, 1, k_largest_count);
        recipe.references.push_back(std::move(reference));
    });
    reader.texts("fallbacks", recipe.fallbacks);
}

void read_values(Reader& reader, Recipe& recipe)
{
    reader.text("prompt", recipe.prompt);
    reader.text("negative_prompt", recipe.negative_prompt);
    reader.text("model", recipe.model_id);
    reader.text("model_hash", recipe.model_hash);
    reader.number("width", recipe.width, 1, k_largest_size);
    reader.number("height", recipe.height, 1, k_largest_size);
    reader.number("frames", recipe.frames, 1, k_largest_count);
    reader.rate("rate", recipe.rate);
    reader.number("steps", recipe.steps, 1, k_largest_count);
    reader.number("guidance", recipe.guidance, 0, 1000);
    reader.text("guidance_mode", recipe.guidance_mode);
    reader.number("guidance_low", recipe.guidance_low, 0, 1000);
    reader.number("nag_tau", recipe.nag_tau, 0, 1000);
    reader.number("nag_alpha", recipe.nag_alpha, 0, 1);
    reader.text("sampler", recipe.sampler);
    reader.number("shift", recipe.shift, 0, 1000);
    reader.seed("seed", recipe.seed);
    reader.text("device", recipe.device);
    reader.text("dtype", recipe.dtype);
    reader.text("decoder_dtype", recipe.decoder_dtype);
    reader.text("route", recipe.route);
    reader.number("threads", recipe.threads, 0, k_largest_size);
    reader.text("tiling", recipe.tiling);
    reader.number("stop_after", recipe.stop_after, 0, k_largest_count);
    reader.text("step_cache", recipe.step_cache);
    reader.text("engine_version", recipe.engine_version);
}

}  // namespace

json to_json(const Recipe& recipe)
{
    json spans = json::array();
    for (const PromptSpan& span : recipe.spans)
        spans.push_back({{"text", span.text},
                         {"weight", span.weight},
                         {"first_frame", span.first_frame},
                         {"end_frame", span.end_frame}});
    json loras = json::array();
    for (const LoraChoice& lora : recipe.loras)
        loras.push_back({{"file", path_to_utf8(lora.file)}, {"weight", lora.weight}, {"expert", lora.expert}});
    json references = json::array();
    for (const Recipe::Reference& reference : recipe.references)
        references.push_back({{"frame", reference.frame},
                              {"source", reference.source},
                              {"sha256", reference.sha256},
                              {"source_frame", reference.source_frame},
                              {"count", reference.count}});
    json whole{{"format", k_format},
               {"prompt", recipe.prompt},
               {"spans", std::move(spans)},
               {"negative_prompt", recipe.negative_prompt},
               {"model", recipe.model_id},
               {"model_hash", recipe.model_hash},
               {"width", recipe.width},
               {"height", recipe.height},
               {"frames", recipe.frames},
               {"rate", rate_text(recipe.rate)},
               {"steps", recipe.steps},
               {"guidance", recipe.guidance},
               {"guidance_mode", recipe.guidance_mode},
               {"guidance_low", recipe.guidance_low},
               {"nag_tau", recipe.nag_tau},
               {"nag_alpha", recipe.nag_alpha},
               {"sampler", recipe.sampler},
               {"shift", recipe.shift},
               {"seed", recipe.seed},
               {"loras", std::move(loras)},
               {"references", std::move(references)},
               {"device", recipe.device},
               {"dtype", recipe.dtype},
               {"decoder_dtype", recipe.decoder_dtype},
               {"route", recipe.route},
               {"threads", recipe.threads},
               {"tiling", recipe.tiling},
               {"stop_after", recipe.stop_after},
               {"step_cache", recipe.step_cache},
               {"fallbacks", recipe.fallbacks},
               {"engine_version", recipe.engine_version}};
    if (recipe.origin) whole["origin"] = to_json(*recipe.origin);
    if (recipe.enhance.wanted()) whole["enhance"] = to_json(recipe.enhance);
    return whole;
}

Result<Recipe> recipe_from_json(const json& object)
{
    if (!object.is_object()) return make_error(ErrorKind::corrupt, "The recipe is not a JSON object.");
    Recipe recipe;
    Reader reader(object, "");
    int format = k_format;
    reader.number("format", format, 1, k_largest_count);
    if (format > k_format)
        return make_error(ErrorKind::unsupported, "The recipe was written by a newer Kinora (format " +
                                                      std::to_string(format) + "); update Kinora to use it.");
    for (const char* key : {"model", "width", "height", "frames", "rate", "steps"})
        if (!object.contains(key)) reader.fail(key, "is missing");
    read_values(reader, recipe);
    read_lists(reader, recipe);
    if (!reader.error().empty()) return make_error(ErrorKind::corrupt, "The recipe can't be used: " + reader.error() + ".");
    if (const auto found = object.find("origin"); found != object.end()) {
        auto origin = origin_from_json(*found);
        if (!origin) return origin.error();
        recipe.origin = std::move(*origin);
    }
    if (const auto found = object.find("enhance"); found != object.end()) {
        auto enhance = enhancement_from_json(*found);
        if (!enhance) return enhance.error();
        recipe.enhance = std::move(*enhance);
    }
    return recipe;
}

Result<GenerationRequest> request_from_recipe(const Recipe& recipe)
{
    if (recipe.model_id.empty() || recipe.width <= 0 || recipe.height <= 0 || recipe.frames <= 0 || recipe.steps <= 0)
        return make_error(ErrorKind::invalid_argument, "The recipe lacks its model, size, length or steps.");
    GenerationRequest request;
    request.prompt = recipe.spans;
    if (request.prompt.empty()) request.prompt.push_back({.text = recipe.prompt});
    request.prompt_text = recipe.prompt;
    request.negative_prompt = recipe.negative_prompt;
    request.model_id = recipe.model_id;
    request.width = recipe.width;
    request.height = recipe.height;
    request.frames = recipe.frames;
    request.rate = recipe.rate;
    request.steps = recipe.steps;
    request.guidance = recipe.guidance;
    request.guidance_mode = recipe.guidance_mode;
    if (recipe.guidance_low > 0) request.guidance_low = recipe.guidance_low;
    request.nag_tau = recipe.nag_tau;
    request.nag_alpha = recipe.nag_alpha;
    if (!recipe.sampler.empty()) request.sampler = recipe.sampler;
    if (recipe.shift > 0) request.shift = recipe.shift;
    request.seed = recipe.seed;
    request.loras = recipe.loras;
    for (const Recipe::Reference& reference : recipe.references)
        request.conditioning.push_back(
            {reference.frame, nullptr, reference.source, reference.sha256, reference.source_frame, reference.count});
    request.origin = recipe.origin;
    if (!recipe.device.empty()) request.device = recipe.device;
    if (!recipe.dtype.empty()) request.dtype = recipe.dtype;
    if (recipe.stop_after > 0) request.stop_after = recipe.stop_after;
    request.step_cache = recipe.step_cache;
    request.enhance = recipe.enhance;
    if (!recipe.route.empty()) request.route = recipe.route;
    if (!recipe.tiling.empty()) request.tiling = recipe.tiling;
    return request;
}

}  // namespace kinora::core
