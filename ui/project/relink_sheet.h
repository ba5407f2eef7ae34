#pragma once

#include "ui/widgets/sheet.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace kinora::ui {

class FileList;
class MediaFinder;

/// Lists what is missing, looks through a folder for all of it at once, or takes one file by hand, shows what was found
/// where, and puts it in place.
class RelinkSheet : public Sheet {
    Q_OBJECT
public:
    RelinkSheet(MediaFinder& finder, QWidget* window);
    [[nodiscard]] FileList* list() const { return list_; }
    [[nodiscard]] QPushButton* search_button() const { return search_; }
    [[nodiscard]] QPushButton* choose_button() const { return choose_; }
    [[nodiscard]] QPushButton* relink_button() const { return relink_; }
    [[nodiscard]] QLabel* told() const { return told_; }

private:
    void show_state();
    void choose_folder();
    void choose_file();
    MediaFinder& finder_;
    FileList* list_;
    QLabel* told_;
    QProgressBar* progress_;
    QPushButton* search_;
    QPushButton* choose_;
    QPushButton* relink_;
};

}  // namespace kinora::ui
