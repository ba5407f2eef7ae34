#pragma once

#include <QWidget>

#include "core/generation/enhancement.h"

namespace kinora::ui {

class FieldCombo;

/// What becomes of every new take when it is done: larger, with more frames a second, or neither; and the networks that do
/// it, here and where a take is enlarged or interpolated by hand: Kinora's own, or the artist's files.
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
    /// Whatever was chosen in the list of networks: one that is known, or the wish for another file.
    void choose_network(FieldCombo& combo, std::string& network, const QString& title);

    core::Enhancement shown_;
    FieldCombo* size_;
    FieldCombo* rate_;
    FieldCombo* upscaler_;
    FieldCombo* interpolator_;
};

}  // namespace kinora::ui
