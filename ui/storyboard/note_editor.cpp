#include "ui/storyboard/note_editor.h"

#include <QKeyEvent>
#include <algorithm>

#include "core/storyboard/edits.h"
#include "ui/storyboard/storyboard_view.h"

namespace kinora::ui {

namespace {

const core::Marker* find_marker(const core::Project* project, const std::string& id)
{
    if (project == nullptr) return nullptr;
    const auto found = std::find_if(project->markers.begin(), project->markers.end(),
                                    [&](const core::Marker& marker) { return marker.id == id; });
    return found == project->markers.end() ? nullptr : &*found;
}

}  // namespace

NoteEditor::NoteEditor(StoryboardView& view) : QLineEdit(view.viewport()), view_(view)
{
    setObjectName(QStringLiteral("storyboard.note"));
    setAccessibleName(tr("Note of the marker"));
    setPlaceholderText(tr("Note"));
    setMaxLength(200);
    hide();
}

void NoteEditor::open_note(const std::string& marker_id)
{
    const core::Marker* marker = find_marker(view_.project(), marker_id);
    if (marker == nullptr) return;
    marker_ = marker_id;
    setText(QString::fromStdString(marker->note));
    selectAll();
    follow();
    show();
    setFocus(Qt::PopupFocusReason);
}

void NoteEditor::follow()
{
    const core::Marker* marker = find_marker(view_.project(), marker_);
    if (marker == nullptr) return hide();
    const double x = view_.geometry_now().x_of(static_cast<double>(marker->frame));
    const int room = std::max(view_.viewport()->width() - 200 - 8, 0);
    setGeometry(std::clamp(static_cast<int>(x) - 8, 0, room), static_cast<int>(StoryboardGeometry::k_ruler_height) + 4, 200,
                28);
}

void NoteEditor::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!enter && event->key() != Qt::Key_Escape) return QLineEdit::keyPressEvent(event);
    leave(enter);
    view_.setFocus(Qt::OtherFocusReason);
}

void NoteEditor::focusOutEvent(QFocusEvent* event)
{
    QLineEdit::focusOutEvent(event);
    // Its own menu takes the focus only for a while.
    if (event->reason() != Qt::PopupFocusReason) leave(true);
}

void NoteEditor::close_note()
{
    leave(true);
}

void NoteEditor::leave(bool keep)
{
    const core::Marker* marker = find_marker(view_.project(), marker_);
    const std::string id = std::exchange(marker_, {});
    hide();
    const std::string note = text().trimmed().toStdString();
    if (!keep || marker == nullptr || note == marker->note) return;
    view_.request(tr("Change marker"), [id, frame = marker->frame, note](core::Project& project) {
        return core::change_marker(project, id, frame, note);
    });
}

}  // namespace kinora::ui
