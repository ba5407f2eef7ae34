#include "core/project/take_edits.h"

#include <algorithm>

namespace kinora::core {
namespace {

Error no_shot(std::string_view id)
{
    return make_error(ErrorKind::not_found, "There is no shot " + std::string(id) + " in the project.");
}

Error no_take(std::string_view id)
{
    return make_error(ErrorKind::not_found, "There is no take " + std::string(id) + " in the shot.");
}

template <typename Change>
Result<void> change_shot(Project& project, std::string_view shot_id, Change change)
{
    const auto index = find_shot(project, shot_id);
    if (!index) return no_shot(shot_id);
    project.shots[*index].update(change);
    return {};
}

void choose(Shot& shot, const std::string& take_id)
{
    const ShotSource before = shot_source(shot);
    shot.selected_take = take_id;
    shot.range = range_for_source(shot.range, before, shot_source(shot));
}

}  // namespace

FrameRange range_for_source(FrameRange range, ShotSource from, ShotSource to)
{
    if (to.endless()) {
        const std::int64_t length = rescale_frames(range.length(), from.rate, to.rate, Rounding::nearest);
        return {0, std::clamp<std::int64_t>(length, 1, to.frames)};
    }
    const bool whole = !from.endless() && range.first <= 0 && range.end >= from.frames;
    if (whole) return {0, to.frames};
    const std::int64_t first = rescale_frames(range.first, from.rate, to.rate, Rounding::nearest);
    const std::int64_t end = rescale_frames(range.end, from.rate, to.rate, Rounding::nearest);
    const std::int64_t kept_first = std::clamp<std::int64_t>(first, 0, to.frames - 1);
    return {kept_first, std::clamp<std::int64_t>(end, kept_first + 1, to.frames)};
}

void add_take(Shot& shot, Take take, Selection selection)
{
    int highest = 0;
    for (const Take& other : shot.takes)
        highest = std::max(highest, other.number);
    take.number = highest + 1;
    if (shot.kind == ShotKind::gap) shot.kind = ShotKind::generated;
    const ShotSource before = shot_source(shot);
    const std::string id = take.id;
    shot.takes.push_back(std::move(take));
    if (selection == Selection::select || shot.takes.size() == 1) {
        shot.selected_take = id;
        shot.range = range_for_source(shot.range, before, shot_source(shot));
    }
}

Result<void> select_take(Project& project, std::string_view shot_id, std::string_view take_id)
{
    const auto index = find_shot(project, shot_id);
    if (!index) return no_shot(shot_id);
    if (!find_take(*project.shots[*index], take_id)) return no_take(take_id);
    project.shots[*index].update([&](Shot& shot) { choose(shot, std::string(take_id)); });
    return {};
}

Result<void> star_take(Project& project, std::string_view shot_id, std::string_view take_id, bool starred)
{
    const auto index = find_shot(project, shot_id);
    if (!index) return no_shot(shot_id);
    if (!find_take(*project.shots[*index], take_id)) return no_take(take_id);
    project.shots[*index].update([&](Shot& shot) {
        for (Take& take : shot.takes)
            if (take.id == take_id) take.starred = starred;
    });
    return {};
}

Result<void> remove_take(Project& project, std::string_view shot_id, std::string_view take_id)
{
    const auto index = find_shot(project, shot_id);
    if (!index) return no_shot(shot_id);
    if (!find_take(*project.shots[*index], take_id)) return no_take(take_id);
    project.shots[*index].update([&](Shot& shot) {
        const ShotSource before = shot_source(shot);
        const bool was_selected = shot.selected_take == take_id;
        std::erase_if(shot.takes, [&](const Take& take) { return take.id == take_id; });
        if (!was_selected) return;
        shot.selected_take = shot.takes.empty() ? std::string() : shot.takes.back().id;
        shot.range = range_for_source(shot.range, before, shot_source(shot));
    });
    return {};
}

Result<void> set_prompt(Project& project, std::string_view shot_id, std::string prompt)
{
    return change_shot(project, shot_id, [&](Shot& shot) { shot.prompt = std::move(prompt); });
}

Result<void> set_negative_prompt(Project& project, std::string_view shot_id, std::string prompt)
{
    return change_shot(project, shot_id, [&](Shot& shot) { shot.negative_prompt = std::move(prompt); });
}

Result<void> rename_shot(Project& project, std::string_view shot_id, std::string name)
{
    return change_shot(project, shot_id, [&](Shot& shot) { shot.name = std::move(name); });
}

Result<void> set_settings(Project& project, std::string_view shot_id, ShotSettings settings)
{
    if (settings.frames && *settings.frames < 1)
        return make_error(ErrorKind::invalid_argument, "A shot needs at least one frame.");
    const auto index = find_shot(project, shot_id);
    if (index && project.shots[*index]->kind == ShotKind::gap)
        return make_error(ErrorKind::invalid_argument, "A gap has nothing to set; put a shot in its place.");
    return change_shot(project, shot_id, [&](Shot& shot) {
        const ShotSource before = shot_source(shot);
        shot.settings = std::move(settings);
        shot.range = range_for_source(shot.range, before, shot_source(shot));
    });
}

ShotSettings settings_of_take(const Shot& shot, const Take& take)
{
    ShotSettings settings = shot.settings;
    if (!take.recipe) return settings;
    const Recipe& recipe = *take.recipe;
    settings.model_id = recipe.model_id;
    settings.width = recipe.width;
    settings.height = recipe.height;
    settings.frames = sampled_frames(recipe);
    settings.rate = recipe.rate;
    settings.steps = recipe.steps;
    settings.guidance = recipe.guidance;
    settings.guidance_mode = recipe.guidance_mode;
    settings.shift = recipe.shift;
    if (!recipe.sampler.empty()) settings.sampler = recipe.sampler;
    settings.seed = recipe.seed;
    settings.seed_mode = SeedMode::locked;
    settings.loras = recipe.loras;
    settings.enhance = recipe.enhance;
    return settings;
}

void take_over_recipe(Shot& shot, const Recipe& recipe)
{
    const auto take =
        std::find_if(shot.takes.begin(), shot.takes.end(), [&](const Take& one) { return one.id == shot.selected_take; });
    if (take == shot.takes.end()) return;
    take->recipe = recipe;
    shot.kind = ShotKind::generated;
    shot.prompt = recipe.prompt;
    shot.negative_prompt = recipe.negative_prompt;
    shot.settings = settings_of_take(shot, *take);
}

}  // namespace kinora::core
