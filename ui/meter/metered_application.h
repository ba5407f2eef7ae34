#pragma once

#include <QApplication>

#include "ui/meter/stall_meter.h"

namespace kinora::ui {

/// The application with a meter on its event loop.
class MeteredApplication : public QApplication {
    Q_OBJECT
public:
    MeteredApplication(int& argc, char** argv);
    ~MeteredApplication() override;

    [[nodiscard]] StallMeter& stall_meter() { return meter_; }
    /// The meter of the running application; null if that has none.
    [[nodiscard]] static StallMeter* running_meter();

    bool notify(QObject* receiver, QEvent* event) override;

private:
    StallMeter meter_;
    Qt::HANDLE thread_;
};

}  // namespace kinora::ui
