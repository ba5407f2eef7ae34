#include "inference/pipeline/model_info.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/text.h"
#include "core/models/json_file.h"

namespace kinora::inference {
namespace {

using nlohmann::json;

core::Error corrupt(const std::filesystem::path& file, const std::string& why)
{
    return core::make_error(core::ErrorKind::corrupt, core::in_quotes(file.string()) + " " + why);
}

core::Error unsupported(const std::filesystem::path& file, const std::string& why)
{
    return core::make_error(core::ErrorKind::unsupported, core::in_quotes(file.string()) + " " + why);
}

std::string text_of(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool is_true(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_boolean() && found->get<bool>();
}

/// Whether model_index.json names a part.
bool has_part(const json& index, const char* part)
{
    const auto found = index.find(part);
    return found != index.end() && found->is_array() && !found->empty() && !found->front().is_null();
}

core::Result<void> check_pipeline(const json& index, const std::filesystem::path& file)
{
    const std::string name = text_of(index, "_class_name");
    if (name != "WanPipeline" && name != "WanImageToVideoPipeline")
        return unsupported(file, "names the pipeline " + core::in_quotes(name) + ", which Kinora can't run yet.");
    return {};
}

WanParts parts_of(const std::filesystem::path& folder, const json& index)
{
    WanParts parts{folder / "transformer", {}, folder / "vae", folder / "text_encoder", folder / "tokenizer", {}, {}};
    if (has_part(index, "transformer_2")) parts.transformer_2 = folder / "transformer_2";
    if (has_part(index, "image_encoder")) parts.image_encoder = folder / "image_encoder";
    if (has_part(index, "image_processor")) parts.image_processor = folder / "image_processor";
    return parts;
}

/// The share of the time steps from which on the expert for high noise works.
core::Result<float> read_boundary(const json& index, const std::filesystem::path& file)
{
    // Of the two released models, text-to-video switches at 0.875 and image-to-video at 0.9.
    const bool from_pictures = text_of(index, "_class_name") == "WanImageToVideoPipeline";
    const auto found = index.find("boundary_ratio");
    if (found == index.end() || found->is_null()) return from_pictures ? 900.0F : 875.0F;
    if (!found->is_number() || !(found->get<double>() > 0) || found->get<double>() > 1)
        return corrupt(file, "has a \"boundary_ratio\" that doesn't lie between 0 and 1.");
    return static_cast<float>(found->get<double>() * 1000.0);
}

/// The second expert has to be shaped as the first.
core::Result<void> check_second_expert(const WanModelInfo& info)
{
    const auto second = WanDitConfig::read(info.parts.transformer_2);
    if (!second) return second.error();
    if (second->to_json() != info.dit.to_json())
        return corrupt(info.parts.transformer_2 / "config.json",
                       "describes another transformer than " +
                           core::in_quotes((info.parts.transformer / "config.json").string()) +
                           "; the two experts of a model have one shape.");
    return {};
}

core::Result<void> read_image_encoder(WanModelInfo& info)
{
    if (!info.dit.image_dim) {
        // A folder may bring a CLIP that its transformer doesn't look through.
        info.parts.image_encoder.clear();
        info.parts.image_processor.clear();
        return {};
    }
    if (info.parts.image_encoder.empty())
        return core::make_error(core::ErrorKind::not_found,
                                core::in_quotes(info.folder.string()) +
                                    " lacks its image encoder (CLIP), through which this model looks at pictures.");
    auto clip = ClipVisionConfig::read(info.parts.image_encoder);
    if (!clip) return clip.error();
    if (clip->hidden_size != *info.dit.image_dim)
        return corrupt(info.parts.image_encoder / "config.json",
                       "gives features of " + std::to_string(clip->hidden_size) + " channels, but " +
                           core::in_quotes((info.parts.transformer / "config.json").string()) + " reads " +
                           std::to_string(*info.dit.image_dim) + ".");
    info.clip = *std::move(clip);
    return {};
}

core::Result<void> read_scheduler(const std::filesystem::path& file, core::ModelCapabilities& capabilities)
{
    const auto scheduler = core::read_json_object(file);
    if (!scheduler) return scheduler.error();
    const std::string name = text_of(*scheduler, "_class_name");
    const bool euler = name == "FlowMatchEulerDiscreteScheduler";
    const bool dpm = name == "DPMSolverMultistepScheduler";
    if (!euler && !dpm && name != "UniPCMultistepScheduler")
        return unsupported(file,
                           "names the scheduler " + core::in_quotes(name) + "; Kinora has UniPC, DPM++ and flow Euler.");
    capabilities.default_sampler = euler ? "euler" : (dpm ? "dpmpp" : "unipc");
    const auto shift = scheduler->find(euler ? "shift" : "flow_shift");
    if (shift != scheduler->end() && shift->is_number()) {
        capabilities.default_shift = shift->get<float>();
        if (!(capabilities.default_shift > 0)) return corrupt(file, "has a shift that isn't above 0.");
    }
    return {};
}

/// Takes one of Kinora's own values, if it is there and sensible; remembers the first that isn't.
class OwnValues {
public:
    explicit OwnValues(const json& object) : object_(object) {}

    template <typename Number>
    void number(const char* key, Number& field, double least, double most)
    {
        const auto found = object_.find(key);
        if (found == object_.end()) return;
        if (!found->is_number() || found->get<double>() < least || found->get<double>() > most) return fail(key);
        field = found->get<Number>();
    }

    void text(const char* key, std::string& field)
    {
        const auto found = object_.find(key);
        if (found == object_.end()) return;
        if (!found->is_string()) return fail(key);
        field = found->get<std::string>();
    }

    void flag(const char* key, bool& field)
    {
        const auto found = object_.find(key);
        if (found == object_.end()) return;
        if (!found->is_boolean()) return fail(key);
        field = found->get<bool>();
    }

    void fail(const char* key)
    {
        if (wrong_.empty()) wrong_ = key;
    }
    [[nodiscard]] const std::string& wrong() const { return wrong_; }

private:
    const json& object_;
    std::string wrong_;
};

core::Result<void> read_own(const std::filesystem::path& file, core::ModelCapabilities& capabilities)
{
    if (!std::filesystem::exists(file)) return {};
    const auto object = core::read_json_object(file);
    if (!object) return object.error();
    OwnValues values(*object);
    values.text("name", capabilities.name);
    values.number("width", capabilities.default_width, capabilities.size_multiple, 8192);
    values.number("height", capabilities.default_height, capabilities.size_multiple, 8192);
    values.number("frames", capabilities.default_frames, 1, 4096);
    values.number("max_frames", capabilities.max_frames, 1, 4096);
    std::int64_t frames_per_second = capabilities.rate.numerator;
    std::int64_t seconds = capabilities.rate.denominator;
    values.number("rate", frames_per_second, 1, 1000);
    if (object->contains("rate")) seconds = 1;
    capabilities.rate = core::FrameRate(frames_per_second, seconds);
    values.number("steps", capabilities.default_steps, 1, 1000);
    values.number("guidance", capabilities.default_guidance, 0, 100);
    values.number("shift", capabilities.default_shift, 0.01, 100);
    values.text("sampler", capabilities.default_sampler);
    values.flag("any_frame", capabilities.any_frame);
    const auto& names = sampler_names();
    if (std::find(names.begin(), names.end(), capabilities.default_sampler) == names.end()) values.fail("sampler");
    if (!values.wrong().empty()) return corrupt(file, "has an impossible value of " + core::in_quotes(values.wrong()) + ".");
    return {};
}

core::Result<int> read_text_length(const std::filesystem::path& file)
{
    if (!std::filesystem::exists(file)) return 512;
    const auto tokenizer = core::read_json_object(file);
    if (!tokenizer) return tokenizer.error();
    const auto length = tokenizer->find("model_max_length");
    const bool sensible = length != tokenizer->end() && length->is_number_integer() && length->get<std::int64_t>() > 0 &&
                          length->get<std::int64_t>() <= 4096;
    return sensible ? length->get<int>() : 512;
}

}  // namespace

std::vector<std::filesystem::path> WanParts::with_weights() const
{
    std::vector<std::filesystem::path> found;
    for (const auto* part : {&image_encoder, &text_encoder, &transformer, &transformer_2, &vae})
        if (!part->empty()) found.push_back(*part);
    return found;
}

core::Result<WanModelInfo> read_model_info(const std::filesystem::path& folder, const std::string& model_id)
{
    WanModelInfo info;
    info.folder = folder;
    const auto index_file = folder / "model_index.json";
    const auto index = core::read_json_object(index_file);
    if (!index) return index.error();
    if (auto checked = check_pipeline(*index, index_file); !checked) return checked.error();
    info.parts = parts_of(folder, *index);
    info.time_form = is_true(*index, "expand_timesteps") ? TimeForm::per_frame : TimeForm::per_clip;

    auto dit = WanDitConfig::read(info.parts.transformer);
    if (!dit) return dit.error();
    info.dit = *std::move(dit);
    auto vae = VaeConfig::from_file(info.parts.vae / "config.json");
    if (!vae) return vae.error();
    info.vae = *std::move(vae);
    if (!info.parts.transformer_2.empty()) {
        const auto boundary = read_boundary(*index, index_file);
        if (!boundary) return boundary.error();
        info.boundary = *boundary;
        if (auto checked = check_second_expert(info); !checked) return checked.error();
    }
    if (auto read = read_image_encoder(info); !read) return read.error();

    const auto source = (info.parts.transformer / "config.json").string();
    if (auto described = describe_release(info, model_id, source); !described) return described.error();
    if (auto read = read_scheduler(folder / "scheduler" / "scheduler_config.json", info.capabilities); !read)
        return read.error();
    if (auto read = read_own(folder / "kinora.json", info.capabilities); !read) return read.error();
    // Clean frames need a time step of their own, whatever a file promises.
    if (info.time_form == TimeForm::per_clip) info.capabilities.any_frame = false;
    auto length = read_text_length(info.parts.tokenizer / "tokenizer_config.json");
    if (!length) return length.error();
    info.capabilities.max_tokens = *length;
    std::error_code ignored;
    if (std::filesystem::is_regular_file(folder / k_draft_file, ignored)) info.capabilities.draft = folder / k_draft_file;
    return info;
}

}  // namespace kinora::inference
