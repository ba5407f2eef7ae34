#pragma once

#include <QWidget>

#include "core/export/delivery.h"
#include "core/export/presets.h"

class QLabel;
class QLineEdit;

namespace kinora::ui {

class Field;
class FieldCombo;
class Stepper;

/// How something is exported, but for the preset: colours, quality, rate, timecode, loudness. Shows what the preset can do.
class ExportForm : public QWidget {
    Q_OBJECT
public:
    explicit ExportForm(QWidget* parent = nullptr);
    /// Fills the fields without a signal. `natural` is the rate that "as it is" means, `interpolates` whether the engine
    /// makes frames between frames.
    void show_delivery(const media::Delivery& delivery, core::FrameRate natural, bool sound, bool interpolates);
    [[nodiscard]] const media::Delivery& delivery() const { return delivery_; }

Q_SIGNALS:
    void changed();

private:
    void build();
    void connect_fields();
    void fill_rates();
    void read();
    void show_state();

    media::Delivery delivery_;
    core::FrameRate natural_{24};
    bool sound_ = false;
    bool interpolates_ = false;
    bool filling_ = false;
    FieldCombo* colour_ = nullptr;
    FieldCombo* rate_ = nullptr;
    FieldCombo* conform_ = nullptr;
    FieldCombo* loudness_ = nullptr;
    Stepper* quality_ = nullptr;
    QLineEdit* timecode_ = nullptr;
    Field* colour_field_ = nullptr;
    Field* quality_field_ = nullptr;
    Field* conform_field_ = nullptr;
    Field* loudness_field_ = nullptr;
    Field* timecode_field_ = nullptr;
    QLabel* problem_ = nullptr;
};

}  // namespace kinora::ui
