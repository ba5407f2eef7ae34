#pragma once

#include <QLineEdit>
#include <string>

namespace kinora::ui {

class StoryboardView;

/// The field for a marker's note, beside the marker. Enter or a click elsewhere keeps what was typed, Esc gives it up.
class NoteEditor : public QLineEdit {
    Q_OBJECT

public:
    explicit NoteEditor(StoryboardView& view);

    void open_note(const std::string& marker_id);
    /// Keeps what was typed.
    void close_note();
    /// After the storyboard was scrolled.
    void follow();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void leave(bool keep);

    StoryboardView& view_;
    std::string marker_;
};

}  // namespace kinora::ui
