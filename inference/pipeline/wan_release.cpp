#include <algorithm>

#include "core/base/text.h"
#include "inference/pipeline/model_info.h"

namespace kinora::inference {
namespace {

/// Latent frames that the position tables reach, and so the longest clip, are 1024; this keeps it to what memory can hold.
constexpr int k_longest = 1025;

/// What tells the released models apart.
struct Form {
    bool ti2v = false;
    bool experts = false;
    bool from_pictures = false;  ///< condition channels
    bool first_and_last = false;
    bool large = false;  ///< 14B: 40 layers
};

Form form_of(const WanModelInfo& info)
{
    return {info.time_form == TimeForm::per_frame, info.two_experts(), info.has_condition_channels(),
            info.dit.pos_embed_seq_len.has_value(), info.dit.num_layers >= 40};
}

std::string name_of(const Form& form)
{
    if (form.ti2v) return "Wan 2.2 TI2V (text or first frame)";
    if (form.experts) return form.from_pictures ? "Wan 2.2 A14B image-to-video" : "Wan 2.2 A14B text-to-video";
    if (form.first_and_last) return "Wan 2.1 first-and-last-frame";
    if (form.from_pictures) return "Wan 2.1 image-to-video";
    return form.large ? "Wan 2.1 text-to-video 14B" : "Wan 2.1 text-to-video";
}

void set_pictures(const Form& form, core::ModelCapabilities& capabilities)
{
    capabilities.first_frame = form.ti2v || form.from_pictures;
    capabilities.needs_first_frame = form.from_pictures;
    // The image encoder of 2.1 is made for one picture or for two; 2.2 sees pictures only in the channels beside the noise.
    capabilities.last_frame = form.from_pictures && (form.experts || form.first_and_last);
    capabilities.needs_last_frame = form.first_and_last;
}

/// As the authors' own configurations have them (wan/configs).
void set_defaults(const Form& form, core::ModelCapabilities& capabilities)
{
    const bool hd = form.ti2v || form.first_and_last;
    capabilities.default_width = hd ? 1280 : 832;
    capabilities.default_height = form.ti2v ? 704 : (hd ? 720 : 480);
    capabilities.default_frames = form.ti2v ? 121 : 81;
    capabilities.max_frames = k_longest;
    capabilities.rate = core::FrameRate(form.ti2v ? 24 : 16);
    capabilities.default_steps = form.experts || (form.from_pictures && !form.first_and_last) ? 40 : 50;
    capabilities.default_guidance = 5.0F;
    capabilities.default_shift = 5.0F;
    if (form.experts) {
        capabilities.default_guidance = form.from_pictures ? 3.5F : 4.0F;
        capabilities.default_guidance_low = form.from_pictures ? 3.5F : 3.0F;
        capabilities.default_shift = form.from_pictures ? 5.0F : 12.0F;
    } else if (form.first_and_last) {
        capabilities.default_guidance = 5.5F;
        capabilities.default_shift = 16.0F;
    } else if (!form.ti2v && !form.from_pictures && !form.large) {
        capabilities.default_guidance = 6.0F;
        capabilities.default_shift = 8.0F;
    }
}

core::Error unsupported(const std::string& source, const std::string& why)
{
    return core::make_error(core::ErrorKind::unsupported, core::in_quotes(source) + " " + why);
}

}  // namespace

core::Result<void> describe_release(WanModelInfo& info, const std::string& model_id, const std::string& source)
{
    const auto beside = info.dit.in_channels - info.vae.z_dim;
    if (info.dit.out_channels != info.vae.z_dim)
        return unsupported(source, "gives " + std::to_string(info.dit.out_channels) +
                                       " channels, but the VAE's latents have " + std::to_string(info.vae.z_dim) +
                                       "; they don't belong together.");
    if (beside != 0 && beside != info.vae.temporal_stride() + info.vae.z_dim)
        return unsupported(source, "reads " + std::to_string(info.dit.in_channels) +
                                       " channels, which is none of the forms that Kinora knows (text-to-video, and "
                                       "image-to-video with a mask and latents beside the noise).");
    if (info.dit.image_dim && beside == 0)
        return unsupported(source, "looks at pictures through CLIP, but has no channels for them beside the noise.");
    const Form form = form_of(info);
    auto& capabilities = info.capabilities;
    capabilities.model_id = model_id;
    capabilities.name = model_id;
    capabilities.variant = name_of(form);
    set_defaults(form, capabilities);
    set_pictures(form, capabilities);
    capabilities.size_multiple =
        static_cast<int>(info.vae.spatial_stride() * std::max(info.dit.patch_size[1], info.dit.patch_size[2]));
    capabilities.frame_multiple = static_cast<int>(info.vae.temporal_stride());
    return {};
}

}  // namespace kinora::inference
