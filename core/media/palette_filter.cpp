#include "core/media/palette_filter.h"

#include "core/media/filter_graph.h"

namespace kinora::media {

struct PaletteFilter::State {
    FilterChain chain;
    std::int64_t next = 0;
};

PaletteFilter::PaletteFilter(std::unique_ptr<State> state) : state_(std::move(state)) {}
PaletteFilter::~PaletteFilter() = default;

core::Result<std::unique_ptr<PaletteFilter>> PaletteFilter::create(int width, int height)
{
    auto state = std::make_unique<State>();
    const std::string arguments = "video_size=" + std::to_string(width) + "x" + std::to_string(height) +
                                  ":pix_fmt=rgb24:time_base=1/1:pixel_aspect=1/1";
    // A palette for each picture: nothing has to wait for the end of the clip.
    const std::string filters =
        "[in]split[a][b];[a]palettegen=stats_mode=single:reserve_transparent=0[p];[b][p]paletteuse=new=1:dither="
        "sierra2_4a[out]";
    if (!state->chain.build("buffer", arguments, filters, "buffersink"))
        return core::make_error(core::ErrorKind::unsupported, "This FFmpeg can't choose the colours of a GIF.");
    return std::unique_ptr<PaletteFilter>(new PaletteFilter(std::move(state)));
}

core::Result<FrameHandle> PaletteFilter::convert(FrameHandle rgb24)
{
    FrameHandle out(av_frame_alloc());
    rgb24->pts = state_->next++;
    if (out && av_buffersrc_add_frame(state_->chain.source, rgb24.get()) >= 0 &&
        av_buffersink_get_frame(state_->chain.sink, out.get()) >= 0)
        return out;
    return core::make_error(core::ErrorKind::internal, "FFmpeg didn't choose the colours of a GIF.");
}

}  // namespace kinora::media
