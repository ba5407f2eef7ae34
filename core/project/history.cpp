#include "core/project/history.h"

#include <algorithm>
#include <unordered_map>

namespace kinora::core {

History::History(Project start, std::size_t limit) : limit_(std::max<std::size_t>(limit, 1))
{
    versions_.push_back({{}, std::move(start)});
}

void History::push(std::string name, const Project& next)
{
    versions_.resize(position_ + 1);
    versions_.push_back({std::move(name), next});
    if (versions_.size() > limit_ + 1) versions_.erase(versions_.begin());
    position_ = versions_.size() - 1;
}

void History::replace_current(const Project& next)
{
    versions_[position_].project = next;
}

std::string_view History::undo_name() const
{
    return can_undo() ? std::string_view(versions_[position_].name) : std::string_view();
}

std::string_view History::redo_name() const
{
    return can_redo() ? std::string_view(versions_[position_ + 1].name) : std::string_view();
}

const Project& History::go_to(std::size_t position)
{
    position_ = std::min(position, versions_.size() - 1);
    return versions_[position_].project;
}

bool History::update_shot(std::string_view shot_id, const std::function<void(Shot&)>& change)
{
    // The same object stays the same object in all versions, and a shot is mostly where it was one version before.
    std::unordered_map<const Shot*, SharedValue<Shot>> changed;
    std::vector<SharedValue<Shot>> kept_alive;
    std::size_t hint = 0;
    for (Version& version : versions_) {
        std::vector<SharedValue<Shot>>& shots = version.project.shots;
        if (hint >= shots.size() || shots[hint]->id != shot_id) {
            const auto index = find_shot(version.project, shot_id);
            if (!index) continue;
            hint = *index;
        }
        SharedValue<Shot>& shot = shots[hint];
        const auto known = changed.find(shot.identity());
        if (known != changed.end()) {
            shot = known->second;
            continue;
        }
        kept_alive.push_back(shot);
        shot.update(change);
        changed.emplace(kept_alive.back().identity(), shot);
    }
    return !changed.empty();
}

}  // namespace kinora::core
