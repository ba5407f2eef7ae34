#include "core/generation/picture_file.h"

#include <png.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/base/paths.h"
#include "core/base/text.h"

namespace kinora::core {
namespace {

using Bytes = std::vector<unsigned char>;

std::string quoted(const std::filesystem::path& file)
{
    return in_quotes(path_to_utf8(file));
}

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

/// What libpng's callbacks need. libpng leaves a call by longjmp, so nothing that owns memory lives in the frames it jumps
/// over.
struct PngState {
    std::FILE* input = nullptr;
    Bytes* output = nullptr;
    char reason[160] = "unknown reason";
};

void png_failed(png_structp png, png_const_charp message)
{
    auto* state = static_cast<PngState*>(png_get_error_ptr(png));
    std::snprintf(state->reason, sizeof state->reason, "%s", message);
    png_longjmp(png, 1);
}

void png_warned(png_structp, png_const_charp) {}

void png_take(png_structp png, png_bytep bytes, std::size_t count)
{
    auto* state = static_cast<PngState*>(png_get_io_ptr(png));
    if (std::fread(bytes, 1, count, state->input) != count) png_error(png, "the file ends too early");
}

void png_give(png_structp png, png_bytep bytes, std::size_t count)
{
    auto* state = static_cast<PngState*>(png_get_io_ptr(png));
    state->output->insert(state->output->end(), bytes, bytes + count);
}

void png_flushed(png_structp) {}

struct PngReader {
    PngState state;
    png_structp png = nullptr;
    png_infop info = nullptr;

    PngReader()
    {
        png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &state, png_failed, png_warned);
        if (png != nullptr) info = png_create_info_struct(png);
    }
    PngReader(const PngReader&) = delete;
    PngReader& operator=(const PngReader&) = delete;
    ~PngReader() { png_destroy_read_struct(&png, &info, nullptr); }
};

struct PngWriter {
    PngState state;
    png_structp png = nullptr;
    png_infop info = nullptr;

    PngWriter()
    {
        png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &state, png_failed, png_warned);
        if (png != nullptr) info = png_create_info_struct(png);
    }
    PngWriter(const PngWriter&) = delete;
    PngWriter& operator=(const PngWriter&) = delete;
    ~PngWriter() { png_destroy_write_struct(&png, &info); }
};

/// Reads the header and asks libpng for 16-bit RGBA, whatever the file holds.
bool read_header(PngReader& reader)
{
    if (setjmp(png_jmpbuf(reader.png)) != 0) return false;
    png_set_read_fn(reader.png, &reader.state, png_take);
    png_set_user_limits(reader.png, k_largest_picture_side, k_largest_picture_side);
    png_set_chunk_cache_max(reader.png, 64);
    png_set_chunk_malloc_max(reader.png, 8U << 20U);
    png_read_info(reader.png, reader.info);
    png_set_expand_16(reader.png);
    png_set_gray_to_rgb(reader.png);
    png_set_add_alpha(reader.png, 0xffff, PNG_FILLER_AFTER);
    png_set_interlace_handling(reader.png);
    png_read_update_info(reader.png, reader.info);
    return true;
}

bool read_rows(PngReader& reader, png_bytepp rows)
{
    if (setjmp(png_jmpbuf(reader.png)) != 0) return false;
    png_read_image(reader.png, rows);
    png_read_end(reader.png, nullptr);
    return true;
}

/// 16-bit RGB, big-endian pairs resolved, laid over black.
struct Picture16 {
    int height = 0;
    int width = 0;
    std::vector<std::uint16_t> rgb;
};

Result<Picture16> read_picture16(const std::filesystem::path& file)
{
    File input(std::fopen(file.c_str(), "rb"));
    if (!input) return file_error(file, "read", errno);
    PngReader reader;
    if (reader.info == nullptr)
        return make_error(ErrorKind::out_of_memory, "There is no memory left to read " + quoted(file) + ".");
    reader.state.input = input.get();
    const auto damaged = [&] {
        return make_error(ErrorKind::corrupt, quoted(file) + " isn't a readable PNG picture: " + reader.state.reason + ".");
    };
    if (!read_header(reader)) return damaged();
    const std::size_t width = png_get_image_width(reader.png, reader.info);
    const std::size_t height = png_get_image_height(reader.png, reader.info);
    if (width * height > static_cast<std::size_t>(k_largest_picture_pixels)) {
        return make_error(ErrorKind::unsupported, quoted(file) + " is too large: at most 64 megapixels are read.");
    }
    const std::size_t stride = width * 8;
    if (png_get_rowbytes(reader.png, reader.info) != stride) return damaged();
    Bytes pixels(stride * height);
    std::vector<png_bytep> rows(height);
    for (std::size_t y = 0; y < height; ++y)
        rows[y] = pixels.data() + y * stride;
    if (!read_rows(reader, rows.data())) return damaged();

    Picture16 picture{static_cast<int>(height), static_cast<int>(width), std::vector<std::uint16_t>(width * height * 3)};
    const auto sample = [&](std::size_t index) {
        return static_cast<std::uint32_t>(pixels[index * 2] << 8U) | pixels[index * 2 + 1];
    };
    for (std::size_t i = 0; i < width * height; ++i) {
        const std::uint32_t alpha = sample(i * 4 + 3);
        for (std::size_t c = 0; c < 3; ++c) {
            picture.rgb[i * 3 + c] = static_cast<std::uint16_t>((sample(i * 4 + c) * alpha + 32767U) / 65535U);
        }
    }
    return picture;
}

bool encode_rows(PngWriter& writer, unsigned width, unsigned height, int depth, png_bytepp rows)
{
    if (setjmp(png_jmpbuf(writer.png)) != 0) return false;
    png_set_write_fn(writer.png, &writer.state, png_give, png_flushed);
    png_set_IHDR(writer.png, writer.info, width, height, depth, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_sRGB(writer.png, writer.info, PNG_sRGB_INTENT_PERCEPTUAL);
    png_set_compression_level(writer.png, 6);
    png_write_info(writer.png, writer.info);
    png_write_image(writer.png, rows);
    png_write_end(writer.png, nullptr);
    return true;
}

Result<void> write_rows(const std::filesystem::path& file, int width, int height, int depth, const unsigned char* pixels)
{
    const std::size_t stride = static_cast<std::size_t>(width) * 3 * (depth / 8);
    std::vector<png_bytep> rows(static_cast<std::size_t>(height));
    for (std::size_t y = 0; y < rows.size(); ++y)
        rows[y] = const_cast<png_bytep>(pixels) + y * stride;
    Bytes bytes;
    PngWriter writer;
    writer.state.output = &bytes;
    if (writer.info == nullptr || !encode_rows(writer, width, height, depth, rows.data())) {
        return make_error(ErrorKind::internal, quoted(file) + " can't be written: " + writer.state.reason + ".");
    }
    return write_file(file, std::as_bytes(std::span<const unsigned char>(bytes)));
}

/// NaN becomes 0: the comparison is false for it.
float clamped(float value)
{
    return value > 0.0F ? std::min(value, 1.0F) : 0.0F;
}

Error impossible(const std::filesystem::path& file)
{
    return make_error(ErrorKind::invalid_argument, "There is no picture to write to " + quoted(file) + ".");
}

}  // namespace

Picture8 to_picture8(const FrameSequence& clip, int frame)
{
    Picture8 picture{clip.height, clip.width, std::vector<unsigned char>(clip.frame_size())};
    const auto pixels = clip.frame(frame);
    std::transform(pixels.begin(), pixels.end(), picture.rgb.begin(),
                   [](float value) { return static_cast<unsigned char>(clamped(value) * 255.0F + 0.5F); });
    return picture;
}

FrameSequence to_frames(const Picture8& picture, FrameRate rate)
{
    FrameSequence clip{1, picture.height, picture.width, rate, std::vector<float>(picture.rgb.size())};
    std::transform(picture.rgb.begin(), picture.rgb.end(), clip.rgb.begin(),
                   [](unsigned char value) { return static_cast<float>(value) / 255.0F; });
    return clip;
}

Result<void> write_png(const std::filesystem::path& file, const Picture8& picture)
{
    const auto size = static_cast<std::size_t>(std::max(picture.width, 0)) * std::max(picture.height, 0) * 3;
    if (size == 0 || picture.rgb.size() != size) return impossible(file);
    return write_rows(file, picture.width, picture.height, 8, picture.rgb.data());
}

Result<void> write_png16(const std::filesystem::path& file, const FrameSequence& clip, int frame)
{
    if (frame < 0 || frame >= clip.frames || clip.frame_size() == 0) return impossible(file);
    if (clip.rgb.size() < clip.frame_size() * static_cast<std::size_t>(clip.frames)) return impossible(file);
    Bytes pixels;
    pixels.reserve(clip.frame_size() * 2);
    for (const float value : clip.frame(frame)) {
        const auto sample = static_cast<std::uint16_t>(clamped(value) * 65535.0F + 0.5F);
        pixels.push_back(static_cast<unsigned char>(sample >> 8U));
        pixels.push_back(static_cast<unsigned char>(sample & 0xffU));
    }
    return write_rows(file, clip.width, clip.height, 16, pixels.data());
}

Result<Picture8> read_png(const std::filesystem::path& file)
{
    auto wide = read_picture16(file);
    if (!wide) return wide.error();
    Picture8 picture{wide->height, wide->width, std::vector<unsigned char>(wide->rgb.size())};
    std::transform(wide->rgb.begin(), wide->rgb.end(), picture.rgb.begin(),
                   [](std::uint16_t value) { return static_cast<unsigned char>((value * 255U + 32767U) / 65535U); });
    return picture;
}

Result<FrameSequence> read_png_frames(const std::filesystem::path& file, FrameRate rate)
{
    auto wide = read_picture16(file);
    if (!wide) return wide.error();
    FrameSequence clip{1, wide->height, wide->width, rate, std::vector<float>(wide->rgb.size())};
    std::transform(wide->rgb.begin(), wide->rgb.end(), clip.rgb.begin(),
                   [](std::uint16_t value) { return static_cast<float>(value) / 65535.0F; });
    return clip;
}

}  // namespace kinora::core
