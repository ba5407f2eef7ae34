#include "core/export/preset_table.h"

namespace kinora::media {
namespace {

using Options = std::vector<std::pair<std::string, std::string>>;

/// libx264's pictures depend on the number of threads: with a fixed one the same recipe gives the same bytes on every
/// machine.
constexpr int k_fixed_threads = 4;
constexpr int k_aac_bit_rate = 256'000;
constexpr int k_opus_bit_rate = 160'000;

const std::vector<ColourSpace> k_every_space{ColourSpace::bt709, ColourSpace::p3, ColourSpace::bt2020};

/// A preset without its encoder.
Preset named(const char* id, const char* name, const char* description, const char* extension, PresetUse use)
{
    Preset preset;
    preset.id = id;
    preset.name = name;
    preset.description = description;
    preset.extension = extension;
    preset.use = use;
    return preset;
}

Preset prores(const char* id, const char* name, const char* description, const char* profile, double bits_per_pixel)
{
    Preset preset = named(id, name, description, "mov", PresetUse::master);
    preset.encoder.encoder = "prores_ks";
    preset.encoder.container = "mov";
    preset.encoder.layout = PixelLayout::yuv422_10;
    preset.encoder.options = Options{{"profile", profile}};
    preset.encoder.sound_encoder = "pcm_s24le";
    preset.encoder.container_options = Options{{"movflags", "use_metadata_tags"}};
    preset.bits_per_pixel = bits_per_pixel;
    preset.spaces = k_every_space;
    return preset;
}

Preset prores_4444()
{
    Preset preset = prores("prores-4444", "ProRes 4444",
                           "10-bit master with full colour resolution and transparency, for effects and keying.", "4", 6.5);
    preset.encoder.layout = PixelLayout::yuva444_10;
    preset.encoder.options.emplace_back("alpha_bits", "16");
    return preset;
}

Preset dnxhr(const char* id, const char* name, const char* description, const char* profile, PixelLayout layout,
             const char* container, double bits_per_pixel)
{
    Preset preset = named(id, name, description, container, PresetUse::master);
    preset.encoder.encoder = "dnxhd";
    preset.encoder.container = container;
    preset.encoder.layout = layout;
    preset.encoder.least_width = 256;
    preset.encoder.least_height = 120;
    preset.encoder.options = Options{{"profile", profile}};
    preset.encoder.sound_encoder = "pcm_s24le";
    preset.encoder.standard_rates = preset.extension == "mxf";
    if (preset.extension == "mov") preset.encoder.container_options = Options{{"movflags", "use_metadata_tags"}};
    preset.bits_per_pixel = bits_per_pixel;
    preset.bytes_per_frame = 640;
    // The codec's own header knows BT.709 and BT.2020; 8 bits are too few for the wider one.
    if (layout != PixelLayout::yuv422_8) preset.spaces.push_back(ColourSpace::bt2020);
    return preset;
}

Preset h264(const char* id, const char* name, const char* description, PresetUse use, int b_frames, Options options)
{
    Preset preset = named(id, name, description, "mp4", use);
    preset.encoder.encoder = "libx264";
    preset.encoder.container = "mp4";
    preset.encoder.layout = PixelLayout::yuv420_8;
    preset.encoder.threads = k_fixed_threads;
    preset.encoder.group_size = 12;
    preset.encoder.b_frames = b_frames;
    preset.encoder.options = std::move(options);
    // libx264 164's macroblock tree reads memory that was never written (with AVX-512): pictures would differ from run to
    // run.
    preset.encoder.options.emplace_back("mbtree", "0");
    preset.encoder.sound_encoder = "aac";
    preset.encoder.sound_bit_rate = k_aac_bit_rate;
    preset.encoder.container_options = Options{{"movflags", "+faststart+use_metadata_tags"}};
    preset.bits_per_pixel = 0.6;
    preset.quality = {"crf", 8, 16, 32, 6};
    return preset;
}

Preset h265()
{
    Preset preset = named("h265-10bit", "H.265 10 bit",
                          "Small files with smooth gradients for screens and the web; slower to make than H.264.", "mp4",
                          PresetUse::sharing);
    preset.encoder.encoder = "libx265";
    preset.encoder.container = "mp4";
    preset.encoder.layout = PixelLayout::yuv420_10;
    preset.encoder.group_size = 24;
    preset.encoder.codec_tag = "hvc1";
    preset.encoder.sound_encoder = "aac";
    preset.encoder.sound_bit_rate = k_aac_bit_rate;
    preset.encoder.least_width = preset.encoder.least_height = 64;
    preset.encoder.options =
        Options{{"crf", "18"}, {"preset", "medium"}, {"x265-params", "log-level=none:pools=4:frame-threads=2:info=0"}};
    preset.encoder.container_options = Options{{"movflags", "+faststart+use_metadata_tags"}};
    preset.bits_per_pixel = 0.35;
    preset.spaces = k_every_space;
    preset.quality = {"crf", 8, 18, 34, 6};
    return preset;
}

Preset av1()
{
    Preset preset = named("av1-10bit", "AV1 10 bit",
                          "The smallest good-looking files for new browsers and players; no fee is due for it anywhere.",
                          "mp4", PresetUse::sharing);
    preset.encoder.encoder = "libsvtav1";
    preset.encoder.container = "mp4";
    preset.encoder.layout = PixelLayout::yuv420_10;
    preset.encoder.group_size = 48;
    preset.encoder.sound_encoder = "aac";
    preset.encoder.sound_bit_rate = k_aac_bit_rate;
    preset.encoder.least_width = preset.encoder.least_height = 64;
    preset.encoder.options = Options{{"crf", "12"}, {"preset", "6"}};
    preset.encoder.container_options = Options{{"movflags", "+faststart+use_metadata_tags"}};
    preset.bits_per_pixel = 0.3;
    preset.spaces = k_every_space;
    preset.quality = {"crf", 4, 12, 40, 10};
    return preset;
}

Preset vp9()
{
    Preset preset = named("vp9-webm", "VP9 WebM", "For web pages that want WebM: plays in every browser without a plug-in.",
                          "webm", PresetUse::sharing);
    preset.encoder.encoder = "libvpx-vp9";
    preset.encoder.container = "webm";
    preset.encoder.layout = PixelLayout::yuv420_8;
    preset.encoder.threads = k_fixed_threads;
    preset.encoder.group_size = 48;
    preset.encoder.sound_encoder = "libopus";
    preset.encoder.sound_bit_rate = k_opus_bit_rate;
    preset.encoder.options = Options{{"crf", "24"}, {"b", "0"}, {"deadline", "good"}, {"cpu-used", "3"}, {"row-mt", "1"}};
    preset.bits_per_pixel = 0.35;
    preset.quality = {"crf", 10, 24, 45, 8};
    return preset;
}

Preset sequence(const char* id, const char* name, const char* description, const char* extension, const char* encoder,
                PixelLayout layout, Options options, double bits_per_pixel)
{
    Preset preset = named(id, name, description, extension, PresetUse::master);
    preset.encoder.encoder = encoder;
    preset.encoder.container = "image2";
    preset.encoder.layout = layout;
    preset.encoder.least_width = preset.encoder.least_height = 1;
    preset.encoder.options = std::move(options);
    preset.bits_per_pixel = bits_per_pixel;
    preset.bytes_per_frame = 400;
    return preset;
}

std::vector<Preset> sequences()
{
    std::vector<Preset> all{
        sequence("png16", "PNG 16 bit", "One lossless picture a frame, for compositing and for programs that read no film.",
                 "png", "png", PixelLayout::rgb_16_be, {{"pred", "mixed"}}, 30),
        sequence("tiff16", "TIFF 16 bit", "One lossless picture a frame, for print and retouching.", "tif", "tiff",
                 PixelLayout::rgb_16_le, {{"compression_algo", "deflate"}}, 38),
        sequence("exr-half", "EXR half float",
                 "Linear light for compositing and grading, made from the frames by the sRGB curve; one picture a frame.",
                 "exr", "exr", PixelLayout::rgb_linear, {{"compression", "zip16"}, {"format", "half"}}, 24),
    };
    all[0].spaces = all[2].spaces = k_every_space;
    return all;
}

Preset gif()
{
    Preset preset = named("gif", "GIF", "A silent loop with 256 colours a frame, for chats and old web pages.", "gif",
                          PresetUse::sharing);
    preset.encoder.encoder = "gif";
    preset.encoder.container = "gif";
    preset.encoder.layout = PixelLayout::palette_8;
    preset.encoder.least_width = preset.encoder.least_height = 1;
    preset.bits_per_pixel = 5;
    preset.bytes_per_frame = 800;
    return preset;
}

Preset webp()
{
    Preset preset = named("webp", "WebP animation", "A silent loop in full colour for web pages, far smaller than a GIF.",
                          "webp", PresetUse::sharing);
    preset.encoder.encoder = "libwebp_anim";
    preset.encoder.container = "webp";
    preset.encoder.layout = PixelLayout::bgra_8;
    preset.encoder.least_width = preset.encoder.least_height = 1;
    preset.encoder.options = Options{{"quality", "88"}, {"lossless", "0"}, {"compression_level", "4"}};
    preset.encoder.container_options = Options{{"loop", "0"}};
    preset.bits_per_pixel = 1.2;
    preset.quality = {"quality", 100, 88, 40, 12};
    return preset;
}

}  // namespace

std::vector<Preset> make_presets()
{
    using L = PixelLayout;
    std::vector<Preset> all{
        prores("prores-422-hq", "ProRes 422 HQ",
               "10-bit master for every editing suite: cuts, grades and keys without visible loss.", "3", 4.3),
        prores("prores-422", "ProRes 422", "10-bit master at two thirds of the size of HQ, for long films and slower disks.",
               "2", 2.9),
        prores("prores-422-lt", "ProRes 422 LT",
               "10-bit files that are light to edit, good enough for the web and for drafts.", "1", 2.0),
        prores("prores-422-proxy", "ProRes 422 Proxy", "Small stand-ins for cutting on a laptop, to be replaced by masters.",
               "0", 0.9),
        prores_4444(),
        dnxhr("dnxhr-hqx", "DNxHR HQX",
              "10-bit master for Avid Media Composer, and for suites on Windows and Linux that prefer Avid's codec.",
              "dnxhr_hqx", L::yuv422_10, "mov", 3.5),
        dnxhr("dnxhr-444", "DNxHR 444", "10-bit Avid master with full colour resolution, for effects and keying.",
              "dnxhr_444", L::yuv444_10, "mov", 7),
        dnxhr("dnxhr-hq", "DNxHR HQ", "8-bit Avid files for cutting and finishing where 10 bit aren't needed.", "dnxhr_hq",
              L::yuv422_8, "mov", 3.5),
        dnxhr("dnxhr-sq", "DNxHR SQ", "8-bit Avid files at two thirds of the size of HQ, for cutting.", "dnxhr_sq",
              L::yuv422_8, "mov", 2.3),
        dnxhr("dnxhr-hqx-mxf", "DNxHR HQX in MXF",
              "10-bit master in Avid's own container, for Media Composer and broadcast.", "dnxhr_hqx", L::yuv422_10, "mxf",
              3.5),
        dnxhr("dnxhr-444-mxf", "DNxHR 444 in MXF", "Full colour resolution in Avid's own container, for effects.",
              "dnxhr_444", L::yuv444_10, "mxf", 7),
        dnxhr("dnxhr-hq-mxf", "DNxHR HQ in MXF", "8-bit files in Avid's own container, for cutting and finishing.",
              "dnxhr_hq", L::yuv422_8, "mxf", 3.5),
        dnxhr("dnxhr-sq-mxf", "DNxHR SQ in MXF", "Smaller 8-bit files in Avid's own container, for cutting.", "dnxhr_sq",
              L::yuv422_8, "mxf", 2.3),
    };
    for (Preset& preset : sequences())
        all.push_back(std::move(preset));
    all.push_back(h264("h264-review", "H.264 review",
                       "Small file that plays everywhere: for sending round, phones and the web.", PresetUse::sharing, 2,
                       {{"preset", "medium"}, {"crf", "16"}, {"profile", "high"}}));
    all.push_back(h265());
    all.push_back(av1());
    all.push_back(vp9());
    all.push_back(gif());
    all.push_back(webp());
    all.push_back(h264("take", "Take", "What a project keeps of a take: quick to write and to scrub.", PresetUse::internal,
                       0, {{"preset", "veryfast"}, {"crf", "16"}, {"tune", "fastdecode"}}));
    return all;
}

}  // namespace kinora::media
