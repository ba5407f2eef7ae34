#include "core/export/plan_parts.h"

#include <algorithm>
#include <climits>

#include "core/storyboard/layout.h"

namespace kinora::media {
namespace {

core::Error refused(std::string sentence)
{
    return core::make_error(core::ErrorKind::invalid_argument, std::move(sentence));
}

std::string shot_name(const core::Project& project, std::size_t index, const ExportPlan& plan)
{
    const core::Take* take = core::selected_take(*project.shots[index]);
    NameFields fields;
    fields.project = project.name;
    fields.shot = static_cast<int>(index) + 1;
    fields.take = take ? std::to_string(take->number) : "0";
    fields.seed = take && take->recipe ? take->recipe->seed : 0;
    fields.preset = plan.delivery.preset;
    return fill_pattern(plan.pattern, fields);
}

std::string shot_words(std::size_t index)
{
    return "Shot " + std::to_string(index + 1);
}

/// The shot's range with as many frames of handles as its take has.
core::FrameRange with_handles(const core::Shot& shot, const core::Take& take, std::size_t index, const ExportPlan& plan,
                              std::vector<std::string>& notes)
{
    core::FrameRange range = shot.range;
    if (plan.range && plan.shots.size() == 1) {
        const core::FrameRange part = core::intersection(*plan.range, {0, take.frames});
        if (!part.empty()) range = part;
    }
    const std::int64_t before = std::min<std::int64_t>(plan.handles, range.first);
    const std::int64_t after = std::min<std::int64_t>(plan.handles, take.frames - range.end);
    if (before < plan.handles || after < plan.handles)
        notes.push_back(shot_words(index) + " has handles of " + std::to_string(before) + " and " + std::to_string(after) +
                        " frames: its take has no more.");
    return {range.first - before, range.end + after};
}

/// A project with nothing but these shots, silent where they don't lie side by side.
core::Project only(const core::Project& project, const std::vector<std::size_t>& shots)
{
    core::Project kept = project;
    kept.shots.clear();
    for (const std::size_t index : shots)
        kept.shots.push_back(project.shots[index]);
    kept.sound_tracks.clear();
    kept.markers.clear();
    return kept;
}

bool side_by_side(const std::vector<std::size_t>& shots)
{
    for (std::size_t i = 1; i < shots.size(); ++i)
        if (shots[i] != shots[i - 1] + 1) return false;
    return true;
}

bool has_sound(const core::Project& project)
{
    return std::any_of(project.sound_tracks.begin(), project.sound_tracks.end(),
                       [](const auto& track) { return !track->clips.empty(); });
}

/// A file of the storyboard's way: its size, its rate, its transitions.
PlanPart sequence_part(const core::Project& project, core::FrameRange range, const ExportPlan& plan)
{
    PlanPart part;
    part.project = project;
    part.range = range;
    part.rate = plan.delivery.rate.value_or(project.rate);
    part.frames = core::conformed_length(range.length(), project.rate, part.rate);
    part.width = project.width;
    part.height = project.height;
    part.sound = has_sound(project);
    return part;
}

core::Result<PlanPart> shot_part(const core::Project& project, std::size_t index, const ExportPlan& plan)
{
    const core::Shot& shot = *project.shots[index];
    const core::Take* take = core::selected_take(shot);
    if (!take) return refused(shot_words(index) + " has no take yet: generate one, then export it.");
    PlanPart part;
    if (take->asset.empty()) {
        part.clip = true;
        part.range = with_handles(shot, *take, index, plan, part.notes);
        part.rate = plan.delivery.rate.value_or(take->rate);
        part.frames = core::conformed_length(part.range.length(), take->rate, part.rate);
        part.width = take->width;
        part.height = take->height;
        part.project = only(project, {index});
    } else {
        // An imported shot or a still picture goes the storyboard's way: it is conformed like everything else.
        core::Project alone = only(project, {index});
        if (!take->still) {
            core::Shot wider = shot;
            wider.range = with_handles(shot, *take, index, plan, part.notes);
            alone.shots.front() = wider;
        }
        const std::int64_t total = core::total_duration(alone);
        std::vector<std::string> notes = std::move(part.notes);
        part = sequence_part(alone, {0, total}, plan);
        part.notes = std::move(notes);
    }
    part.shots = {index};
    part.name = shot_name(project, index, plan);
    return part;
}

core::Result<PlanPart> joined_part(const core::Project& project, std::vector<std::size_t> shots, const ExportPlan& plan)
{
    PlanPart part;
    if (side_by_side(shots)) {
        const core::Layout layout(project);
        part = sequence_part(project, {layout.start(shots.front()), layout.end(shots.back())}, plan);
    } else {
        const core::Project kept = only(project, shots);
        part = sequence_part(kept, {0, core::total_duration(kept)}, plan);
        part.notes.emplace_back("The shots don't follow each other on the storyboard: they are joined without its sound.");
    }
    part.shots = std::move(shots);
    part.name = safe_name(project.name);
    return part;
}

core::Result<PlanPart> storyboard_part(const core::Project& project, const ExportPlan& plan)
{
    const auto has_take = [](const auto& shot) { return core::selected_take(*shot) != nullptr; };
    if (std::none_of(project.shots.begin(), project.shots.end(), has_take))
        return refused("The storyboard has no takes yet: generate a shot, then export.");
    const core::Layout layout(project);
    const core::FrameRange all{0, layout.total()};
    // In and out set on the timeline; where nothing is between them any more, everything is exported.
    const core::FrameRange asked = core::intersection(plan.range.value_or(all), all);
    PlanPart part = sequence_part(project, asked.empty() ? all : asked, plan);
    for (std::size_t i = 0; i < project.shots.size(); ++i) {
        if (core::intersection(layout.range(i), part.range).empty()) continue;
        part.shots.push_back(i);
        const core::Shot& shot = *project.shots[i];
        if (shot.kind == core::ShotKind::generated && !core::selected_take(shot))
            part.notes.push_back(shot_words(i) + " has no take and is black.");
    }
    part.name = safe_name(project.name);
    return part;
}

}  // namespace

core::Result<std::vector<PlanPart>> plan_parts(const core::Project& project, const ExportPlan& plan)
{
    std::vector<PlanPart> parts;
    const auto add = [&parts](core::Result<PlanPart> part) -> core::Result<void> {
        if (!part) return part.error();
        if (part->frames < 1 || part->frames > INT_MAX) return refused("There are no frames to export, or too many.");
        parts.push_back(std::move(*part));
        return {};
    };
    if (plan.what == ExportWhat::storyboard) {
        if (auto added = add(storyboard_part(project, plan)); !added) return added.error();
        return parts;
    }
    std::vector<std::size_t> shots;
    for (std::size_t i = 0; i < project.shots.size(); ++i)
        if (std::find(plan.shots.begin(), plan.shots.end(), project.shots[i]->id) != plan.shots.end()) shots.push_back(i);
    if (shots.empty()) return refused("No shot is chosen: choose one on the storyboard, then export.");
    if (!plan.file_per_shot && shots.size() > 1) {
        if (auto added = add(joined_part(project, std::move(shots), plan)); !added) return added.error();
        return parts;
    }
    for (const std::size_t index : shots)
        if (auto added = add(shot_part(project, index, plan)); !added) return added.error();
    return parts;
}

std::int64_t plan_sound_bytes(const std::vector<PlanPart>& parts, const Preset& preset)
{
    // 48 kHz, two channels of 24 bit where the sound isn't compressed.
    constexpr double k_plain = 48000.0 * 2 * 3;
    const EncoderSettings& encoder = preset.encoder;
    if (encoder.sound_encoder.empty()) return 0;
    double seconds = 0;
    for (const PlanPart& part : parts)
        if (part.sound) seconds += static_cast<double>(part.frames) / part.rate.as_double();
    return static_cast<std::int64_t>(seconds * (encoder.sound_bit_rate > 0 ? encoder.sound_bit_rate / 8.0 : k_plain));
}

}  // namespace kinora::media
