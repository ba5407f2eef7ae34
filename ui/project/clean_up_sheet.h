#pragma once

#include <map>
#include <set>

#include "core/project/clean_up.h"
#include "ui/widgets/sheet.h"

class QCheckBox;
class QLabel;
class QPushButton;

namespace kinora::ui {

class DiskBar;
class DiskCleaner;
class FileList;

/// How much room the project takes, what could go, and how much that frees; nothing goes before the button is pressed, and
/// starred and selected takes never do.
class CleanUpSheet : public Sheet {
    Q_OBJECT
public:
    CleanUpSheet(DiskCleaner& cleaner, QWidget* window);
    [[nodiscard]] QCheckBox* box(core::CleanUpKind kind) const { return boxes_.at(kind); }
    [[nodiscard]] FileList* list() const { return list_; }
    [[nodiscard]] QPushButton* remove_button() const { return remove_; }
    /// Nothing can be removed from a project that can't be written; says why.
    void set_read_only(const QString& reason);

private:
    [[nodiscard]] std::set<core::CleanUpKind> kinds() const;
    void show_state();
    DiskCleaner& cleaner_;
    QLabel* total_;
    DiskBar* bar_;
    std::map<core::CleanUpKind, QCheckBox*> boxes_;
    FileList* list_;
    QLabel* told_;
    QPushButton* remove_;
    QString read_only_;
};

}  // namespace kinora::ui
