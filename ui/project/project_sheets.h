#pragma once

#include <filesystem>

#include "core/project/project_store.h"
#include "ui/widgets/sheet.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace kinora::ui {

/// Name, size and rate of a new project; it goes below the artist's projects folder.
class NewProjectSheet : public Sheet {
    Q_OBJECT
public:
    explicit NewProjectSheet(QWidget* window);
    /// `parent` is where it will be made.
    void open_in(const std::filesystem::path& parent);
    [[nodiscard]] QLineEdit* name() const { return name_; }
    [[nodiscard]] QComboBox* size() const { return size_; }
    [[nodiscard]] QComboBox* rate() const { return rate_; }
    [[nodiscard]] QPushButton* make_button() const { return make_; }

Q_SIGNALS:
    void make_requested(const kinora::core::NewProject& options);

private:
    void show_state();
    std::filesystem::path parent_;
    QLineEdit* name_;
    QComboBox* size_;
    QComboBox* rate_;
    QLabel* place_;
    QPushButton* make_;
};

/// Name and place of a copy to go on in.
class SaveAsSheet : public Sheet {
    Q_OBJECT
public:
    explicit SaveAsSheet(QWidget* window);
    /// With a name and a folder to begin with.
    void open_with(const QString& name, const std::filesystem::path& parent);
    [[nodiscard]] QLineEdit* name() const { return name_; }
    [[nodiscard]] QLineEdit* place() const { return place_; }
    [[nodiscard]] QPushButton* save_button() const { return save_; }

Q_SIGNALS:
    /// `parent` is the folder that the copy's own will be in.
    void save_requested(const std::filesystem::path& parent, const QString& name);

private:
    void show_state();
    void save();
    void choose_place();
    QLineEdit* name_;
    QLineEdit* place_;
    QPushButton* browse_;
    QLabel* told_;
    QPushButton* save_;
};

}  // namespace kinora::ui
