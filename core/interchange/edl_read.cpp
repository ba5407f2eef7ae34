#include <algorithm>
#include <charconv>
#include <optional>

#include "core/base/ids.h"
#include "core/base/text.h"
#include "core/interchange/timeline_build.h"
#include "core/time/timecode.h"

namespace kinora::core {
namespace {

/// One edit of the picture track.
struct Event {
    std::string reel;
    std::string name;
    std::string file;
    FrameRange source;
    FrameRange record;
    std::int64_t dissolve = 0;  ///< frames from the start on
    TransitionKind dip = TransitionKind::cut;
    std::int64_t dip_frames = 0;
    std::vector<std::pair<std::int64_t, std::string>> locators;  ///< record frame, note
};

std::vector<std::string_view> words_of(std::string_view line)
{
    std::vector<std::string_view> words;
    while (true) {
        const std::size_t first = line.find_first_not_of(" \t");
        if (first == std::string_view::npos || words.size() > 16) return words;
        line.remove_prefix(first);
        const std::size_t length = std::min(line.find_first_of(" \t"), line.size());
        words.push_back(line.substr(0, length));
        line.remove_prefix(length);
    }
}

std::optional<std::int64_t> number_of(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0 || number > k_longest_clip)
        return std::nullopt;
    return number;
}

/// What follows a comment's key, "FROM CLIP NAME:"; nothing if it is another comment.
std::optional<std::string> comment(std::string_view line, std::string_view key)
{
    line.remove_prefix(std::min(line.find_first_not_of("* \t"), line.size()));
    if (!line.starts_with(key)) return std::nullopt;
    line.remove_prefix(key.size());
    if (line.empty() || line[0] != ':') return std::nullopt;
    return clean_text(line.substr(1));
}

class EdlReader {
public:
    EdlReader(FrameRate rate, std::string file) : file_(std::move(file)) { out_.project.rate = rate; }

    Result<ImportedTimeline> read(std::string_view text)
    {
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            std::string_view line = text.substr(0, end);
            text.remove_prefix(std::min(end + 1, text.size()));
            while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
                line.remove_suffix(1);
            read_line(line);
        }
        if (events_.empty()) return make_error(ErrorKind::corrupt, file_ + " holds no edits of a CMX 3600 list.");
        if (other_ > 0)
            out_.notes.push_back(std::to_string(other_) + " edits of sound or of a kind that isn't known were left out.");
        if (speeds_ > 0)
            out_.notes.push_back(std::to_string(speeds_) + " changes of speed were left out; the clips play at their own.");
        build();
        tidy(out_);
        return std::move(out_);
    }

private:
    [[nodiscard]] FrameRate rate() const { return out_.project.rate; }

    std::optional<std::int64_t> frame_of(std::string_view code) const
    {
        if (code.find(':') == std::string_view::npos) return number_of(code);
        const auto frame = parse_timecode(code, rate(), style_);
        if (!frame || *frame < 0 || *frame > 100 * k_longest_clip) return std::nullopt;
        return *frame;
    }

    void read_line(std::string_view line)
    {
        if (line.empty()) return;
        if (line.starts_with("TITLE:")) {
            out_.project.name = clean_text(line.substr(6));
        } else if (line.starts_with("FCM:")) {
            const bool drop =
                line.find("NON-DROP") == std::string_view::npos && line.find("NON DROP") == std::string_view::npos;
            style_ = drop && supports_drop_frame(rate()) ? TimecodeStyle::drop_frame : TimecodeStyle::non_drop;
        } else if (line[0] >= '0' && line[0] <= '9') {
            read_edit(words_of(line));
        } else if (line.starts_with("M2")) {
            ++speeds_;
        } else if (!events_.empty() && !passed_over_) {
            read_comment(line);
        }
    }

    void read_edit(const std::vector<std::string_view>& words)
    {
        passed_over_ = true;
        const bool timed = words.size() == 9;
        if (words.size() != 8 && !timed) return void(++other_);
        const std::string_view channel = words[2];
        const bool picture = channel == "B" || channel.find('V') != std::string_view::npos;
        const bool dissolve = timed && (words[3] == "D" || words[3].starts_with("W"));
        if (!picture || (!dissolve && words[3] != "C")) return void(++other_);
        std::int64_t times[4];
        for (std::size_t i = 0; i < 4; ++i) {
            const auto frame = frame_of(words[words.size() - 4 + i]);
            if (!frame) return void(++other_);
            times[i] = *frame;
        }
        Event event;
        event.reel = clean_text(words[1]);
        event.source = {times[0], times[1]};
        event.record = {times[2], std::min(times[3], times[2] + k_longest_clip)};
        if (event.record.empty()) {  // what a dissolve comes from: the edit before says it better
            passed_over_ = false;
            return;
        }
        if (dissolve) event.dissolve = std::min(number_of(words[4]).value_or(0), event.record.length());
        events_.push_back(std::move(event));
        passed_over_ = false;
    }

    void read_comment(std::string_view line)
    {
        Event& event = events_.back();
        if (const auto to = comment(line, "TO CLIP NAME")) {
            event.name = *to;
        } else if (const auto from = comment(line, "FROM CLIP NAME")) {
            if (event.dissolve == 0) event.name = *from;
        } else if (const auto file = comment(line, "SOURCE FILE")) {
            event.file = path_of_url(*file);
        } else if (const auto clip = comment(line, "FROM CLIP")) {
            event.file = path_of_url(*clip);
        } else if (const auto locator = comment(line, "LOC")) {
            const auto words = words_of(*locator);
            const auto frame = words.empty() ? std::nullopt : frame_of(words[0]);
            const std::size_t note =
                words.size() < 3 ? std::string::npos : static_cast<std::size_t>(words[2].data() - locator->data());
            if (frame)
                event.locators.emplace_back(*frame, note == std::string::npos ? std::string() : locator->substr(note));
        } else {
            read_dip(words_of(line), event);
        }
    }

    /// "* DIP TO BLACK OF 12 FRAMES AT THE START", as Kinora writes it.
    static void read_dip(const std::vector<std::string_view>& words, Event& event)
    {
        if (words.size() < 7 || words[1] != "DIP" || words[2] != "TO" || words[6] != "FRAMES") return;
        const auto frames = number_of(words[5]);
        if (!frames || *frames == 0) return;
        event.dip = words[3] == "WHITE" ? TransitionKind::dip_to_white : TransitionKind::dip_to_black;
        event.dip_frames = *frames;
    }

    void build()
    {
        std::stable_sort(events_.begin(), events_.end(),
                         [](const Event& a, const Event& b) { return a.record.first < b.record.first; });
        const std::int64_t origin = events_.front().record.first;
        std::int64_t at = origin;
        int moved = 0;
        for (std::size_t i = 0; i < events_.size(); ++i) {
            const Event& event = events_[i];
            const bool touches = event.record.first <= at;
            if (event.record.first < at) ++moved;
            if (!touches) out_.project.shots.emplace_back(make_gap(event.record.first - at, rate()));
            // A dissolve lies over the tail of the shot before, which an EDL doesn't count as its own.
            const bool next_dissolves =
                i + 1 < events_.size() && events_[i + 1].dissolve > 0 && events_[i + 1].record.first == event.record.end;
            place(event, next_dissolves ? events_[i + 1].dissolve : 0, touches && i > 0);
            at = std::max(at, event.record.first) + event.record.length();
            for (const auto& [frame, note] : event.locators) {
                Marker marker;
                marker.id = make_id();
                marker.frame = std::max<std::int64_t>(0, frame - origin);
                marker.note = note;
                out_.project.markers.push_back(std::move(marker));
            }
        }
        if (moved > 0)
            out_.notes.push_back(std::to_string(moved) + " edits lay over the ones before them and follow them now.");
    }

    void place(const Event& event, std::int64_t tail, bool touches)
    {
        const std::int64_t length = event.record.length() + tail;
        const std::string name = !event.name.empty() ? event.name : !event.reel.empty() ? event.reel : "Shot";
        const bool gap = event.reel == "BL" || event.reel == "BLACK";
        Shot shot = gap ? make_gap(length, rate()) : wanted_shot(name, length, rate());
        if (event.dissolve > 0 && touches)
            shot.transition = {TransitionKind::dissolve, event.dissolve, {}};
        else if (event.dip_frames > 0 && touches)
            shot.transition = {event.dip, event.dip_frames, {}};
        if (!gap && !event.file.empty())
            out_.media.push_back({shot.id, make_id(), {}, event.file, {event.source.first, event.source.first + length}, 0});
        out_.project.shots.emplace_back(std::move(shot));
    }

    std::string file_;
    ImportedTimeline out_;
    std::vector<Event> events_;
    TimecodeStyle style_ = TimecodeStyle::non_drop;
    bool passed_over_ = true;
    int other_ = 0;
    int speeds_ = 0;
};

}  // namespace

Result<ImportedTimeline> read_edl(std::string_view text, std::string_view name, FrameRate rate)
{
    return EdlReader(rate, in_quotes(name)).read(text);
}

}  // namespace kinora::core
