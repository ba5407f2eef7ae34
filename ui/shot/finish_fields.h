#pragma once

#include <QWidget>

#include "core/generation/enhancement.h"

namespace kinora::ui {

class FieldCombo;

/// What becomes of every new take when it is done: larger, with more frames a second, or neither.
class FinishFields : public QWidget {
    Q_OBJECT
public:
    explicit FinishFields(QWidget* parent = nullptr);

    /// Without a signal. What isn't among the offers (typed on the command line, say) is added to them.
    void set_enhancement(const core::Enhancement& enhancement);
    [[nodiscard]] core::Enhancement enhancement() const;
    /// Why a field can't be used; empty: it can.
    void set_missing(const QString& upscale, const QString& interpolate);

Q_SIGNALS:
    void edited();

private:
    core::Enhancement shown_;
    FieldCombo* size_;
    FieldCombo* rate_;
};

}  // namespace kinora::ui
