#include <algorithm>

#include "core/storyboard/edits.h"
#include "core/storyboard/layout.h"

namespace kinora::core {
namespace {

Error no_shot(std::string_view id)
{
    return make_error(ErrorKind::not_found, "There is no shot " + std::string(id) + " in the project.");
}

/// How many source frames a shot needs to last exactly `length` timeline frames; nothing where no whole number does.
std::optional<std::int64_t> frames_for_length(std::int64_t length, FrameRate source, FrameRate timeline)
{
    const std::int64_t frames = rescale_frames(length, timeline, source, Rounding::down);
    if (frames < 1 || conformed_length(frames, source, timeline) != length) return std::nullopt;
    return frames;
}

/// Both sides of a cut as they are, to try how far it can roll.
struct Cut {
    const Shot& left;
    const Shot& right;
    FrameRate timeline;
    std::int64_t least_left = 1;  ///< project frames that must stay, so that transitions keep their lengths
    std::int64_t least_right = 1;

    /// The new out of the left and in of the right shot if the cut moves by `delta`, where both media allow it.
    [[nodiscard]] std::optional<std::pair<std::int64_t, std::int64_t>> moved(std::int64_t delta) const
    {
        const ShotSource left_source = shot_source(left);
        const ShotSource right_source = shot_source(right);
        const std::int64_t left_length = conformed_length(left.range.length(), left_source.rate, timeline);
        const std::int64_t right_length = conformed_length(right.range.length(), right_source.rate, timeline);
        const auto left_frames = frames_for_length(left_length + delta, left_source.rate, timeline);
        const auto right_frames = frames_for_length(right_length - delta, right_source.rate, timeline);
        if (!left_frames || !right_frames) return std::nullopt;
        if (left_length + delta < least_left || right_length - delta < least_right) return std::nullopt;
        const std::int64_t out = left.range.first + *left_frames;
        const std::int64_t in = right.range.end - *right_frames;
        if (out > left_source.frames || (in < 0 && !right_source.endless())) return std::nullopt;
        return std::pair(out, in);
    }

    /// Project frames by which the cut can move at most: one side shrinks to nothing or the other runs out of media.
    [[nodiscard]] std::int64_t room_to_the_left() const
    {
        const ShotSource source = shot_source(right);
        const std::int64_t room = conformed_length(left.range.length(), shot_source(left).rate, timeline) - least_left;
        if (source.endless()) return std::max<std::int64_t>(room, 0);
        return std::clamp<std::int64_t>(conformed_length(right.range.end, source.rate, timeline) -
                                            conformed_length(right.range.length(), source.rate, timeline),
                                        0, std::max<std::int64_t>(room, 0));
    }
    [[nodiscard]] std::int64_t room_to_the_right() const
    {
        const ShotSource source = shot_source(left);
        const std::int64_t room = conformed_length(right.range.length(), shot_source(right).rate, timeline) - least_right;
        return std::clamp<std::int64_t>(conformed_length(source.frames - left.range.first, source.rate, timeline) -
                                            conformed_length(left.range.length(), source.rate, timeline),
                                        0, std::max<std::int64_t>(room, 0));
    }
};

}  // namespace

Result<std::int64_t> trim_in(Project& project, std::string_view id, std::int64_t first)
{
    const auto index = find_shot(project, id);
    if (!index) return no_shot(id);
    SharedValue<Shot>& shot = project.shots[*index];
    const bool endless = shot_source(*shot).endless();
    const std::int64_t least = endless ? shot->range.end - k_endless : 0;
    const std::int64_t limited = std::clamp<std::int64_t>(first, least, shot->range.end - 1);
    if (limited == shot->range.first) return limited;
    shot.update([&](Shot& s) {
        s.range = endless ? FrameRange{0, s.range.end - limited} : FrameRange{limited, s.range.end};
    });
    return limited;
}

Result<std::int64_t> trim_out(Project& project, std::string_view id, std::int64_t end)
{
    const auto index = find_shot(project, id);
    if (!index) return no_shot(id);
    SharedValue<Shot>& shot = project.shots[*index];
    const std::int64_t limited = std::clamp<std::int64_t>(end, shot->range.first + 1, shot_source(*shot).frames);
    if (limited != shot->range.end) shot.update([&](Shot& s) { s.range.end = limited; });
    return limited;
}

Result<std::int64_t> roll_cut(Project& project, std::string_view left_id, std::int64_t delta)
{
    const auto index = find_shot(project, left_id);
    if (!index) return no_shot(left_id);
    if (*index + 1 >= project.shots.size())
        return make_error(ErrorKind::invalid_argument, "The last shot has no cut after it to roll.");
    SharedValue<Shot>& left = project.shots[*index];
    SharedValue<Shot>& right = project.shots[*index + 1];
    const Layout layout(project);
    const auto least = [&](std::size_t shot) { return layout.taken_at_start(shot) + layout.taken_at_end(shot) + 1; };
    const Cut cut{*left, *right, project.rate, least(*index), least(*index + 1)};
    // Where frames are repeated not every place is possible: the nearest one towards where the cut was is taken. Rates whose
    // places lie further apart than this many frames don't occur.
    std::int64_t tried = std::clamp(delta, -cut.room_to_the_left(), cut.room_to_the_right());
    const std::int64_t step = tried > 0 ? -1 : 1;
    for (int tries = 0; tried != 0 && tries < 10'000; tried += step, ++tries) {
        const auto moved = cut.moved(tried);
        if (!moved) continue;
        const auto [out, in] = *moved;
        for (std::size_t shot = *index; shot <= *index + 2; ++shot)
            settle_transition(project, layout, shot);
        left.update([out = out](Shot& shot) { shot.range.end = out; });
        right.update([in = in](Shot& shot) {
            // A source without an end begins at 0 whatever was rolled.
            shot.range = shot_source(shot).endless() ? FrameRange{0, shot.range.end - in} : FrameRange{in, shot.range.end};
        });
        return tried;
    }
    return 0;
}

Result<std::int64_t> slip(Project& project, std::string_view id, std::int64_t delta)
{
    const auto index = find_shot(project, id);
    if (!index) return no_shot(id);
    SharedValue<Shot>& shot = project.shots[*index];
    const ShotSource source = shot_source(*shot);
    if (source.endless()) return 0;
    const std::int64_t limited = std::clamp(delta, -shot->range.first, source.frames - shot->range.end);
    if (limited == 0) return limited;
    shot.update([&](Shot& s) {
        s.range.first += limited;
        s.range.end += limited;
    });
    return limited;
}

}  // namespace kinora::core
