#pragma once

#include <string>

#include "core/media/colour_space.h"

namespace kinora::media {

/// Adds what FFmpeg's picture encoders leave out of a single encoded picture, by the encoder's name. PNG: a `cICP` chunk
/// (PNG 3, 11.3.2.6: primaries, curve, matrix and range by ITU-T H.273), which wins over gAMA and cHRM. EXR: the attribute
/// `chromaticities`. Other pictures, and bytes that aren't what they should be, stay as they are.
void tag_picture(const std::string& encoder, ColourSpace space, std::string& bytes);

/// The first picture's text chunk `kinora_recipe` of a PNG (iTXt, UTF-8).
void add_png_text(const std::string& key, const std::string& text, std::string& bytes);

}  // namespace kinora::media
