#pragma once

#include <QFrame>

#include "ui/session/export_maker.h"

class QButtonGroup;
class QCheckBox;
class QLabel;
class QPushButton;

namespace kinora::ui {

/// All choices of an export, below the arrow of the Export button: what, as what, with which metadata. Each preset says in a
/// sentence what it is good for, and about how large the file becomes.
class ExportPopover : public QFrame {
    Q_OBJECT
public:
    explicit ExportPopover(QWidget* parent = nullptr);
    void set_choice(const ExportChoice& choice);
    /// Sizes and lengths of the two scopes, for the estimate; 0 frames: there is nothing to export in that scope.
    void set_extent(QSize shot_size, int shot_frames, QSize storyboard_size, int storyboard_frames);
    void open_below(QWidget* anchor);
    [[nodiscard]] ExportChoice choice() const;

Q_SIGNALS:
    void choice_changed(const kinora::ui::ExportChoice& choice);
    void export_requested();

private:
    void update_estimate();
    QButtonGroup* scope_;
    QButtonGroup* preset_;
    QCheckBox* recipe_;
    QLabel* estimate_;
    QPushButton* go_;
    QSize sizes_[2];
    int frames_[2] = {0, 0};
    bool setting_ = false;
};

}  // namespace kinora::ui
