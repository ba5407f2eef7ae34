#include "core/interchange/cut.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

#include "core/base/utf8.h"
#include "core/storyboard/layout.h"

namespace kinora::core {
namespace {

/// One line of at most 60 bytes, for the name of a clip.
std::string one_line(std::string_view text)
{
    std::string line;
    for (const char c : text)
        line += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    const std::size_t first = line.find_first_not_of(' ');
    if (first == std::string::npos) return {};
    line = line.substr(first, line.find_last_not_of(' ') - first + 1);
    if (!is_valid_utf8(line)) return {};
    return line.size() <= 60 ? line : std::string(utf8_prefix(line, 57)) + "…";
}

class CutMaker {
public:
    CutMaker(const Project& project, const CutOptions& options) : project_(project), options_(options), layout_(project) {}

    Cut make(std::int64_t start)
    {
        cut_.name = one_line(project_.name).empty() ? "Untitled" : one_line(project_.name);
        cut_.rate = project_.rate;
        cut_.width = project_.width;
        cut_.height = project_.height;
        cut_.start = start;
        cut_.style = supports_drop_frame(project_.rate) ? options_.style : TimecodeStyle::non_drop;
        cut_.length = layout_.total();
        cut_.disclose = options_.disclose;
        for (std::size_t i = 0; i < layout_.size(); ++i)
            add_transition(i);
        for (std::size_t i = 0; i < layout_.size(); ++i)
            add_clip(i);
        fit_dips();
        for (const SharedValue<SoundTrack>& track : project_.sound_tracks)
            add_track(*track);
        cut_.markers = project_.markers;
        return std::move(cut_);
    }

private:
    [[nodiscard]] bool gap(std::size_t i) const { return project_.shots[i]->kind == ShotKind::gap; }

    /// A dissolve is cut in its middle; beside a gap, which has no picture to show, at the end where the picture is.
    void add_transition(std::size_t i)
    {
        const FrameRange range = layout_.transition_range(i);
        if (layout_.transition(i) == TransitionKind::cut || range.empty()) return;
        std::int64_t at = layout_.start(i);
        if (layout_.transition(i) == TransitionKind::dissolve) {
            if (gap(i) && gap(i - 1)) {
                at = range.first;
                plain_[i] = at;
                return;
            }
            at = gap(i - 1) ? range.first : gap(i) ? range.end : range.first + range.length() / 2;
        }
        cut_.transitions.push_back({i, layout_.transition(i), at, at - range.first, range.end - at});
    }

    [[nodiscard]] std::int64_t cut_at(std::size_t i) const
    {
        if (const CutTransition* transition = cut_.into(i)) return transition->at;
        const auto plain = plain_.find(i);
        return plain == plain_.end() ? layout_.start(i) : plain->second;
    }

    void add_clip(std::size_t i)
    {
        const Shot& shot = *project_.shots[i];
        CutClip clip;
        clip.shot = i;
        clip.id = shot.id;
        clip.gap = gap(i);
        clip.name = name_of(shot, i);
        clip.record = {cut_at(i), i + 1 < layout_.size() ? cut_at(i + 1) : layout_.end(i)};
        std::int64_t lead = 0;  // media frames before the shot's first one
        if (!clip.gap) {
            const Take* selected = selected_take(shot);
            for (const Take& take : shot.takes) {
                if (!options_.all_takes && &take != selected) continue;
                if (&take == selected) clip.active = clip.media.size();
                clip.media.push_back(media_of(shot, take, clip));
            }
            if (clip.active) lead = clip.media[*clip.active].shown.first;
        }
        const std::int64_t first = lead + clip.record.first - layout_.start(i);
        clip.source = clip.gap ? FrameRange{0, clip.record.length()} : FrameRange{first, first + clip.record.length()};
        cut_.picture.push_back(std::move(clip));
    }

    /// A suite wants media on both sides of a transition, even where it is black. A dip is as long as the handles allow, or
    /// a cut; beside a gap it takes only the side that has a picture.
    void fit_dips()
    {
        constexpr std::int64_t k_no_end = k_endless;
        for (CutTransition& dip : cut_.transitions) {
            if (dip.kind == TransitionKind::dissolve) continue;
            const CutClip& before = cut_.picture[dip.clip - 1];
            const CutClip& after = cut_.picture[dip.clip];
            const std::int64_t head = after.gap ? dip.before : after.active ? after.source.first : k_no_end;
            const std::int64_t tail = before.gap      ? dip.after
                                      : before.active ? before.shown()->map.length - before.source.end
                                                      : k_no_end;
            if (before.gap) dip.before = 0;
            if (after.gap) dip.after = 0;
            if (dip.before <= head && dip.after <= tail) continue;
            const std::int64_t both = std::min({dip.before, dip.after, head, tail});
            dip.after = both > 0 ? both : std::min(dip.after, tail);
            dip.before = both > 0 ? both : dip.after > 0 ? 0 : std::min(dip.before, head);
        }
        std::erase_if(cut_.transitions, [](const CutTransition& dip) { return dip.before + dip.after == 0; });
    }

    [[nodiscard]] std::string name_of(const Shot& shot, std::size_t i) const
    {
        std::string name = one_line(shot.name);
        if (name.empty() && options_.disclose) name = one_line(shot.prompt);
        if (name.empty() && shot.kind == ShotKind::gap) name = "Gap";
        return name.empty() ? "Shot " + std::to_string(i + 1) : name;
    }

    [[nodiscard]] CutMedia media_of(const Shot& shot, const Take& take, const CutClip& clip)
    {
        CutMedia media;
        media.take = take.id;
        media.number = take.number;
        media.name = shot.takes.size() > 1 ? clip.name + ", take " + std::to_string(take.number) : clip.name;
        media.width = take.width;
        media.height = take.height;
        if (options_.disclose) media.recipe = take.recipe;
        char stem[128];
        std::snprintf(stem, sizeof stem, "%03zu_%s_take%d", clip.shot + 1, portable_name(clip.name).c_str(), take.number);
        media.file = free_file(stem, options_.extension);
        const ShotSource source{take.still ? k_endless : take.frames, take.rate};
        const FrameRange range = range_within(shot.range, source);
        SourceMap& map = media.map;
        map.source_rate = source.rate;
        map.rate = project_.rate;
        map.frames = source.frames;
        map.first = range.first;
        const std::int64_t length = conformed_length(range.length(), source.rate, project_.rate);
        const std::int64_t room_before = rescale_frames(range.first, source.rate, project_.rate, Rounding::down);
        const std::int64_t room = conformed_length(source.frames - range.first, source.rate, project_.rate);
        map.anchor = source.endless() ? options_.handles : std::min(options_.handles, room_before);
        const std::int64_t tail =
            source.endless() ? options_.handles : std::clamp<std::int64_t>(room - length, 0, options_.handles);
        map.length = map.anchor + length + tail;
        media.shown = {map.anchor, map.anchor + length};
        return media;
    }

    [[nodiscard]] std::string free_file(const std::string& stem, const std::string& extension)
    {
        std::string name = stem;
        for (int i = 2; !names_.insert(name).second; ++i)
            name = stem + "_" + std::to_string(i);
        return options_.media_folder + "/" + name + "." + extension;
    }

    [[nodiscard]] std::int64_t sample(std::int64_t frame) const { return sample_of_frame(frame, project_.rate); }

    void add_track(const SoundTrack& track)
    {
        CutSoundTrack out{track.id, one_line(track.name), track.mute, {}};
        for (const SoundClip& clip : track.clips) {
            const Asset* asset = find_asset(project_, clip.asset);
            CutSound sound;
            sound.id = clip.id;
            sound.asset = clip.asset;
            sound.name = asset == nullptr || one_line(asset->name).empty() ? "Sound" : one_line(asset->name);
            sound.file = free_file("sound_" + portable_name(sound.name), "wav");
            sound.record = heard_frames(clip, project_.rate);
            sound.heard = clip.source;
            sound.gain_db = clip.gain_db + track.gain_db;
            sound.fade_in = clip.fade_in;
            sound.fade_out = clip.fade_out;
            sound.mute = clip.mute || track.mute;
            place_handles(sound, clip.source.first, asset == nullptr ? clip.source.end : asset->samples);
            out.clips.push_back(std::move(sound));
        }
        cut_.sound.push_back(std::move(out));
    }

    /// Whole frames before and after, as many as the asset has.
    void place_handles(CutSound& sound, std::int64_t first, std::int64_t available) const
    {
        const std::int64_t start = sound.record.first;
        const auto sample_at = [&](std::int64_t frame) { return first + sample(frame) - sample(start); };
        std::int64_t head = 0;
        while (head < options_.handles && sample_at(start - head - 1) >= 0)
            ++head;
        std::int64_t tail = 0;
        while (tail < options_.handles && sample_at(sound.record.end + tail + 1) <= available)
            ++tail;
        sound.source = {head, head + sound.record.length()};
        sound.frames = head + sound.record.length() + tail;
        sound.media_samples = {sample_at(start - head), sample_at(sound.record.end + tail)};
    }

    const Project& project_;
    const CutOptions& options_;
    Layout layout_;
    Cut cut_;
    std::map<std::size_t, std::int64_t> plain_;  ///< cuts between gaps that overlap
    std::set<std::string> names_;
};

}  // namespace

std::int64_t SourceMap::source_frame(std::int64_t media_frame) const
{
    if (frames == k_endless) return 0;
    return std::clamp<std::int64_t>(first + source_frame_at(media_frame - anchor, source_rate, rate), 0, frames - 1);
}

const CutTransition* Cut::into(std::size_t clip) const
{
    const auto found =
        std::lower_bound(transitions.begin(), transitions.end(), clip,
                         [](const CutTransition& transition, std::size_t index) { return transition.clip < index; });
    return found == transitions.end() || found->clip != clip ? nullptr : &*found;
}

const CutTransition* Cut::out_of(std::size_t clip) const
{
    return into(clip + 1);
}

Result<Cut> make_cut(const Project& project, const CutOptions& options)
{
    if (project.shots.empty())
        return make_error(ErrorKind::invalid_argument,
                          "The storyboard is empty; add a shot before handing it to an editing suite.");
    if (options.handles < 0 || options.handles > 100'000)
        return make_error(ErrorKind::invalid_argument, "Handles are between 0 and 100000 frames.");
    const auto start = parse_timecode(options.start, project.rate, options.style);
    if (!start) return start.error();
    return CutMaker(project, options).make(*start);
}

std::string portable_name(std::string_view text)
{
    std::string name;
    for (const char c : text) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        if (kept)
            name += c;
        else if (!name.empty() && name.back() != '-')
            name += '-';
        if (name.size() >= 40) break;
    }
    while (!name.empty() && name.back() == '-')
        name.pop_back();
    return name.empty() ? "shot" : name;
}

std::string relative_url(std::string_view path)
{
    static constexpr char k_digits[] = "0123456789ABCDEF";
    std::string url;
    for (const char c : path) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '.' || c == '_' || c == '~' || c == '/';
        if (plain) {
            url += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            url += {'%', k_digits[byte >> 4U], k_digits[byte & 15U]};
        }
    }
    return url;
}

}  // namespace kinora::core
