#pragma once

#include <QWidget>

#include "core/project/clean_up.h"

namespace kinora::ui {

/// The project's room on the disk as one bar, parted by what it is for, with a legend below.
class DiskBar : public QWidget {
    Q_OBJECT
public:
    explicit DiskBar(QWidget* parent = nullptr);
    void show_use(const core::DiskUse& use);
    [[nodiscard]] QSize sizeHint() const override { return {400, 76}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    core::DiskUse use_;
};

}  // namespace kinora::ui
