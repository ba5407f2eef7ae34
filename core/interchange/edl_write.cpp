#include <cstdio>

#include "core/interchange/writers.h"

namespace kinora::core {
namespace {

/// Comments are ASCII without line breaks: old readers stumble over anything else.
std::string comment_text(const std::string& text)
{
    std::string out;
    for (const char c : text) {
        if (c >= 0x20 && c < 0x7f)
            out += c;
        else if (out.empty() || out.back() != '?')
            out += '?';
    }
    return out;
}

class EdlWriter {
public:
    explicit EdlWriter(const Cut& cut) : cut_(cut) {}

    std::string write()
    {
        out_ = "TITLE: " + comment_text(cut_.name) +
               "\nFCM: " + (cut_.style == TimecodeStyle::drop_frame ? "DROP FRAME" : "NON-DROP FRAME") + "\n\n";
        for (std::size_t i = 0; i < cut_.picture.size(); ++i)
            event(i);
        return std::move(out_);
    }

private:
    [[nodiscard]] std::string code(std::int64_t frame) const { return timecode(frame, cut_.rate, cut_.style); }

    static std::string reel(const CutClip& clip)
    {
        if (clip.gap) return "BL";
        return clip.active ? reel_name(clip.shot, clip.shown()->number) : "AX";
    }

    void line(std::size_t number, const std::string& reel, const std::string& edit, FrameRange source, FrameRange record)
    {
        char head[64];
        std::snprintf(head, sizeof head, "%03zu  %-8s V     %-9s", number, reel.c_str(), edit.c_str());
        out_ += std::string(head) + code(source.first) + ' ' + code(source.end) + ' ' + code(cut_.start + record.first) +
                ' ' + code(cut_.start + record.end) + '\n';
    }

    /// The dissolve of an EDL begins at the cut; so here the cut is moved to where the dissolve begins.
    [[nodiscard]] std::int64_t first_frame(std::size_t i) const
    {
        const CutTransition* into = cut_.into(i);
        return cut_.picture[i].record.first - (into != nullptr && into->kind == TransitionKind::dissolve ? into->before : 0);
    }

    void event(std::size_t i)
    {
        const CutClip& clip = cut_.picture[i];
        const CutTransition* into = cut_.into(i);
        const bool last = i + 1 == cut_.picture.size();
        const FrameRange record{first_frame(i), last ? clip.record.end : first_frame(i + 1)};
        const std::int64_t lead = clip.record.first - record.first;
        const std::int64_t first = clip.gap ? 0 : clip.source.first - lead;
        const FrameRange source{first, first + record.length()};
        if (into != nullptr && into->kind == TransitionKind::dissolve) {
            const CutClip& before = cut_.picture[i - 1];
            const std::int64_t out = before.gap ? 0 : before.source.first + (record.first - before.record.first);
            line(i + 1, reel(before), "C", {out, out}, {record.first, record.first});
            char length[16];
            std::snprintf(length, sizeof length, "D    %03lld", static_cast<long long>(into->before + into->after));
            line(i + 1, reel(clip), length, source, record);
            out_ += "* FROM CLIP NAME: " + comment_text(before.name) + "\n* TO CLIP NAME: " + comment_text(clip.name) + '\n';
        } else {
            line(i + 1, reel(clip), "C", source, record);
            out_ += "* FROM CLIP NAME: " + comment_text(clip.name) + '\n';
            if (into != nullptr)
                out_ += std::string("* DIP TO ") + (into->kind == TransitionKind::dip_to_black ? "BLACK" : "WHITE") +
                        " OF " + std::to_string(into->before + into->after) + " FRAMES AT THE START\n";
        }
        if (const CutMedia* media = clip.shown()) out_ += "* SOURCE FILE: " + comment_text(media->file) + '\n';
        for (const Marker& marker : cut_.markers)
            if (record.contains(marker.frame) || (last && marker.frame >= record.end))
                out_ += "* LOC: " + code(cut_.start + marker.frame) + " GREEN   " + comment_text(marker.note) + '\n';
        out_ += '\n';
    }

    const Cut& cut_;
    std::string out_;
};

}  // namespace

std::string reel_name(std::size_t shot, int take)
{
    char name[64];
    std::snprintf(name, sizeof name, "S%03zuT%03d", shot + 1, take);
    if (std::string(name).size() > 8) std::snprintf(name, sizeof name, "%zu_%d", shot + 1, take);
    return std::string(name).substr(0, 8);
}

std::string write_edl(const Cut& cut)
{
    return EdlWriter(cut).write();
}

}  // namespace kinora::core
