#include "core/export/presets.h"

#include <vector>

#include "core/base/text.h"

namespace kinora::media {
namespace {

using Options = std::vector<std::pair<std::string, std::string>>;

/// libx264's pictures depend on the number of threads: with a fixed one the same recipe gives the same bytes on every
/// machine.
constexpr int k_x264_threads = 4;
constexpr int k_aac_bit_rate = 256'000;

Preset prores(std::string id, std::string name, std::string description, const char* profile, double bits_per_pixel)
{
    EncoderSettings encoder{"prores_ks", "mov", PixelLayout::yuv422_10};
    encoder.options = Options{{"profile", profile}};
    encoder.sound_encoder = "pcm_s24le";
    encoder.container_options = Options{{"movflags", "use_metadata_tags"}};
    return {std::move(id), std::move(name), std::move(description), "mov", PresetUse::master, encoder, bits_per_pixel};
}

Preset h264(std::string id, std::string name, std::string description, PresetUse use, int b_frames, Options options)
{
    EncoderSettings encoder{"libx264", "mp4", PixelLayout::yuv420_8, k_x264_threads, 12, b_frames};
    encoder.options = std::move(options);
    // libx264 164's macroblock tree reads memory that was never written (with AVX-512): pictures would differ from run to
    // run.
    encoder.options.emplace_back("mbtree", "0");
    encoder.sound_encoder = "aac";
    encoder.sound_bit_rate = k_aac_bit_rate;
    encoder.container_options = Options{{"movflags", "+faststart+use_metadata_tags"}};
    return {std::move(id), std::move(name), std::move(description), "mp4", use, encoder, 0.6};
}

Preset h265()
{
    EncoderSettings encoder{"libx265", "mp4", PixelLayout::yuv420_10, 0, 24, -1};
    encoder.codec_tag = "hvc1";
    encoder.sound_encoder = "aac";
    encoder.sound_bit_rate = k_aac_bit_rate;
    encoder.least_width = encoder.least_height = 64;
    encoder.options = Options{{"crf", "18"},
                              {"preset", "medium"},
                              {"x265-params",
                               "log-level=none:pools=4:frame-threads=2:info=0:colorprim=bt709:transfer=bt709:"
                               "colormatrix=bt709:range=limited"}};
    encoder.container_options = Options{{"movflags", "+faststart+use_metadata_tags"}};
    return {"h265-10bit",
            "H.265 10 bit",
            "Small files with smooth gradients for screens and the web; slower to make than H.264.",
            "mp4",
            PresetUse::sharing,
            encoder,
            0.35};
}

Preset dnxhr()
{
    EncoderSettings encoder{"dnxhd", "mov", PixelLayout::yuv422_10};
    encoder.least_width = 256;
    encoder.least_height = 120;
    encoder.options = Options{{"profile", "dnxhr_hqx"}};
    encoder.sound_encoder = "pcm_s24le";
    encoder.container_options = Options{{"movflags", "use_metadata_tags"}};
    return {"dnxhr-hqx",
            "DNxHR HQX",
            "10-bit master for Avid Media Composer, and for suites on Windows and Linux that prefer Avid's codec.",
            "mov",
            PresetUse::master,
            encoder,
            3.5};
}

std::vector<Preset> make_presets()
{
    return {
        prores("prores-422-hq", "ProRes 422 HQ",
               "10-bit master for every editing suite: cuts, grades and keys without visible loss.", "3", 4.3),
        prores("prores-422", "ProRes 422", "10-bit master at two thirds of the size of HQ, for long films and slower disks.",
               "2", 2.9),
        prores("prores-422-lt", "ProRes 422 LT",
               "10-bit files that are light to edit, good enough for the web and for drafts.", "1", 2.0),
        prores("prores-422-proxy", "ProRes 422 Proxy", "Small stand-ins for cutting on a laptop, to be replaced by masters.",
               "0", 0.9),
        dnxhr(),
        h264("h264-review", "H.264 review", "Small file that plays everywhere: for sending round, phones and the web.",
             PresetUse::sharing, 2, {{"preset", "medium"}, {"crf", "16"}, {"profile", "high"}}),
        h265(),
        h264("take", "Take", "What a project keeps of a take: quick to write and to scrub.", PresetUse::internal, 0,
             {{"preset", "veryfast"}, {"crf", "16"}, {"tune", "fastdecode"}}),
    };
}

const std::vector<Preset>& table()
{
    static const std::vector<Preset> presets = make_presets();
    return presets;
}

}  // namespace

std::span<const Preset> presets()
{
    return table();
}

core::Result<const Preset*> find_preset(std::string_view id)
{
    std::string known;
    for (const Preset& preset : table()) {
        if (preset.id == id) return &preset;
        if (preset.use != PresetUse::internal) known += (known.empty() ? "" : ", ") + preset.id;
    }
    return core::make_error(core::ErrorKind::invalid_argument,
                            "There is no preset " + core::in_quotes(id) + ". There are: " + known + ".");
}

std::int64_t estimate_bytes(const Preset& preset, int width, int height, int frames)
{
    const double pixels = static_cast<double>(width) * height * frames;
    return static_cast<std::int64_t>(pixels * preset.bits_per_pixel / 8.0) + 4096;
}

}  // namespace kinora::media
