#pragma once

#include <QWidget>
#include <string>

#include "ui/models/model_shelf.h"

class QAction;
class QProgressBar;
class QPushButton;

namespace kinora::ui {

/// A model that is on this machine: what it is, what it lacks, under which licence, trained on what, and what can be done
/// with it.
class InstalledRow : public QWidget {
    Q_OBJECT
public:
    explicit InstalledRow(const InstalledModel& model, QWidget* parent = nullptr);
    [[nodiscard]] const std::string& model_id() const { return id_; }
    /// Whether the shot on the left is made with it.
    void set_in_use(bool in_use);
    /// 0…1 while its files are checked, below 0 otherwise.
    void set_checking(double fraction);

Q_SIGNALS:
    void use_requested();
    void check_requested();
    void stop_requested();
    void remove_requested();
    void reveal_requested();

private:
    std::string id_;
    QPushButton* use_;
    QPushButton* stop_;
    QProgressBar* progress_;
    QAction* check_ = nullptr;
    bool usable_;
};

}  // namespace kinora::ui
