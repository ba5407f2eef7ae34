#pragma once

#include "ui/widgets/sheet.h"

class QLabel;
class QPushButton;

namespace kinora::ui {

class FileList;
class ProjectRescuer;

/// Takes that are on disk and in no shot: rendered before a crash, or removed from their list. They go back at a press.
class LostTakesSheet : public Sheet {
    Q_OBJECT
public:
    LostTakesSheet(ProjectRescuer& rescuer, QWidget* window);
    [[nodiscard]] FileList* list() const { return list_; }
    [[nodiscard]] QPushButton* all_button() const { return all_; }

private:
    void show_state();
    void bring_back(bool all);
    ProjectRescuer& rescuer_;
    QLabel* told_;
    FileList* list_;
    QPushButton* one_;
    QPushButton* all_;
};

/// The project as it was saved before, newest first. Going back is a step like any other and can be undone.
class BackupsSheet : public Sheet {
    Q_OBJECT
public:
    BackupsSheet(ProjectRescuer& rescuer, QWidget* window);
    [[nodiscard]] FileList* list() const { return list_; }
    [[nodiscard]] QPushButton* restore_button() const { return restore_; }

private:
    void show_state();
    void restore();
    ProjectRescuer& rescuer_;
    QLabel* told_;
    FileList* list_;
    QPushButton* restore_;
};

}  // namespace kinora::ui
