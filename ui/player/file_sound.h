#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "core/media/sound_mixer.h"
#include "core/media/sound_reader.h"
#include "ui/player/sound_source.h"

namespace kinora::ui {

/// The sound of one file, opened when it is first heard. Silence where it can't be read.
class FileSound : public SoundSource {
public:
    explicit FileSound(std::filesystem::path file) : file_(std::move(file)) {}
    void read(std::int64_t first, std::span<float> stereo) override;

private:
    std::filesystem::path file_;
    std::unique_ptr<media::SoundReader> reader_;
    bool tried_ = false;
};

/// The sound tracks of a storyboard, mixed as exports mix them.
class StoryboardSound : public SoundSource {
public:
    StoryboardSound(const core::Project& project, media::SoundMixer::Locate locate) : mixer_(project, std::move(locate)) {}
    void read(std::int64_t first, std::span<float> stereo) override { mixer_.read(first, stereo); }
    [[nodiscard]] bool audible() const { return mixer_.audible(); }

private:
    media::SoundMixer mixer_;
};

}  // namespace kinora::ui
