#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/interchange/writers.h"
#include "core/interchange/xml_writer.h"

namespace kinora::core {
namespace {

class XmemlWriter {
public:
    explicit XmemlWriter(const Cut& cut) : cut_(cut), xml_("<!DOCTYPE xmeml>") {}

    std::string write()
    {
        xml_.open("xmeml", {{"version", "5"}});
        xml_.open("sequence", {{"id", "sequence-1"}});
        xml_.leaf("name", cut_.name);
        xml_.leaf("duration", total());
        rate();
        timecode_of(cut_.start);
        xml_.leaf("in", -1);
        xml_.leaf("out", -1);
        xml_.open("media");
        picture();
        sound();
        xml_.close();
        for (const Marker& marker : cut_.markers) {
            xml_.open("marker");
            xml_.leaf("name", marker.note);
            xml_.leaf("comment", marker.note);
            xml_.leaf("in", marker.frame);
            xml_.leaf("out", -1);
            xml_.close();
        }
        xml_.close();
        xml_.close();
        return xml_.take();
    }

private:
    [[nodiscard]] std::int64_t total() const
    {
        std::int64_t end = cut_.length;
        for (const CutSoundTrack& track : cut_.sound)
            if (!track.clips.empty()) end = std::max(end, track.clips.back().record.end);
        return end;
    }

    /// 23.976 is a time base of 24 with NTSC's slowing by 1000/1001.
    void rate()
    {
        const bool ntsc = cut_.rate.denominator == 1001;
        xml_.open("rate");
        xml_.leaf("timebase", (cut_.rate.numerator + cut_.rate.denominator - 1) / cut_.rate.denominator);
        xml_.leaf("ntsc", ntsc ? "TRUE" : "FALSE");
        xml_.close();
    }

    void timecode_of(std::int64_t frame)
    {
        xml_.open("timecode");
        rate();
        xml_.leaf("string", timecode(frame, cut_.rate, cut_.style));
        xml_.leaf("frame", frame);
        xml_.leaf("displayformat", cut_.style == TimecodeStyle::drop_frame ? "DF" : "NDF");
        xml_.close();
    }

    void picture_characteristics()
    {
        xml_.open("samplecharacteristics");
        rate();
        xml_.leaf("width", cut_.width);
        xml_.leaf("height", cut_.height);
        xml_.leaf("anamorphic", "FALSE");
        xml_.leaf("pixelaspectratio", "square");
        xml_.leaf("fielddominance", "none");
        xml_.leaf("colordepth", 24);
        xml_.close();
    }

    void sound_characteristics()
    {
        xml_.open("samplecharacteristics");
        xml_.leaf("depth", 24);
        xml_.leaf("samplerate", 48000);
        xml_.close();
    }

    void picture()
    {
        xml_.open("video");
        xml_.open("format");
        picture_characteristics();
        xml_.close();
        xml_.open("track");
        for (std::size_t i = 0; i < cut_.picture.size(); ++i) {
            if (const CutTransition* into = cut_.into(i)) transition(*into);
            if (!cut_.picture[i].gap) clip(i);
        }
        xml_.leaf("enabled", "TRUE");
        xml_.leaf("locked", "FALSE");
        xml_.close();
        xml_.close();
    }

    void transition(const CutTransition& transition)
    {
        const bool dissolve = transition.kind == TransitionKind::dissolve;
        const bool from_black = transition.before == 0 && cut_.picture[transition.clip - 1].gap;
        const bool to_black = transition.after == 0 && cut_.picture[transition.clip].gap;
        xml_.open("transitionitem");
        xml_.leaf("start", transition.at - transition.before);
        xml_.leaf("end", transition.at + transition.after);
        xml_.leaf("alignment", from_black               ? "start-black"
                               : to_black               ? "end-black"
                               : transition.before == 0 ? "start"
                               : transition.after == 0  ? "end"
                                                        : "center");
        rate();
        xml_.open("effect");
        xml_.leaf("name", dissolve ? "Cross Dissolve" : "Dip to Color Dissolve");
        xml_.leaf("effectid", dissolve ? "Cross Dissolve" : "Dip to Color Dissolve");
        xml_.leaf("effectcategory", "Dissolve");
        xml_.leaf("effecttype", "transition");
        xml_.leaf("mediatype", "video");
        if (!dissolve) dip_colour(transition.kind == TransitionKind::dip_to_black ? 0 : 255);
        xml_.close();
        xml_.close();
    }

    void dip_colour(std::int64_t level)
    {
        xml_.open("parameter");
        xml_.leaf("parameterid", "color");
        xml_.leaf("name", "Color");
        xml_.open("value");
        for (const char* part : {"alpha", "red", "green", "blue"})
            xml_.leaf(part, part[0] == 'a' ? 255 : level);
        xml_.close();
        xml_.close();
    }

    /// In and out of a clip include what transitions show of it; where one touches, its place is the transition's to say.
    void timing(FrameRange record, FrameRange source, const CutTransition* into, const CutTransition* out_of)
    {
        xml_.leaf("start", into != nullptr ? -1 : record.first);
        xml_.leaf("end", out_of != nullptr ? -1 : record.end);
        xml_.leaf("in", source.first - (into != nullptr ? into->before : 0));
        xml_.leaf("out", source.end + (out_of != nullptr ? out_of->after : 0));
    }

    void clip(std::size_t i)
    {
        const CutClip& clip = cut_.picture[i];
        const std::string number = std::to_string(i + 1);
        xml_.open("clipitem", {{"id", "clipitem-" + number}});
        xml_.leaf("name", clip.name);
        xml_.leaf("enabled", "TRUE");
        xml_.leaf("duration", clip.active ? clip.shown()->map.length : clip.source.length());
        rate();
        timing(clip.record, clip.source, cut_.into(i), cut_.out_of(i));
        xml_.leaf("alphatype", "none");
        xml_.open("file", {{"id", "file-" + number}});
        xml_.leaf("name", clip.active ? clip.shown()->file.substr(clip.shown()->file.rfind('/') + 1) : clip.name);
        if (clip.active) xml_.leaf("pathurl", relative_url(clip.shown()->file));
        rate();
        xml_.leaf("duration", clip.active ? clip.shown()->map.length : clip.source.length());
        timecode_of(0);
        xml_.open("media");
        xml_.open("video");
        picture_characteristics();
        xml_.close();
        xml_.close();
        xml_.close();
        if (clip.active && clip.shown()->recipe) comments(*clip.shown()->recipe);
        xml_.close();
    }

    void comments(const Recipe& recipe)
    {
        xml_.open("comments");
        xml_.leaf("mastercomment1", recipe.prompt);
        xml_.leaf("mastercomment2", "Seed " + std::to_string(recipe.seed) + ", model " + recipe.model_id);
        xml_.close();
    }

    void sound()
    {
        xml_.open("audio");
        xml_.leaf("numOutputChannels", 2);
        xml_.open("format");
        sound_characteristics();
        xml_.close();
        for (std::size_t track = 0; track < cut_.sound.size(); ++track) {
            xml_.open("track");
            for (std::size_t i = 0; i < cut_.sound[track].clips.size(); ++i)
                sound_clip(cut_.sound[track].clips[i], std::to_string(track + 1) + "-" + std::to_string(i + 1));
            xml_.leaf("enabled", cut_.sound[track].mute ? "FALSE" : "TRUE");
            xml_.leaf("locked", "FALSE");
            xml_.leaf("outputchannelindex", 1);
            xml_.close();
        }
        xml_.close();
    }

    void sound_clip(const CutSound& sound, const std::string& number)
    {
        xml_.open("clipitem", {{"id", "sounditem-" + number}});
        xml_.leaf("name", sound.name);
        xml_.leaf("enabled", sound.mute ? "FALSE" : "TRUE");
        xml_.leaf("duration", sound.frames);
        rate();
        timing(sound.record, sound.source, nullptr, nullptr);
        xml_.open("file", {{"id", "soundfile-" + number}});
        xml_.leaf("name", sound.file.substr(sound.file.rfind('/') + 1));
        xml_.leaf("pathurl", relative_url(sound.file));
        rate();
        xml_.leaf("duration", sound.frames);
        xml_.open("media");
        xml_.open("audio");
        sound_characteristics();
        xml_.leaf("channelcount", 2);
        xml_.close();
        xml_.close();
        xml_.close();
        xml_.open("sourcetrack");
        xml_.leaf("mediatype", "audio");
        xml_.leaf("trackindex", 1);
        xml_.close();
        if (sound.gain_db != 0 || sound.fade_in > 0 || sound.fade_out > 0) level(sound);
        xml_.close();
    }

    /// Gain and fades as keyframes of the amplitude.
    void level(const CutSound& sound)
    {
        xml_.open("filter");
        xml_.open("effect");
        xml_.leaf("name", "Audio Levels");
        xml_.leaf("effectid", "audiolevels");
        xml_.leaf("effectcategory", "audiolevels");
        xml_.leaf("effecttype", "audiolevels");
        xml_.leaf("mediatype", "audio");
        xml_.open("parameter");
        xml_.leaf("parameterid", "level");
        xml_.leaf("name", "Level");
        xml_.leaf("valuemin", 0);
        xml_.leaf("valuemax", "15.8489");
        const double full = db_to_amplitude(sound.gain_db);
        amplitude("value", full);
        if (sound.fade_in > 0) {
            keyframe(sound.source.first, 0);
            keyframe(sound.source.first + sound.fade_in, full);
        }
        if (sound.fade_out > 0) {
            keyframe(sound.source.end - sound.fade_out, full);
            keyframe(sound.source.end, 0);
        }
        xml_.close();
        xml_.close();
        xml_.close();
    }

    static double db_to_amplitude(float gain_db) { return std::pow(10.0, static_cast<double>(gain_db) / 20.0); }

    void amplitude(const char* element, double value)
    {
        char text[32];
        std::snprintf(text, sizeof text, "%.6f", value);
        xml_.leaf(element, text);
    }

    void keyframe(std::int64_t when, double value)
    {
        xml_.open("keyframe");
        xml_.leaf("when", when);
        amplitude("value", value);
        xml_.close();
    }

    const Cut& cut_;
    XmlWriter xml_;
};

}  // namespace

std::string write_xmeml(const Cut& cut)
{
    return XmemlWriter(cut).write();
}

}  // namespace kinora::core
