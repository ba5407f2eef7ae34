#pragma once

#include <QString>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "core/project/project.h"
#include "core/storyboard/layout.h"
#include "ui/player/clip_source.h"
#include "ui/player/picture_source.h"

namespace kinora::ui {

/// The whole storyboard at the project's rate and in its frame: cuts, transitions, gaps. Clips are conformed by repeating
/// frames. What comes next is decoded while something else plays, so that playback runs through the cuts.
class StoryboardSource : public PictureSource {
    Q_OBJECT

public:
    /// Turns a file that the project names into a path.
    using Files = std::function<QString(const std::string&)>;

    StoryboardSource(std::shared_ptr<media::ClipCache> cache, std::shared_ptr<ThumbnailStore> thumbnails,
                     const core::Project& project, Files files, int first_frame);

    [[nodiscard]] int frame_count() const override { return static_cast<int>(layout_.total()); }
    [[nodiscard]] core::FrameRate rate() const override { return project_.rate; }
    [[nodiscard]] QImage picture(int frame) override;
    [[nodiscard]] std::optional<MixedPicture> mix(int frame) override;
    [[nodiscard]] QSize stage() const override { return {project_.width, project_.height}; }
    [[nodiscard]] QString note(int frame) const override;
    void look_ahead(int frame, double speed) override;
    [[nodiscard]] QImage thumbnail(int frame, int height) override;
    [[nodiscard]] int next_edit(int frame) const override { return static_cast<int>(layout_.next_edit(frame)); }
    [[nodiscard]] int previous_edit(int frame) const override { return static_cast<int>(layout_.previous_edit(frame)); }
    [[nodiscard]] std::vector<PictureLayer> layers(int frame) const override;

    [[nodiscard]] const core::Project& project() const { return project_; }

private:
    [[nodiscard]] QString path_of(std::size_t shot) const;
    /// Null for a shot without a clip.
    ClipSource* source_of(std::size_t shot);
    void forget_far_from(std::size_t shot);

    std::shared_ptr<media::ClipCache> cache_;
    std::shared_ptr<ThumbnailStore> thumbnails_;
    core::Project project_;
    core::Layout layout_;
    Files files_;
    std::map<std::size_t, std::unique_ptr<ClipSource>> sources_;  // of the shots around the playhead
    int asked_ = 0;                                               // the frame that was asked for last
};

}  // namespace kinora::ui
