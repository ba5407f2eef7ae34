#pragma once

#include <QVector>

#include "ui/widgets/sheet.h"

class QListWidget;
class QPushButton;

namespace kinora::ui {

/// What Kinora is, in which version, under which licences it and its parts stand; where the local log lies, and the
/// diagnostics for whoever asks for help.
class AboutSheet : public Sheet {
    Q_OBJECT
public:
    explicit AboutSheet(QWidget* window);

    [[nodiscard]] QListWidget* list() const { return list_; }
    [[nodiscard]] QPushButton* diagnostics_button() const { return diagnostics_; }
    [[nodiscard]] QPushButton* log_button() const { return log_; }

Q_SIGNALS:
    void diagnostics_requested();
    void log_requested();

private:
    QListWidget* list_;
    QPushButton* diagnostics_;
    QPushButton* log_;
};

}  // namespace kinora::ui
