#include "ui/theme/system_theme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QFile>

namespace kinora::ui {
namespace {

// https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
const QString k_service = QStringLiteral("org.freedesktop.portal.Desktop");
const QString k_path = QStringLiteral("/org/freedesktop/portal/desktop");
const QString k_interface = QStringLiteral("org.freedesktop.portal.Settings");
const QString k_space = QStringLiteral("org.freedesktop.appearance");
const QString k_key = QStringLiteral("color-scheme");
constexpr uint k_prefers_light = 2;

/// Without a bus the library would try to start one, and that takes its time.
bool has_bus()
{
    return !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS") ||
           QFile::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
}

}  // namespace

SystemTheme::SystemTheme(QObject* parent) : QObject(parent)
{
    if (!has_bus()) return;
    auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) return;
    bus.connect(k_service, k_path, k_interface, QStringLiteral("SettingChanged"), this,
                SLOT(setting_changed(QString, QString, QDBusVariant)));
    auto question = QDBusMessage::createMethodCall(k_service, k_path, k_interface, QStringLiteral("Read"));
    question << k_space << k_key;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(question, 2000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<QDBusVariant> reply = *done;
        done->deleteLater();
        if (reply.isError()) return;
        QVariant value = reply.value().variant();
        // "Read" wraps the value twice.
        if (value.canConvert<QDBusVariant>()) value = value.value<QDBusVariant>().variant();
        take(value.toUInt());
    });
}

void SystemTheme::setting_changed(const QString& space, const QString& key, const QDBusVariant& value)
{
    if (space == k_space && key == k_key) take(value.variant().toUInt());
}

void SystemTheme::take(uint preference)
{
    const ThemeKind wanted = preference == k_prefers_light ? ThemeKind::light : ThemeKind::dark;
    if (wanted == now_) return;
    now_ = wanted;
    Q_EMIT changed();
}

}  // namespace kinora::ui
