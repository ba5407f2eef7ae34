#pragma once

#include <QWidget>
#include <vector>

#include "core/generation/generator.h"
#include "core/project/project.h"

class QDoubleSpinBox;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace kinora::ui {

class FieldCombo;
class FinishFields;
class LoraList;
class Stepper;

/// Model, size, length, seed, takes, and behind a fold steps, guidance and its mode, shift, sampler and LoRAs. Shows the
/// model's own defaults where the shot says nothing, and keeps saying nothing while the artist leaves them.
class SettingsForm : public QWidget {
    Q_OBJECT
public:
    explicit SettingsForm(QWidget* parent = nullptr);
    void set_models(const std::vector<core::ModelCapabilities>& models);
    void set_settings(const core::ShotSettings& settings);
    [[nodiscard]] const core::ShotSettings& settings() const { return settings_; }
    /// The chosen model's capabilities; defaults if the model isn't known (yet).
    [[nodiscard]] core::ModelCapabilities model() const;

Q_SIGNALS:
    void settings_edited(const kinora::core::ShotSettings& settings);

private:
    void build_basics();
    void build_details();
    void connect_controls();
    void show_settings();
    void fill_lengths(const core::ModelCapabilities& model, int frames);
    void fill_sizes(const core::ModelCapabilities& model, int width, int height);
    void commit();
    /// What the shown mode uses with the model if nothing else is asked for.
    [[nodiscard]] float usual_guidance(const core::ModelCapabilities& model) const;
    void roll_seed();
    void toggle_details();
    void bring_details();

    core::ShotSettings settings_;
    std::vector<core::ModelCapabilities> models_;
    bool showing_ = false;
    FieldCombo* model_;
    FieldCombo* size_;
    FieldCombo* length_;
    QLineEdit* seed_;
    QToolButton* lock_;
    QToolButton* roll_;
    Stepper* takes_;
    QPushButton* fold_;
    QWidget* details_;
    QSpinBox* steps_;
    QDoubleSpinBox* guidance_;
    QDoubleSpinBox* shift_;
    FieldCombo* mode_;
    FinishFields* finish_;
    LoraList* loras_;
    FieldCombo* sampler_;
};

/// Sizes to offer for a model: its own, upright, square, all multiples of what it can take, with about the same area.
[[nodiscard]] std::vector<std::pair<int, int>> offered_sizes(const core::ModelCapabilities& model);

}  // namespace kinora::ui
