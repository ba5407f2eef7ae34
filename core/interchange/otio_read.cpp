#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/ids.h"
#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/interchange/otio_json.h"
#include "core/interchange/otio_sound.h"
#include "core/interchange/timeline_build.h"
#include "core/project/project_json.h"
#include "core/time/timecode.h"

namespace kinora::core {
namespace {

using nlohmann::json;
using namespace otio;

struct Crossing {
    TransitionKind kind = TransitionKind::dissolve;
    std::int64_t before = 0;
    std::int64_t after = 0;
};

/// A clip or a gap of the picture track and the transitions at its ends.
struct Item {
    const json* node = nullptr;
    bool gap = false;
    FrameRange source;
    std::optional<Crossing> into;
    std::optional<Crossing> out_of;
};

TransitionKind kind_of(const json& transition)
{
    const json* own = kinora_in(transition);
    const std::string kind = own == nullptr ? std::string() : text_in(*own, "kind");
    if (kind == "dip_to_black") return TransitionKind::dip_to_black;
    if (kind == "dip_to_white") return TransitionKind::dip_to_white;
    return TransitionKind::dissolve;
}

/// The reference that is shown, whether the clip holds one (schema 1) or many (schema 2).
const json* active_reference(const json& clip)
{
    const json* references = object_in(clip, "media_references");
    if (references == nullptr) return object_in(clip, "media_reference");
    const std::string key = raw_text_in(clip, "active_media_reference_key");
    return object_in(*references, key.empty() ? "DEFAULT_MEDIA" : key.c_str());
}

class OtioReader {
public:
    explicit OtioReader(const json& timeline) : timeline_(timeline) {}

    Result<ImportedTimeline> read(const std::string& name)
    {
        const json* stack = object_in(timeline_, "tracks");
        const json* tracks = stack == nullptr ? nullptr : list_in(*stack, "children");
        if (tracks == nullptr) return make_error(ErrorKind::corrupt, name + " can't be used: the timeline has no tracks.");
        read_project(*tracks);
        const json* picture = nullptr;
        int more = 0;
        for (const json& track : *tracks) {
            if (!is_a(track, "Track") || list_in(track, "children") == nullptr) continue;
            const bool sound = text_in(track, "kind") == "Audio";
            if (sound)
                read_sound_track(track, out_);
            else if (picture == nullptr)
                picture = &track;
            else
                ++more;
        }
        if (picture != nullptr) read_picture(*picture);
        if (more > 0)
            out_.notes.push_back(std::to_string(more) + " further picture tracks were left out: a storyboard has one.");
        read_markers(*stack, 0);
        tidy(out_);
        return std::move(out_);
    }

private:
    void read_project(const json& tracks)
    {
        Project& project = out_.project;
        project.name = text_in(timeline_, "name");
        std::optional<FrameRate> rate = rate_of_time(object_in(timeline_, "global_start_time"));
        for (const json& track : tracks) {
            const json* children = list_in(track, "children");
            for (std::size_t i = 0; children != nullptr && i < children->size() && !rate; ++i)
                if (const json* range = object_in((*children)[i], "source_range"))
                    rate = rate_of_time(object_in(*range, "duration"));
        }
        project.rate = rate.value_or(FrameRate(24));
        const json* own = kinora_in(timeline_);
        if (own == nullptr) return;
        if (const json* document = object_in(*own, "project"))
            if (auto parsed = project_from_json(*document)) {
                const std::string name = project.name;
                project = std::move(parsed->project);
                project.shots.clear();
                project.sound_tracks.clear();
                // A name too long for a suite was shortened when it was written; a new one is the file's.
                if (!name.empty() && name != text_in(*own, "name")) project.name = name;
                // Wherever the file comes from, it names no files outside of a project.
                for (SharedValue<Asset>& asset : project.assets)
                    if (!is_safe_relative_path(asset->file))
                        asset.update([](Asset& mended) { mended.file = "media/" + mended.id; });
                project.markers.clear();
            }
        if (const auto exact = parse_rate(text_in(*own, "rate"));
            exact && rate && std::abs(exact->as_double() - rate->as_double()) < 1e-3)
            project.rate = *exact;
        if (const auto width = whole_in(*own, "width"); width && *width >= 16 && *width <= 65536)
            project.width = static_cast<int>(*width);
        if (const auto height = whole_in(*own, "height"); height && *height >= 16 && *height <= 65536)
            project.height = static_cast<int>(*height);
    }

    [[nodiscard]] FrameRate rate() const { return out_.project.rate; }

    std::vector<Item> items(const json& track)
    {
        std::vector<Item> items;
        std::optional<Crossing> pending;
        int unusable = 0;
        for (const json& node : *list_in(track, "children")) {
            if (is_a(node, "Transition")) {
                const auto before = frames_of(object_in(node, "in_offset"), rate());
                const auto after = frames_of(object_in(node, "out_offset"), rate());
                pending = Crossing{kind_of(node), std::max<std::int64_t>(0, before.value_or(0)),
                                   std::max<std::int64_t>(0, after.value_or(0))};
                if (pending->before + pending->after == 0) pending.reset();
                continue;
            }
            Item item{&node, is_a(node, "Gap"), {}, {}, {}};
            auto source = range_of(object_in(node, "source_range"), rate());
            if (!source && is_a(node, "Clip"))
                if (const json* reference = active_reference(node))
                    source = range_of(object_in(*reference, "available_range"), rate());
            if (!source || source->empty()) {
                ++unusable;
                continue;
            }
            item.source = *source;
            if (pending && !items.empty()) item.into = items.back().out_of = pending;
            pending.reset();
            items.push_back(std::move(item));
        }
        if (unusable > 0) out_.notes.push_back(std::to_string(unusable) + " items without a length were left out.");
        return items;
    }

    void read_picture(const json& track)
    {
        std::int64_t at = 0;
        for (const Item& item : items(track)) {
            Shot shot = shot_of(item);
            if (!is_valid_id(shot.id) || ids_.contains(shot.id)) shot.id = make_id();
            ids_.insert(shot.id);
            if (!item.gap) add_media(item, shot);
            out_.project.shots.emplace_back(std::move(shot));
            read_markers(*item.node, at - item.source.first);
            at += item.source.length();
        }
        read_markers(track, 0);
    }

    static bool same(const json& written, const char* key, const std::optional<Crossing>& crossing)
    {
        const auto noted = pair_of(written, key);
        return crossing ? noted == FrameRange{crossing->before, crossing->after} : !noted;
    }

    /// True if nobody changed the item since Kinora wrote it.
    static bool unchanged(const json& own, const Item& item)
    {
        const json* written = object_in(own, "written");
        return written != nullptr && pair_of(*written, "source") == item.source && same(*written, "into", item.into) &&
               same(*written, "out_of", item.out_of);
    }

    /// What the clip shows, the parts under dissolves included, which lie over its neighbours.
    static FrameRange with_overlaps(const Item& item)
    {
        FrameRange range = item.source;
        if (item.into && item.into->kind == TransitionKind::dissolve) range.first -= item.into->before;
        if (item.out_of && item.out_of->kind == TransitionKind::dissolve) range.end += item.out_of->after;
        return range;
    }

    static void set_transition(const Item& item, Shot& shot)
    {
        shot.transition = {};
        if (item.into) shot.transition = {item.into->kind, item.into->before + item.into->after, {}};
    }

    Shot shot_of(const Item& item)
    {
        const json* own = kinora_in(*item.node);
        const auto noted = own == nullptr ? Result<json>(Error{}) : parse_json(raw_text_in(*own, "shot"), "the shot");
        if (noted) {
            auto shot = shot_from_json(*noted);
            if (shot && (shot->kind == ShotKind::gap) == item.gap) {
                if (!unchanged(*own, item)) change(item, *shot);
                return std::move(*shot);
            }
        }
        const FrameRange range = with_overlaps(item);
        Shot shot = item.gap ? make_gap(range.length(), rate()) : wanted_shot(name_of(*item.node), range.length(), rate());
        set_transition(item, shot);
        return shot;
    }

    std::string name_of(const json& clip) const
    {
        std::string name = text_in(clip, "name");
        if (const json* reference = active_reference(clip); name.empty() && reference != nullptr)
            name = text_in(*reference, "name");
        return name.empty() ? "Shot " + std::to_string(out_.project.shots.size() + 1) : name;
    }

    /// A shot of Kinora's that was trimmed elsewhere: in and out are those of the file.
    void change(const Item& item, Shot& shot) const
    {
        set_transition(item, shot);
        const FrameRange range = with_overlaps(item);
        const ShotSource source = shot_source(shot);
        if (source.endless()) {
            shot.range = {0, range.length()};
            if (item.gap) shot.settings.rate = rate();
            return;
        }
        std::int64_t anchor = 0;
        std::int64_t first = shot.range.first;
        if (const json* reference = active_reference(*item.node))
            if (const json* noted = kinora_in(*reference)) {
                anchor = whole_in(*noted, "anchor").value_or(anchor);
                first = whole_in(*noted, "first").value_or(first);
            }
        first += source_frame_at(range.first - anchor, source.rate, rate());
        shot.range = {first, first + source_frame_at(range.length() - 1, source.rate, rate()) + 1};
    }

    void add_media(const Item& item, const Shot& shot)
    {
        const json* references = object_in(*item.node, "media_references");
        const json* active = active_reference(*item.node);
        if (active != nullptr) add_file(*active, item, shot);
        if (references == nullptr || shot.takes.empty()) return;
        for (const auto& [key, reference] : references->items())
            if (reference.is_object() && &reference != active && kinora_in(reference) != nullptr)
                add_file(reference, item, shot);
    }

    void add_file(const json& reference, const Item& item, const Shot& shot)
    {
        if (!is_a(reference, "ExternalReference")) return;
        TimelineMedia media;
        media.shot = shot.id;
        media.file = path_of_url(raw_text_in(reference, "target_url"));
        if (media.file.empty()) {
            if (outside_++ == 0)
                out_.notes.push_back(
                    "Media that lie outside the timeline's folder were not taken over; their shots are to be generated.");
            return;
        }
        if (const json* own = kinora_in(reference)) media.take = text_in(*own, "take");
        if (!is_valid_id(media.take)) media.take = make_id();
        media.shown = with_overlaps(item);
        if (const auto available = range_of(object_in(reference, "available_range"), rate())) {
            media.shown.first -= available->first;
            media.shown.end -= available->first;
        }
        out_.media.push_back(std::move(media));
    }

    /// Markers of an item count in its own time; `shift` brings them onto the storyboard.
    void read_markers(const json& node, std::int64_t shift)
    {
        const json* markers = list_in(node, "markers");
        if (markers == nullptr) return;
        for (const json& noted : *markers) {
            const auto range = range_of(object_in(noted, "marked_range"), rate());
            if (!range) continue;
            Marker marker;
            marker.frame = std::max<std::int64_t>(0, range->first + shift);
            marker.note = raw_text_in(noted, "name");
            if (marker.note.empty()) marker.note = raw_text_in(noted, "comment");
            const json* own = kinora_in(noted);
            marker.id = own == nullptr ? make_id() : text_in(*own, "id");
            out_.project.markers.push_back(std::move(marker));
        }
    }

    const json& timeline_;
    ImportedTimeline out_;
    std::set<std::string> ids_;  ///< of shots
    int outside_ = 0;
};

}  // namespace

Result<ImportedTimeline> read_otio(std::string_view text, std::string_view name)
{
    const std::string file = in_quotes(name);
    auto json = parse_json(text, file);
    if (!json) return json.error();
    const nlohmann::json* timeline = &*json;
    if (is_a(*timeline, "SerializableCollection")) {
        const nlohmann::json* children = list_in(*timeline, "children");
        timeline = nullptr;
        for (std::size_t i = 0; children != nullptr && i < children->size() && timeline == nullptr; ++i)
            if (is_a((*children)[i], "Timeline")) timeline = &(*children)[i];
    }
    if (timeline == nullptr || !is_a(*timeline, "Timeline"))
        return make_error(ErrorKind::unsupported, file + " holds no timeline of OpenTimelineIO.");
    return OtioReader(*timeline).read(file);
}

}  // namespace kinora::core
