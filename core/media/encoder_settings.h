#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/media/colour_space.h"

namespace kinora::media {

/// Layouts of the pictures handed to encoders. Y'CbCr is of limited range, R'G'B' of full range.
enum class PixelLayout {
    yuv420_8,  ///< chroma halved both ways, sited left
    yuv420_10,
    yuv422_8,  ///< chroma halved across, sited left
    yuv422_10,
    yuv444_10,
    yuva444_10,  ///< with straight alpha
    rgb_16_be,   ///< for PNG
    rgb_16_le,   ///< for TIFF
    rgb_linear,  ///< 32-bit float, linear light by the sRGB curve: for EXR
    bgra_8,      ///< dithered; for WebP
    palette_8,   ///< 256 colours a picture, dithered; for GIF
};

/// How a stream is encoded and what file it goes into. Presets (`core/export/presets.h`) are made of these.
struct EncoderSettings {
    std::string encoder;    ///< FFmpeg's name, "prores_ks"
    std::string container;  ///< FFmpeg's name of the muxer, "mov"; "image2": a folder with one file a picture
    PixelLayout layout = PixelLayout::yuv420_8;
    int threads = 0;       ///< 0: as many as there are cores; fixed where the bytes depend on it
    int group_size = 0;    ///< distance of key frames; 0: the encoder's own
    int b_frames = -1;     ///< -1: the encoder's own
    int least_width = 16;  ///< pictures smaller than this are refused
    int least_height = 16;
    std::string codec_tag;                                     ///< four characters, or empty for the container's own
    std::vector<std::pair<std::string, std::string>> options;  ///< of the encoder
    std::vector<std::pair<std::string, std::string>> container_options;  ///< of the muxer, "movflags" …
    std::string sound_encoder;  ///< FFmpeg's name, "pcm_s24le" or "aac"; empty: this kind of file has no sound
    int sound_bit_rate = 0;     ///< 0: the encoder's own
    ColourSpace colour = ColourSpace::bt709;
    bool standard_rates = false;  ///< the container takes 23.976, 24, 25, 29.97, 30, 50, 59.94 and 60 only

    [[nodiscard]] bool pictures() const { return container == "image2"; }
};

}  // namespace kinora::media
