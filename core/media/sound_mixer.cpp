#include "core/media/sound_mixer.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kinora::media {
namespace {

/// Files held open at once; more clips than this at one moment open theirs again and again, which is slow but right.
constexpr std::size_t k_most_open = 32;

float amplitude(float decibels)
{
    return decibels <= core::k_least_gain_db ? 0.0F : std::pow(10.0F, decibels / 20.0F);
}

}  // namespace

/// A clip that is heard.
struct SoundMixer::Voice {
    core::SampleRange heard;        ///< samples of the storyboard
    std::int64_t source_first = 0;  ///< sample of the file heard at `heard.first`
    float gain = 1;
    std::int64_t fade_in = 0;  ///< samples
    std::int64_t fade_out = 0;
    std::filesystem::path file;
};

struct SoundMixer::OpenFile {
    std::filesystem::path file;
    std::unique_ptr<SoundReader> reader;  ///< null: it couldn't be opened
};

SoundMixer::SoundMixer(const core::Project& project, Locate locate) : locate_(std::move(locate))
{
    update(project);
}
SoundMixer::~SoundMixer() = default;
SoundMixer::SoundMixer(SoundMixer&&) noexcept = default;
SoundMixer& SoundMixer::operator=(SoundMixer&&) noexcept = default;

void SoundMixer::update(const core::Project& project)
{
    voices_.clear();
    problems_.clear();
    length_ = 0;
    for (const auto& track : project.sound_tracks) {
        for (const core::SoundClip& clip : track->clips) {
            const core::SampleRange heard = core::heard_samples(clip, project.rate);
            length_ = std::max(length_, heard.end);
            const core::Asset* asset = core::find_asset(project, clip.asset);
            if (track->mute || clip.mute || !asset) continue;
            Voice voice;
            voice.heard = heard;
            voice.source_first = clip.source.first;
            voice.gain = amplitude(track->gain_db) * amplitude(clip.gain_db);
            voice.fade_in = core::sample_of_frame(clip.start + clip.fade_in, project.rate) - heard.first;
            const core::FrameRange frames = core::heard_frames(clip, project.rate);
            voice.fade_out = heard.end - core::sample_of_frame(frames.end - clip.fade_out, project.rate);
            if (clip.fade_out == 0) voice.fade_out = 0;
            voice.file = locate_(asset->file);
            voices_.push_back(std::move(voice));
        }
    }
    // A file that couldn't be opened may be there now.
    std::erase_if(files_, [&](const OpenFile& open) {
        const auto needs = [&](const Voice& voice) { return voice.file == open.file; };
        return !open.reader || std::none_of(voices_.begin(), voices_.end(), needs);
    });
}

SoundMixer::OpenFile* SoundMixer::open(const Voice& voice)
{
    const auto known =
        std::find_if(files_.begin(), files_.end(), [&](const OpenFile& open) { return open.file == voice.file; });
    if (known != files_.end()) {
        files_.splice(files_.begin(), files_, known);
        return &files_.front();
    }
    auto reader = SoundReader::open(voice.file);
    if (!reader) problems_.push_back(reader.error());
    files_.push_front({voice.file, reader ? std::move(*reader) : nullptr});
    if (files_.size() > k_most_open) files_.pop_back();
    return &files_.front();
}

void SoundMixer::add(const Voice& voice, std::int64_t start_sample, std::span<float> out)
{
    const auto count = static_cast<std::int64_t>(out.size()) / k_mix_channels;
    const core::SampleRange part = core::intersection(voice.heard, {start_sample, start_sample + count});
    if (part.empty() || voice.gain == 0) return;
    OpenFile* file = open(voice);
    if (!file->reader) return;
    part_.assign(static_cast<std::size_t>(part.length()) * k_mix_channels, 0.0F);
    if (const auto read = file->reader->read(voice.source_first + part.first - voice.heard.first, part_); !read) {
        problems_.push_back(read.error());
        file->reader.reset();
        return;
    }
    float* target = out.data() + (part.first - start_sample) * k_mix_channels;
    for (std::int64_t i = 0; i < part.length(); ++i) {
        const std::int64_t since = part.first + i - voice.heard.first;
        const std::int64_t until = voice.heard.end - (part.first + i);
        float gain = voice.gain;
        // Half a sample keeps both ends of a fade from being exactly silent or exactly full twice.
        if (since < voice.fade_in) gain *= (static_cast<float>(since) + 0.5F) / static_cast<float>(voice.fade_in);
        if (until <= voice.fade_out) gain *= (static_cast<float>(until) - 0.5F) / static_cast<float>(voice.fade_out);
        for (int channel = 0; channel < k_mix_channels; ++channel)
            target[i * k_mix_channels + channel] += gain * part_[static_cast<std::size_t>(i * k_mix_channels + channel)];
    }
}

std::vector<float> SoundMixer::read(std::int64_t start_sample, std::int64_t count)
{
    std::vector<float> out(static_cast<std::size_t>(std::max<std::int64_t>(count, 0)) * k_mix_channels);
    read(start_sample, out);
    return out;
}

void SoundMixer::read(std::int64_t start_sample, std::span<float> out)
{
    std::fill(out.begin(), out.end(), 0.0F);
    for (const Voice& voice : voices_)
        add(voice, start_sample, out);
}

std::int64_t SoundMixer::length() const
{
    return length_;
}

bool SoundMixer::audible() const
{
    return !voices_.empty();
}

const std::vector<core::Error>& SoundMixer::problems() const
{
    return problems_;
}

}  // namespace kinora::media
