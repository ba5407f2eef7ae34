#pragma once

#include <QColor>
#include <QImage>
#include <filesystem>
#include <string>
#include <vector>

#include "core/project/project.h"
#include "core/time/frame_rate.h"

namespace kinora::tests {

/// A picture of a small film: a sun that crosses an evening sky. The frame's number stands as eight black or white squares
/// at the lower edge, so that a test can read from the screen which frame it sees.
[[nodiscard]] QImage draw_test_frame(int frame, int frames, const QColor& sky, QSize size = {320, 192});

/// The number written into a frame, also after it was encoded and scaled; -1 if there is none to be read.
[[nodiscard]] int frame_number_of(const QImage& picture);

/// Encodes such a film as a take and gives its path. Throws nothing: a failure is a failed REQUIRE.
[[nodiscard]] std::filesystem::path write_test_clip(const std::filesystem::path& file, int frames, core::FrameRate rate,
                                                    const QColor& sky, QSize size = {320, 192});

/// Such a film at 12 frames a second with a tone.
void write_sounding_clip(const std::filesystem::path& file, int frames);

/// A clip to be written and the part of it that a shot shows.
struct TestPart {
    std::filesystem::path file;
    int frames = 12;
    core::FrameRange range;
    QColor sky;
};

/// A project of shots that show these clips (of 12 fps), which are written; 320×192, so that nothing is cut off.
[[nodiscard]] core::Project project_of(const std::vector<TestPart>& parts, core::FrameRate rate = core::FrameRate{24});

/// The files of such a project are absolute.
[[nodiscard]] QString absolute_files(const std::string& file);

/// A shot whose only take is `clip` (relative to the project's folder), shown whole.
[[nodiscard]] core::Shot make_test_shot(const std::string& prompt, const std::string& clip, int frames,
                                        core::FrameRate rate);

}  // namespace kinora::tests
