#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <list>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/media/sound_reader.h"
#include "core/project/project.h"

namespace kinora::media {

/// What is heard of a storyboard: all its sound tracks with their gains, fades and mutes, in any part, for playback and
/// export alike. 48 kHz, two channels interleaved, float, not limited: sums may exceed 1. One thread at a time; it reads
/// files, so not the UI thread.
///
///     SoundMixer mixer(project, [&](const std::string& file) { return folder / file; });
///     auto sound = mixer.read(sample, 1024);        // 2048 floats
class SoundMixer {
public:
    /// Absolute path of a file as an asset names it (relative to the project, or absolute already).
    using Locate = std::function<std::filesystem::path(const std::string& file)>;

    SoundMixer(const core::Project& project, Locate locate);
    ~SoundMixer();
    SoundMixer(SoundMixer&&) noexcept;
    SoundMixer& operator=(SoundMixer&&) noexcept;

    /// Follows an edit: what is open and still needed stays open.
    void update(const core::Project& project);

    /// `count` samples a channel from a sample of the storyboard on (before 0 and after the end: silence), `2 · count`
    /// floats. A clip whose file can't be read is silent and named in `problems`.
    [[nodiscard]] std::vector<float> read(std::int64_t start_sample, std::int64_t count);
    /// The same into memory that is there already.
    void read(std::int64_t start_sample, std::span<float> out);

    /// Samples until the last clip ends.
    [[nodiscard]] std::int64_t length() const;
    /// True if there is anything that isn't muted.
    [[nodiscard]] bool audible() const;
    /// One error for each file that couldn't be read so far. Exports refuse to go on if there is one.
    [[nodiscard]] const std::vector<core::Error>& problems() const;

private:
    struct Voice;
    struct OpenFile;
    OpenFile* open(const Voice& voice);
    void add(const Voice& voice, std::int64_t start_sample, std::span<float> out);

    Locate locate_;
    std::vector<Voice> voices_;  ///< ascending by start within a track
    std::list<OpenFile> files_;  ///< the most recently used first
    std::vector<core::Error> problems_;
    std::vector<float> part_;
    std::int64_t length_ = 0;
};

}  // namespace kinora::media
