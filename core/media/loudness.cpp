#include "core/media/loudness.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "core/media/ffmpeg_handles.h"
#include "core/media/filter_graph.h"
#include "core/media/sound_reader.h"

namespace kinora::media {
namespace {

constexpr double k_highest_peak = -1.0;  // dBTP, EBU R128
constexpr double k_silence = -69.9;

double number_in(const AVFrame& frame, const char* key, double otherwise)
{
    const AVDictionaryEntry* entry = av_dict_get(frame.metadata, key, nullptr, 0);
    return entry == nullptr ? otherwise : std::strtod(entry->value, nullptr);
}

core::Error broken()
{
    return core::make_error(core::ErrorKind::internal, "FFmpeg's loudness meter doesn't take this sound.");
}

}  // namespace

struct LoudnessMeter::State {
    FilterChain chain;
    std::int64_t samples = 0;
    Loudness found;

    void read_results()
    {
        const FrameHandle out(av_frame_alloc());
        while (out && av_buffersink_get_frame(chain.sink, out.get()) >= 0) {
            found.integrated = number_in(*out, "lavfi.r128.I", found.integrated);
            found.range = number_in(*out, "lavfi.r128.LRA", found.range);
            found.momentary = std::max(found.momentary, number_in(*out, "lavfi.r128.M", -70));
            for (const char* key : {"lavfi.r128.true_peaks_ch0", "lavfi.r128.true_peaks_ch1"}) {
                const double peak = number_in(*out, key, 0);
                if (peak > 0) found.true_peak = std::max(found.true_peak, 20.0 * std::log10(peak));
            }
            av_frame_unref(out.get());
        }
    }
};

LoudnessMeter::LoudnessMeter(std::unique_ptr<State> state) : state_(std::move(state)) {}
LoudnessMeter::~LoudnessMeter() = default;

core::Result<std::unique_ptr<LoudnessMeter>> LoudnessMeter::create()
{
    quiet_ffmpeg();
    auto state = std::make_unique<State>();
    if (!state->chain.build("abuffer", "sample_rate=48000:sample_fmt=flt:channel_layout=stereo:time_base=1/48000",
                            "[in]ebur128=metadata=1:peak=true:framelog=verbose[out]", "abuffersink"))
        return core::make_error(core::ErrorKind::unsupported, "This FFmpeg has no loudness meter (ebur128).");
    return std::unique_ptr<LoudnessMeter>(new LoudnessMeter(std::move(state)));
}

core::Result<void> LoudnessMeter::add(std::span<const float> interleaved)
{
    FrameHandle frame(av_frame_alloc());
    if (!frame) return broken();
    frame->format = AV_SAMPLE_FMT_FLT;
    frame->nb_samples = static_cast<int>(interleaved.size() / k_mix_channels);
    if (frame->nb_samples == 0) return {};
    frame->sample_rate = k_mix_rate;
    frame->pts = state_->samples;
    av_channel_layout_default(&frame->ch_layout, k_mix_channels);
    if (av_frame_get_buffer(frame.get(), 0) < 0) return broken();
    std::memcpy(frame->data[0], interleaved.data(), interleaved.size_bytes());
    state_->samples += frame->nb_samples;
    if (av_buffersrc_add_frame(state_->chain.source, frame.get()) < 0) return broken();
    state_->read_results();
    return {};
}

Loudness LoudnessMeter::loudness() const
{
    return state_->found;
}

core::Result<Loudness> measure_loudness(const SoundFeed& feed, std::int64_t samples, const std::stop_token& stop)
{
    constexpr std::int64_t k_block = 48000;
    // The meter tells of whole blocks of 100 ms: a little silence lets it tell of the last samples too.
    constexpr std::int64_t k_tail = 4800;
    auto meter = LoudnessMeter::create();
    if (!meter) return meter.error();
    std::vector<float> block;
    for (std::int64_t at = 0; at < samples; at += k_block) {
        if (stop.stop_requested()) return core::make_error(core::ErrorKind::cancelled, "The export was cancelled.");
        block.resize(static_cast<std::size_t>(std::min(k_block, samples - at)) * k_mix_channels);
        if (auto read = feed(at, block); !read) return read.error();
        if (auto added = (*meter)->add(block); !added) return added.error();
    }
    block.assign(k_tail * k_mix_channels, 0.0F);
    if (auto added = (*meter)->add(block); !added) return added.error();
    return (*meter)->loudness();
}

LoudnessReport plan_gain(const Loudness& loudness, std::optional<double> target)
{
    LoudnessReport report;
    report.before = loudness;
    report.integrated = loudness.integrated;
    if (!target || loudness.integrated <= k_silence) return report;
    const double wanted = *target - loudness.integrated;
    const double possible = k_highest_peak - loudness.true_peak;
    const double decibels = std::min(wanted, possible);
    report.held_back = decibels < wanted - 0.05;
    report.gain = std::pow(10.0, decibels / 20.0);
    report.integrated = loudness.integrated + decibels;
    return report;
}

SoundFeed with_gain(SoundFeed feed, double gain)
{
    return [feed = std::move(feed), factor = static_cast<float>(gain)](std::int64_t start,
                                                                       std::span<float> out) -> core::Result<void> {
        if (auto read = feed(start, out); !read) return read;
        for (float& sample : out)
            sample *= factor;
        return {};
    };
}

}  // namespace kinora::media
