#include "core/media/probe.h"

#include <algorithm>

#include "core/media/media_input.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace kinora::media {
namespace {

std::map<std::string, std::string> metadata_of(const AVDictionary* dictionary)
{
    std::map<std::string, std::string> metadata;
    const AVDictionaryEntry* entry = nullptr;
    while ((entry = av_dict_get(dictionary, "", entry, AV_DICT_IGNORE_SUFFIX)) != nullptr)
        metadata[entry->key] = entry->value;
    return metadata;
}

std::string text_or(const char* text, const char* otherwise)
{
    return text != nullptr ? text : otherwise;
}

ColourTags colour_of(const AVCodecParameters& parameters)
{
    ColourTags tags;
    tags.primaries = text_or(av_color_primaries_name(parameters.color_primaries), "unknown");
    tags.transfer = text_or(av_color_transfer_name(parameters.color_trc), "unknown");
    tags.matrix = text_or(av_color_space_name(parameters.color_space), "unknown");
    tags.range = text_or(av_color_range_name(parameters.color_range), "unknown");
    tags.chroma_location = text_or(av_chroma_location_name(parameters.chroma_location), "unspecified");
    return tags;
}

StreamKind kind_of(const AVStream& stream)
{
    if ((stream.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0) return StreamKind::other;
    if (stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO) return StreamKind::video;
    if (stream.codecpar->codec_type == AVMEDIA_TYPE_AUDIO) return StreamKind::audio;
    return StreamKind::other;
}

StreamInfo describe(AVFormatContext& format, AVStream& stream, const PacketIndex& index)
{
    const AVCodecParameters& parameters = *stream.codecpar;
    StreamInfo info;
    info.kind = kind_of(stream);
    info.codec = avcodec_get_name(parameters.codec_id);
    info.profile = text_or(avcodec_profile_name(parameters.codec_id, parameters.profile), "");
    char tag[AV_FOURCC_MAX_STRING_SIZE] = {};
    info.codec_tag = av_fourcc_make_string(tag, parameters.codec_tag);
    info.frames = static_cast<int>(index.shown.size());
    info.claimed_frames = index.claimed;
    if (stream.duration != AV_NOPTS_VALUE)
        info.duration_seconds = static_cast<double>(stream.duration) * av_q2d(stream.time_base);
    info.metadata = metadata_of(stream.metadata);
    if (info.kind == StreamKind::video) {
        info.pixel_format = text_or(av_get_pix_fmt_name(static_cast<AVPixelFormat>(parameters.format)), "unknown");
        info.width = parameters.width;
        info.height = parameters.height;
        info.rate = rate_of(format, stream, index);
        info.colour = colour_of(parameters);
    }
    if (info.kind == StreamKind::audio) {
        info.sample_rate = parameters.sample_rate;
        info.channels = parameters.ch_layout.nb_channels;
    }
    return info;
}

const StreamInfo* first_of(const std::vector<StreamInfo>& streams, StreamKind kind)
{
    const auto found = std::find_if(streams.begin(), streams.end(), [&](const StreamInfo& s) { return s.kind == kind; });
    return found == streams.end() ? nullptr : &*found;
}

}  // namespace

const StreamInfo* MediaInfo::video() const
{
    return first_of(streams, StreamKind::video);
}

const StreamInfo* MediaInfo::audio() const
{
    return first_of(streams, StreamKind::audio);
}

core::Result<MediaInfo> probe(const std::filesystem::path& file)
{
    auto format = open_input(file);
    if (!format) return format.error();
    auto indices = read_index(**format, file, {});
    if (!indices) return indices.error();

    MediaInfo info;
    info.file = file;
    info.container = (*format)->iformat->name;
    if ((*format)->duration != AV_NOPTS_VALUE)
        info.duration_seconds = static_cast<double>((*format)->duration) / AV_TIME_BASE;
    info.metadata = metadata_of((*format)->metadata);
    for (std::size_t i = 0; i < indices->size(); ++i) {
        AVStream& stream = *(*format)->streams[i];
        info.streams.push_back(describe(**format, stream, (*indices)[i]));
        if (info.damage.empty() && info.streams.back().kind == StreamKind::video) info.damage = damage_of((*indices)[i]);
    }
    info.damaged = !info.damage.empty();
    return info;
}

}  // namespace kinora::media
