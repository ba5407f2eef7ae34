#pragma once

#include <QWidget>
#include <string>

#include "core/runtime/gpu_build.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace kinora::ui {

class RuntimeDesk;

/// A build for graphics cards: how large it is, whether it fits and why, and the way to get it, stop, choose and remove it.
class RuntimeRow : public QWidget {
    Q_OBJECT
public:
    RuntimeRow(RuntimeDesk& desk, core::GpuBuild build, QWidget* parent = nullptr);
    [[nodiscard]] const std::string& id() const { return build_.id; }
    /// Install, stop, go on or use; what is next.
    [[nodiscard]] QPushButton* action() const { return action_; }
    [[nodiscard]] QPushButton* remover() const { return remove_; }
    [[nodiscard]] QLabel* status() const { return status_; }
    [[nodiscard]] QProgressBar* bar() const { return bar_; }
    void show_state();
    void show_progress();

private:
    enum class Next { none, install, stop, use, rest };
    void act();
    RuntimeDesk& desk_;
    core::GpuBuild build_;
    Next next_ = Next::none;
    QLabel* status_;
    QProgressBar* bar_;
    QPushButton* action_;
    QPushButton* remove_;
};

}  // namespace kinora::ui
