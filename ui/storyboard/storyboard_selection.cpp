#include "ui/storyboard/storyboard_selection.h"

namespace kinora::ui {

std::vector<std::string> StoryboardSelection::shots(const core::Project& project) const
{
    std::vector<std::string> found;
    if (ids_.empty()) return found;
    for (const auto& shot : project.shots) {
        if (ids_.contains(shot->id)) found.push_back(shot->id);
    }
    return found;
}

void StoryboardSelection::reset()
{
    ids_.clear();
    current_.clear();
    anchor_.clear();
}

void StoryboardSelection::choose_shot(const std::string& id)
{
    ids_.clear();
    if (!id.empty()) ids_.insert(id);
    current_ = id;
    anchor_ = id;
}

void StoryboardSelection::choose(const std::vector<std::string>& ids)
{
    ids_ = {ids.begin(), ids.end()};
}

void StoryboardSelection::toggle(const std::string& id)
{
    if (ids_.erase(id) == 0) ids_.insert(id);
}

void StoryboardSelection::keep(const std::function<bool(const std::string& id)>& exists)
{
    std::erase_if(ids_, [&](const std::string& id) { return !exists(id); });
    if (!current_.empty() && !exists(current_)) current_.clear();
    if (!anchor_.empty() && !exists(anchor_)) anchor_.clear();
}

}  // namespace kinora::ui
