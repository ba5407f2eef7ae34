#include "core/project/document.h"

#include <algorithm>
#include <unordered_map>

namespace kinora::core {
namespace {

bool same_order(const Project& a, const Project& b)
{
    return std::equal(
        a.shots.begin(), a.shots.end(), b.shots.begin(), b.shots.end(),
        [](const SharedValue<Shot>& x, const SharedValue<Shot>& y) { return x.same_object(y) || x->id == y->id; });
}

void compare_reordered(const Project& before, const Project& after, std::vector<std::string>& changed)
{
    std::unordered_map<std::string_view, const SharedValue<Shot>*> old;
    for (const SharedValue<Shot>& shot : before.shots)
        old.emplace(shot->id, &shot);
    for (const SharedValue<Shot>& shot : after.shots) {
        const auto found = old.find(shot->id);
        if (found == old.end() || !(*found->second == shot)) changed.push_back(shot->id);
    }
}

}  // namespace

ChangeEvent difference(const Project& before, const Project& after)
{
    ChangeEvent event;
    event.order = !same_order(before, after);
    if (event.order) {
        compare_reordered(before, after, event.shots);
    } else {
        for (std::size_t i = 0; i < after.shots.size(); ++i)
            if (!(before.shots[i] == after.shots[i])) event.shots.push_back(after.shots[i]->id);
    }
    event.sound = before.sound_tracks != after.sound_tracks;
    event.assets = before.assets != after.assets;
    event.markers = before.markers != after.markers;
    event.settings = before.settings != after.settings || before.name != after.name || before.rate != after.rate ||
                     before.width != after.width || before.height != after.height;
    return event;
}

Document::Document(Project project) : project_(std::move(project)), history_(project_) {}

Result<void> Document::edit(std::string name, const Edit& edit, std::string_view merge_key)
{
    if (in_gesture_) end_gesture();
    Project next = project_;
    if (auto done = edit(next); !done) return done;
    if (next == project_) return {};
    const bool merges = !merge_key.empty() && merge_key == merge_key_ && history_.can_undo() && !history_.can_redo();
    merge_key_ = merge_key;
    if (merges)
        history_.replace_current(next);
    else
        history_.push(std::move(name), next);
    commit(std::move(next));
    return {};
}

void Document::end_merging()
{
    merge_key_.clear();
}

void Document::begin_gesture(std::string name)
{
    if (in_gesture_) end_gesture();
    in_gesture_ = true;
    gesture_name_ = std::move(name);
    gesture_start_ = project_;
    merge_key_.clear();
}

Result<void> Document::update_gesture(const Edit& edit)
{
    if (!in_gesture_) return make_error(ErrorKind::internal, "No drag is going on.");
    Project next = gesture_start_;
    if (auto done = edit(next); !done) return done;
    if (!(next == project_)) commit(std::move(next));
    return {};
}

void Document::end_gesture()
{
    if (!in_gesture_) return;
    in_gesture_ = false;
    if (!(project_ == gesture_start_)) history_.push(std::move(gesture_name_), project_);
    gesture_start_ = {};
}

void Document::cancel_gesture()
{
    if (!in_gesture_) return;
    in_gesture_ = false;
    Project start = std::move(gesture_start_);
    gesture_start_ = {};
    if (!(start == project_)) commit(std::move(start));
}

bool Document::undo()
{
    return history_.can_undo() && go_to(history_.position() - 1);
}

bool Document::redo()
{
    return history_.can_redo() && go_to(history_.position() + 1);
}

bool Document::go_to(std::size_t position)
{
    if (in_gesture_ || position > history_.size()) return false;
    merge_key_.clear();
    if (position != history_.position()) commit(history_.go_to(position));
    return true;
}

bool Document::update_shot_everywhere(std::string_view shot_id, const std::function<void(Shot&)>& change)
{
    // During a drag the document and the drag's start aren't versions of the history yet.
    bool found = history_.update_shot(shot_id, change);
    if (!in_gesture_) {
        if (found) commit(history_.current());
        return found;
    }
    if (const auto index = find_shot(gesture_start_, shot_id)) gesture_start_.shots[*index].update(change);
    if (const auto index = find_shot(project_, shot_id)) {
        Project next = project_;
        next.shots[*index].update(change);
        commit(std::move(next));
        found = true;
    }
    return found;
}

bool Document::update_asset_everywhere(std::string_view asset_id, const std::function<void(Asset&)>& change)
{
    const auto update = [&](Project& project) {
        for (SharedValue<Asset>& asset : project.assets) {
            if (asset->id != asset_id) continue;
            asset.update(change);
            return true;
        }
        return false;
    };
    bool found = history_.update_asset(asset_id, change);
    if (!in_gesture_) {
        if (found) commit(history_.current());
        return found;
    }
    update(gesture_start_);
    Project next = project_;
    if (update(next)) {
        commit(std::move(next));
        found = true;
    }
    return found;
}

void Document::become(const std::string& id, const std::string& name)
{
    if (in_gesture_) end_gesture();
    merge_key_.clear();
    history_.update_all([&](Project& project) {
        project.id = id;
        project.name = name;
    });
    commit(history_.current());
}

void Document::load(Project project)
{
    in_gesture_ = false;
    merge_key_.clear();
    project_ = std::move(project);
    history_ = History(project_);
    ++revision_;
    ChangeEvent event;
    event.order = event.sound = event.assets = event.markers = event.settings = event.everything = true;
    notify(event);
}

int Document::add_listener(Listener listener)
{
    listeners_.emplace_back(next_handle_, std::move(listener));
    return next_handle_++;
}

void Document::remove_listener(int handle)
{
    std::erase_if(listeners_, [&](const auto& listener) { return listener.first == handle; });
}

void Document::commit(Project next)
{
    const ChangeEvent event = difference(project_, next);
    project_ = std::move(next);
    ++revision_;
    notify(event);
}

void Document::notify(const ChangeEvent& event)
{
    // A listener may add or remove listeners.
    const auto listeners = listeners_;
    for (const auto& [handle, listener] : listeners)
        listener(event);
}

}  // namespace kinora::core
