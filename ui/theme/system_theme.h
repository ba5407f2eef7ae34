#pragma once

#include <QObject>

#include "ui/theme/roles.h"

class QDBusVariant;

namespace kinora::ui {

/// Whether the desktop wants dark or light windows, asked of its settings portal without waiting for the answer. Dark until
/// it is known, and where there is no portal.
class SystemTheme : public QObject {
    Q_OBJECT
public:
    explicit SystemTheme(QObject* parent = nullptr);
    [[nodiscard]] ThemeKind now() const { return now_; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void setting_changed(const QString& space, const QString& key, const QDBusVariant& value);

private:
    void take(uint preference);
    ThemeKind now_ = ThemeKind::dark;
};

}  // namespace kinora::ui
