#include "inference/pipeline/model_info.h"

#include <algorithm>
#include <charconv>
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

core::Result<void> check_pipeline(const json& index, const std::filesystem::path& file)
{
    const std::string name = text_of(index, "_class_name");
    if (name != "WanPipeline" && name != "WanImageToVideoPipeline")
        return unsupported(file, "names the pipeline " + core::in_quotes(name) + ", which Kinora can't run yet.");
    const auto second = index.find("transformer_2");
    const bool experts = second != index.end() && second->is_array() && !second->empty() && !second->front().is_null();
    if (experts) return unsupported(file, "describes a model of two experts (Wan 2.2 A14B), which Kinora can't run yet.");
    return {};
}

/// The values of the Wan release that has this form, until a file says otherwise.
core::ModelCapabilities release_defaults(const WanModelInfo& info)
{
    core::ModelCapabilities defaults;
    const bool ti2v = info.time_form == TimeForm::per_frame;
    defaults.default_width = ti2v ? 1280 : 832;
    defaults.default_height = ti2v ? 704 : 480;
    defaults.default_frames = ti2v ? 121 : 81;
    defaults.max_frames = ti2v ? 241 : 161;
    defaults.rate = core::FrameRate(ti2v ? 24 : 16);
    defaults.default_steps = 50;
    defaults.default_guidance = 5.0F;
    defaults.default_shift = 5.0F;
    defaults.size_multiple =
        static_cast<int>(info.vae.spatial_stride() * std::max(info.dit.patch_size[1], info.dit.patch_size[2]));
    defaults.frame_multiple = static_cast<int>(info.vae.temporal_stride());
    defaults.first_frame = ti2v;
    return defaults;
}

core::Result<void> read_scheduler(const std::filesystem::path& file, core::ModelCapabilities& capabilities)
{
    const auto scheduler = core::read_json_object(file);
    if (!scheduler) return scheduler.error();
    const std::string name = text_of(*scheduler, "_class_name");
    const bool euler = name == "FlowMatchEulerDiscreteScheduler";
    if (!euler && name != "UniPCMultistepScheduler")
        return unsupported(file, "names the scheduler " + core::in_quotes(name) + "; Kinora has UniPC and flow Euler.");
    capabilities.default_sampler = euler ? "euler" : "unipc";
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

core::Result<WanModelInfo> read_model_info(const std::filesystem::path& folder, const std::string& model_id)
{
    WanModelInfo info;
    info.folder = folder;
    const auto index = core::read_json_object(folder / "model_index.json");
    if (!index) return index.error();
    if (auto checked = check_pipeline(*index, folder / "model_index.json"); !checked) return checked.error();
    info.time_form = is_true(*index, "expand_timesteps") ? TimeForm::per_frame : TimeForm::per_clip;

    auto dit = WanDitConfig::read(folder / "transformer");
    if (!dit) return dit.error();
    info.dit = *std::move(dit);
    auto vae = VaeConfig::from_file(folder / "vae" / "config.json");
    if (!vae) return vae.error();
    info.vae = *std::move(vae);
    if (info.dit.in_channels != info.vae.z_dim || info.dit.out_channels != info.vae.z_dim)
        return unsupported(
            folder / "transformer" / "config.json",
            "asks for condition channels beside the latents (Wan image-to-video), which Kinora can't give yet.");

    info.capabilities = release_defaults(info);
    info.capabilities.model_id = model_id;
    info.capabilities.name = model_id;
    if (auto read = read_scheduler(folder / "scheduler" / "scheduler_config.json", info.capabilities); !read)
        return read.error();
    if (auto read = read_own(folder / "kinora.json", info.capabilities); !read) return read.error();
    // Clean frames need a time step of their own, whatever a file promises.
    if (info.time_form == TimeForm::per_clip) info.capabilities.any_frame = false;
    auto length = read_text_length(folder / "tokenizer" / "tokenizer_config.json");
    if (!length) return length.error();
    info.capabilities.max_tokens = *length;
    return info;
}

}  // namespace kinora::inference
