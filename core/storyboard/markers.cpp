#include <algorithm>

#include "core/base/ids.h"
#include "core/storyboard/edits.h"

namespace kinora::core {
namespace {

Error no_marker(std::string_view id)
{
    return make_error(ErrorKind::not_found, "There is no marker " + std::string(id) + " in the project.");
}

auto find_marker(Project& project, std::string_view id)
{
    return std::find_if(project.markers.begin(), project.markers.end(),
                        [&](const Marker& marker) { return marker.id == id; });
}

void insert_in_order(std::vector<Marker>& markers, Marker marker)
{
    const auto later = std::upper_bound(markers.begin(), markers.end(), marker.frame,
                                        [](std::int64_t frame, const Marker& other) { return frame < other.frame; });
    markers.insert(later, std::move(marker));
}

}  // namespace

Result<std::string> add_marker(Project& project, std::int64_t frame, std::string note)
{
    if (frame < 0) return make_error(ErrorKind::invalid_argument, "A marker can't lie before the start.");
    Marker marker;
    marker.id = make_id();
    marker.frame = frame;
    marker.note = std::move(note);
    const std::string id = marker.id;
    insert_in_order(project.markers, std::move(marker));
    return id;
}

Result<void> change_marker(Project& project, std::string_view id, std::int64_t frame, std::string note)
{
    if (frame < 0) return make_error(ErrorKind::invalid_argument, "A marker can't lie before the start.");
    const auto found = find_marker(project, id);
    if (found == project.markers.end()) return no_marker(id);
    Marker marker = std::move(*found);
    project.markers.erase(found);
    marker.frame = frame;
    marker.note = std::move(note);
    insert_in_order(project.markers, std::move(marker));
    return {};
}

Result<void> remove_marker(Project& project, std::string_view id)
{
    const auto found = find_marker(project, id);
    if (found == project.markers.end()) return no_marker(id);
    project.markers.erase(found);
    return {};
}

}  // namespace kinora::core
