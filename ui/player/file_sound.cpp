#include "ui/player/file_sound.h"

#include <algorithm>

#include "core/base/log.h"

namespace kinora::ui {

void FileSound::read(std::int64_t first, std::span<float> stereo)
{
    if (!tried_) {
        tried_ = true;
        auto reader = media::SoundReader::open(file_);
        if (reader)
            reader_ = std::move(*reader);
        else
            core::log_warning(reader.error().message);
    }
    if (reader_ && reader_->read(first, stereo)) return;
    std::fill(stereo.begin(), stereo.end(), 0.0F);
}

}  // namespace kinora::ui
