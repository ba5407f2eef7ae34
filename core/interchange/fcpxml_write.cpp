#include <algorithm>
#include <cstdio>
#include <map>
#include <numeric>

#include "core/interchange/writers.h"
#include "core/interchange/xml_writer.h"

namespace kinora::core {
namespace {

/// The effect that Final Cut Pro's own exports name for its cross dissolve.
constexpr const char* k_dissolve_uid = "FxPlug:4731E73A-8DAC-4113-9A30-AE85B1761265";

class FcpxmlWriter {
public:
    FcpxmlWriter(const Cut& cut, Auditions auditions) : cut_(cut), auditions_(auditions), xml_("<!DOCTYPE fcpxml>") {}

    std::string write()
    {
        xml_.open("fcpxml", {{"version", "1.10"}});
        resources();
        xml_.open("library");
        xml_.open("event", {{"name", cut_.name}});
        xml_.open("project", {{"name", cut_.name}});
        const std::int64_t total = std::max(cut_.length, end_of_everything());
        xml_.open("sequence", {{"format", "r1"},
                               {"duration", time(total)},
                               {"tcStart", time(cut_.start)},
                               {"tcFormat", tc_format()},
                               {"audioLayout", "stereo"},
                               {"audioRate", "48k"}});
        xml_.open("spine");
        for (std::size_t i = 0; i < cut_.picture.size(); ++i)
            place(i);
        if (total > cut_.length) gap("Gap", {cut_.length, total});
        for (int i = 0; i < 6; ++i)
            xml_.close();
        return xml_.take();
    }

private:
    using Attributes = XmlWriter::Attributes;

    [[nodiscard]] std::string tc_format() const { return cut_.style == TimecodeStyle::drop_frame ? "DF" : "NDF"; }

    [[nodiscard]] std::string fraction(std::int64_t above) const
    {
        char text[64];
        std::snprintf(text, sizeof text, "%lld/%llds", static_cast<long long>(above),
                      static_cast<long long>(cut_.rate.numerator));
        return text;
    }

    /// Seconds as a fraction on a frame boundary.
    [[nodiscard]] std::string time(std::int64_t frames) const
    {
        if (frames == 0) return "0s";
        return fraction(frames * cut_.rate.denominator);
    }

    [[nodiscard]] std::int64_t end_of_everything() const
    {
        std::int64_t end = 0;
        for (const CutSoundTrack& track : cut_.sound)
            if (!track.clips.empty()) end = std::max(end, track.clips.back().record.end);
        for (const Marker& marker : cut_.markers)
            end = std::max(end, marker.frame + 1);
        return end;
    }

    void asset(const std::string& id, const std::string& name, std::int64_t frames, const std::string& file, bool picture)
    {
        Attributes attributes{{"id", id}, {"name", name}, {"start", "0s"}, {"duration", time(frames)}};
        if (picture) {
            attributes.insert(attributes.end(), {{"hasVideo", "1"}, {"format", "r1"}, {"videoSources", "1"}});
        } else {
            attributes.insert(attributes.end(),
                              {{"hasAudio", "1"}, {"audioSources", "1"}, {"audioChannels", "2"}, {"audioRate", "48000"}});
        }
        xml_.open("asset", attributes);
        xml_.empty("media-rep", {{"kind", "original-media"}, {"src", "./" + relative_url(file)}});
        xml_.close();
    }

    static std::string id_of(const char* form, std::size_t first, std::size_t second)
    {
        char text[64];
        std::snprintf(text, sizeof text, form, first + 1, second + 1);
        return text;
    }
    static std::string asset_id(std::size_t shot, std::size_t take) { return id_of("s%zut%zu", shot, take); }
    static std::string sound_id(std::size_t track, std::size_t clip) { return id_of("a%zuc%zu", track, clip); }

    [[nodiscard]] bool written(const CutClip& clip, std::size_t take) const
    {
        return auditions_ == Auditions::write || take == clip.active;
    }

    void resources()
    {
        xml_.open("resources");
        xml_.empty("format", {{"id", "r1"},
                              {"frameDuration", fraction(cut_.rate.denominator)},
                              {"width", std::to_string(cut_.width)},
                              {"height", std::to_string(cut_.height)},
                              {"colorSpace", "1-1-1 (Rec. 709)"}});
        xml_.empty("effect", {{"id", "r2"}, {"name", "Cross Dissolve"}, {"uid", k_dissolve_uid}});
        for (std::size_t i = 0; i < cut_.picture.size(); ++i)
            for (std::size_t take = 0; take < cut_.picture[i].media.size(); ++take)
                if (written(cut_.picture[i], take)) {
                    const CutMedia& media = cut_.picture[i].media[take];
                    asset(asset_id(i, take), media.name, media.map.length, media.file, true);
                }
        for (std::size_t track = 0; track < cut_.sound.size(); ++track)
            for (std::size_t clip = 0; clip < cut_.sound[track].clips.size(); ++clip) {
                const CutSound& sound = cut_.sound[track].clips[clip];
                asset(sound_id(track, clip), sound.name, sound.frames, sound.file, false);
            }
        xml_.close();
    }

    void place(std::size_t i)
    {
        if (const CutTransition* into = cut_.into(i)) transition(*into);
        const CutClip& clip = cut_.picture[i];
        // What no take exists for yet is a named gap: a suite has nothing to show there either.
        if (!clip.active) return gap(clip.name, clip.record);
        if (auditions_ == Auditions::leave_out || clip.media.size() == 1) return take(i, *clip.active, clip.source, true);
        xml_.open("audition", {{"offset", time(cut_.start + clip.record.first)}});
        take(i, *clip.active, clip.source, true);
        for (std::size_t other = 0; other < clip.media.size(); ++other) {
            const FrameRange shown = clip.media[other].shown;
            const std::int64_t first = shown.first + clip.source.first - clip.shown()->shown.first;
            if (other != clip.active)
                take(i, other, {first, std::min(first + clip.source.length(), clip.media[other].map.length)}, false);
        }
        xml_.close();
    }

    void transition(const CutTransition& transition)
    {
        const bool dissolve = transition.kind == TransitionKind::dissolve;
        xml_.open("transition", {{"name", dissolve ? "Cross Dissolve" : "Fade To Color"},
                                 {"offset", time(cut_.start + transition.at - transition.before)},
                                 {"duration", time(transition.before + transition.after)}});
        if (dissolve) {
            xml_.empty("filter-video", {{"ref", "r2"}, {"name", "Cross Dissolve"}});
        } else {
            xml_.open("metadata");
            xml_.empty("md", {{"key", "kinora.transition"},
                              {"value", transition.kind == TransitionKind::dip_to_black ? "dip to black" : "dip to white"}});
            xml_.close();
        }
        xml_.close();
    }

    void take(std::size_t i, std::size_t index, FrameRange source, bool active)
    {
        const CutClip& clip = cut_.picture[i];
        const CutMedia& media = clip.media[index];
        xml_.open("asset-clip", {{"ref", asset_id(i, index)},
                                 {"offset", time(cut_.start + clip.record.first)},
                                 {"name", active ? clip.name : media.name},
                                 {"start", time(source.first)},
                                 {"duration", time(source.length())},
                                 {"format", "r1"},
                                 {"tcFormat", tc_format()}});
        if (media.recipe && !media.recipe->prompt.empty()) xml_.leaf("note", media.recipe->prompt);
        if (active) hang(clip.record, source.first);
        if (media.recipe) metadata(*media.recipe);
        xml_.close();
    }

    void metadata(const Recipe& recipe)
    {
        xml_.open("metadata");
        xml_.empty("md", {{"key", "kinora.prompt"}, {"value", recipe.prompt}});
        xml_.empty("md", {{"key", "kinora.seed"}, {"value", std::to_string(recipe.seed)}});
        xml_.empty("md", {{"key", "kinora.model"}, {"value", recipe.model_id}});
        xml_.close();
    }

    void gap(const std::string& name, FrameRange record)
    {
        xml_.open("gap", {{"name", name},
                          {"offset", time(cut_.start + record.first)},
                          {"start", "0s"},
                          {"duration", time(record.length())}});
        hang(record, 0);
        xml_.close();
    }

    /// Sounds and markers hang from what lies above them, in its own time.
    void hang(FrameRange record, std::int64_t start)
    {
        for (std::size_t track = 0; track < cut_.sound.size(); ++track)
            for (std::size_t clip = 0; clip < cut_.sound[track].clips.size(); ++clip)
                if (record.contains(cut_.sound[track].clips[clip].record.first)) sound(track, clip, start - record.first);
        for (const Marker& marker : cut_.markers)
            if (record.contains(marker.frame))
                xml_.empty(
                    "marker",
                    {{"start", time(marker.frame - record.first + start)}, {"duration", time(1)}, {"value", marker.note}});
    }

    void sound(std::size_t track, std::size_t index, std::int64_t offset)
    {
        const CutSound& sound = cut_.sound[track].clips[index];
        Attributes attributes{{"ref", sound_id(track, index)},
                              {"lane", std::to_string(-1 - static_cast<int>(track))},
                              {"offset", time(sound.record.first + offset)},
                              {"name", sound.name},
                              {"start", time(sound.source.first)},
                              {"duration", time(sound.source.length())}};
        if (sound.mute) attributes.emplace_back("enabled", "0");
        xml_.open("asset-clip", attributes);
        char gain[32];
        std::snprintf(gain, sizeof gain, "%.2fdB", static_cast<double>(sound.gain_db));
        xml_.open("adjust-volume", {{"amount", gain}});
        if (sound.fade_in > 0 || sound.fade_out > 0) {
            xml_.open("param", {{"name", "amount"}});
            if (sound.fade_in > 0) xml_.empty("fadeIn", {{"type", "linear"}, {"duration", time(sound.fade_in)}});
            if (sound.fade_out > 0) xml_.empty("fadeOut", {{"type", "linear"}, {"duration", time(sound.fade_out)}});
            xml_.close();
        }
        xml_.close();
        xml_.close();
    }

    const Cut& cut_;
    Auditions auditions_;
    XmlWriter xml_;
};

}  // namespace

std::string write_fcpxml(const Cut& cut, Auditions auditions)
{
    return FcpxmlWriter(cut, auditions).write();
}

}  // namespace kinora::core
