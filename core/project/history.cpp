#include "core/project/history.h"

#include <algorithm>
#include <unordered_map>

namespace kinora::core {
namespace {

History::Time now()
{
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

/// Changes the value of an id in every version's list. The same object stays the same object in all versions, and a value is
/// mostly where it was one version before.
template <typename Value, typename Versions, typename List>
bool update_everywhere(Versions& versions, std::string_view id, const std::function<void(Value&)>& change, List list_of)
{
    std::unordered_map<const Value*, SharedValue<Value>> changed;
    std::vector<SharedValue<Value>> kept_alive;
    std::size_t hint = 0;
    for (auto& version : versions) {
        std::vector<SharedValue<Value>>& list = list_of(version);
        if (hint >= list.size() || list[hint]->id != id) {
            const auto found =
                std::find_if(list.begin(), list.end(), [&](const SharedValue<Value>& value) { return value->id == id; });
            if (found == list.end()) continue;
            hint = static_cast<std::size_t>(found - list.begin());
        }
        SharedValue<Value>& value = list[hint];
        const auto known = changed.find(value.identity());
        if (known != changed.end()) {
            value = known->second;
            continue;
        }
        kept_alive.push_back(value);
        value.update(change);
        changed.emplace(kept_alive.back().identity(), value);
    }
    return !changed.empty();
}

}  // namespace

History::History(Project start, std::size_t limit) : limit_(std::max<std::size_t>(limit, 1))
{
    versions_.push_back({{}, std::move(start), now()});
}

void History::push(std::string name, const Project& next)
{
    versions_.resize(position_ + 1);
    versions_.push_back({std::move(name), next, now()});
    if (versions_.size() > limit_ + 1) versions_.erase(versions_.begin());
    position_ = versions_.size() - 1;
}

void History::replace_current(const Project& next)
{
    versions_[position_].project = next;
    versions_[position_].time = now();
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

void History::for_each_version(const std::function<void(const Project&)>& visit) const
{
    for (const Version& version : versions_)
        visit(version.project);
}

bool History::update_shot(std::string_view shot_id, const std::function<void(Shot&)>& change)
{
    return update_everywhere<Shot>(
        versions_, shot_id, change, [](Version & version) -> auto& { return version.project.shots; });
}

bool History::update_asset(std::string_view asset_id, const std::function<void(Asset&)>& change)
{
    return update_everywhere<Asset>(
        versions_, asset_id, change, [](Version & version) -> auto& { return version.project.assets; });
}

void History::update_all(const std::function<void(Project&)>& change)
{
    for (Version& version : versions_)
        change(version.project);
}

}  // namespace kinora::core
