#pragma once

#include <QFrame>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/export/own_presets.h"
#include "core/project/project.h"
#include "ui/session/background.h"
#include "ui/session/export_maker.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace kinora::ui {

class ExportForm;
class FieldCombo;
class Field;
class Stepper;
class SuiteSection;

/// All choices of an export, below the arrow of the Export button: what, as what, how, with which metadata. Each preset says
/// in a sentence what it is good for; how large the file becomes is estimated at once and then measured by encoding a few
/// pictures on another thread.
class ExportPopover : public QFrame {
    Q_OBJECT
public:
    explicit ExportPopover(QWidget* parent = nullptr);
    ~ExportPopover() override;

    /// What there is to export: the project as it is now, the current shot and those chosen on the storyboard.
    void set_subject(const core::Project& project, const std::string& shot, const std::vector<std::string>& chosen,
                     const std::filesystem::path& folder);
    void set_choice(const ExportChoice& choice);
    /// Where the artist's own presets are kept; the configuration's folder unless told.
    void set_presets_folder(const std::filesystem::path& folder);
    /// Whether the engine makes frames between frames.
    void set_interpolates(bool interpolates) { interpolates_ = interpolates; }
    void open_below(QWidget* anchor);
    [[nodiscard]] const ExportChoice& choice() const { return choice_; }
    [[nodiscard]] QListWidget* preset_list() const { return list_; }
    [[nodiscard]] ExportForm* form() const { return form_; }
    [[nodiscard]] SuiteSection* suites() const { return suites_; }
    /// What the last line says.
    [[nodiscard]] QString estimate_text() const;

Q_SIGNALS:
    void choice_changed(const kinora::ui::ExportChoice& choice);
    void export_requested();

private:
    void build_what(QVBoxLayout* column);
    void build_how(QVBoxLayout* column);
    void build_end(QVBoxLayout* column);
    void connect_parts();
    void fill_list();
    void preset_picked();
    void changed();
    void show_choice();
    void show_extent();
    void measure();
    void show_estimate(std::int64_t bytes, bool measured);
    void show_room();
    void save_preset();
    void import_preset();
    void say(const QString& sentence);

    ExportChoice choice_;
    core::Project project_;
    std::string shot_;
    std::vector<std::string> chosen_;
    std::filesystem::path folder_;
    std::filesystem::path presets_folder_;
    std::vector<media::OwnPreset> own_;
    bool interpolates_ = false;
    bool filling_ = false;
    std::stop_source measuring_;
    unsigned question_ = 0;
    FieldCombo* scope_ = nullptr;
    QCheckBox* each_ = nullptr;
    Stepper* handles_ = nullptr;
    Field* handles_field_ = nullptr;
    QLineEdit* pattern_ = nullptr;
    Field* pattern_field_ = nullptr;
    QListWidget* list_ = nullptr;
    QLabel* about_ = nullptr;
    ExportForm* form_ = nullptr;
    QCheckBox* recipe_ = nullptr;
    QCheckBox* sidecar_ = nullptr;
    Stepper* room_ = nullptr;
    QLabel* room_used_ = nullptr;
    QPushButton* save_ = nullptr;
    QPushButton* import_ = nullptr;
    QPushButton* share_ = nullptr;
    QLineEdit* preset_name_ = nullptr;
    QLabel* estimate_ = nullptr;
    QPushButton* go_ = nullptr;
    SuiteSection* suites_ = nullptr;
    Background background_;  ///< the last: it ends first
};

}  // namespace kinora::ui
