#pragma once

// FFmpeg's C handles, each owned before the next call that can fail. Only sources of core/media and core/export include
// this.

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/dict.h>
#include <libavutil/frame.h>
#include <libswscale/swscale.h>
}

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/error.h"

namespace kinora::media {

struct CloseInput {
    void operator()(AVFormatContext* context) const { avformat_close_input(&context); }
};
struct FreeFormat {
    void operator()(AVFormatContext* context) const { avformat_free_context(context); }
};
struct FreeCodec {
    void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
};
struct FreeFrame {
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
struct FreePacket {
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};
struct FreeScaler {
    void operator()(SwsContext* scaler) const { sws_freeContext(scaler); }
};
struct FreeIo {
    void operator()(AVIOContext* io) const
    {
        if (io != nullptr) av_freep(static_cast<void*>(&io->buffer));
        avio_context_free(&io);
    }
};

using InputHandle = std::unique_ptr<AVFormatContext, CloseInput>;
using OutputHandle = std::unique_ptr<AVFormatContext, FreeFormat>;
using CodecHandle = std::unique_ptr<AVCodecContext, FreeCodec>;
using FrameHandle = std::unique_ptr<AVFrame, FreeFrame>;
using PacketHandle = std::unique_ptr<AVPacket, FreePacket>;
using ScalerHandle = std::unique_ptr<SwsContext, FreeScaler>;
using IoHandle = std::unique_ptr<AVIOContext, FreeIo>;

/// A dictionary of options that frees itself. `FFmpeg` functions take and replace the pointer through `address()`.
class Dictionary {
public:
    Dictionary() = default;
    Dictionary(const Dictionary&) = delete;
    Dictionary& operator=(const Dictionary&) = delete;
    ~Dictionary() { av_dict_free(&dictionary_); }

    void set(const std::string& key, const std::string& value) { av_dict_set(&dictionary_, key.c_str(), value.c_str(), 0); }
    [[nodiscard]] AVDictionary** address() { return &dictionary_; }
    [[nodiscard]] AVDictionary* get() const { return dictionary_; }

private:
    AVDictionary* dictionary_ = nullptr;
};

/// Keeps FFmpeg's own log off the terminal; our errors are Results. Cheap, call it before any other FFmpeg call.
void quiet_ffmpeg();

/// The path in quotes, as UTF-8, for messages.
[[nodiscard]] std::string quoted(const std::filesystem::path& file);

/// "file:…", so that a name with a colon is never taken for a protocol.
[[nodiscard]] std::string file_url(const std::filesystem::path& file);

/// One sentence for an FFmpeg error code about a file: "“a.mp4” can't be read: …". `doing` is "read" or "written".
[[nodiscard]] core::Error ffmpeg_error(const std::filesystem::path& file, const char* doing, int code);

}  // namespace kinora::media
