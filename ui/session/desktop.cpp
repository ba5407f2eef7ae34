#include "ui/session/desktop.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusUnixFileDescriptor>
#include <QObject>
#include <QVariantMap>
#include <optional>

namespace kinora::ui {
namespace {

constexpr const char* k_screen_saver = "org.freedesktop.ScreenSaver";
constexpr const char* k_notifications = "org.freedesktop.Notifications";
constexpr const char* k_login = "org.freedesktop.login1";

/// Buses may be reached over the network; the studio doesn't.
bool is_local(const char* variable, bool usual)
{
    const QByteArray address = qgetenv(variable);
    return address.isEmpty() ? usual : address.startsWith("unix:");
}

class BusDesktop final : public Desktop {
public:
    void keep_awake(const QString& reason) override
    {
        wanted_ = true;
        if (is_local("DBUS_SESSION_BUS_ADDRESS", true)) inhibit_screen_saver(reason);
        if (is_local("DBUS_SYSTEM_BUS_ADDRESS", true)) inhibit_login(reason);
    }

    void let_sleep() override
    {
        wanted_ = false;
        if (cookie_) release_screen_saver(*cookie_);
        cookie_.reset();
        lock_ = QDBusUnixFileDescriptor();  // closing it lets the machine sleep
    }

    void notify(const QString& title, const QString& text) override
    {
        if (!is_local("DBUS_SESSION_BUS_ADDRESS", true)) return;
        auto call = QDBusMessage::createMethodCall(QString::fromLatin1(k_notifications),
                                                   QStringLiteral("/org/freedesktop/Notifications"),
                                                   QString::fromLatin1(k_notifications), QStringLiteral("Notify"));
        call << QStringLiteral("Kinora") << uint(0) << QStringLiteral("kinora") << title << text << QStringList()
             << QVariantMap() << int(-1);
        QDBusConnection::sessionBus().asyncCall(call);
    }

private:
    static QDBusMessage screen_saver(const char* method)
    {
        return QDBusMessage::createMethodCall(QString::fromLatin1(k_screen_saver), QStringLiteral("/ScreenSaver"),
                                              QString::fromLatin1(k_screen_saver), QString::fromLatin1(method));
    }

    void inhibit_screen_saver(const QString& reason)
    {
        auto call = screen_saver("Inhibit");
        call << QStringLiteral("Kinora") << reason;
        watch(QDBusConnection::sessionBus().asyncCall(call), [this](const QDBusPendingCall& answer) {
            const QDBusPendingReply<uint> cookie(answer);
            if (cookie.isError()) return;
            // The job may be over by the time the desktop answers.
            if (wanted_)
                cookie_ = cookie.value();
            else
                release_screen_saver(cookie.value());
        });
    }

    static void release_screen_saver(uint cookie)
    {
        auto call = screen_saver("UnInhibit");
        call << cookie;
        QDBusConnection::sessionBus().asyncCall(call);
    }

    void inhibit_login(const QString& reason)
    {
        auto call =
            QDBusMessage::createMethodCall(QString::fromLatin1(k_login), QStringLiteral("/org/freedesktop/login1"),
                                           QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("Inhibit"));
        call << QStringLiteral("sleep:idle") << QStringLiteral("Kinora") << reason << QStringLiteral("block");
        watch(QDBusConnection::systemBus().asyncCall(call), [this](const QDBusPendingCall& answer) {
            const QDBusPendingReply<QDBusUnixFileDescriptor> lock(answer);
            if (!lock.isError() && wanted_) lock_ = lock.value();
        });
    }

    template <typename Then>
    void watch(const QDBusPendingCall& call, Then then)
    {
        auto* watcher = new QDBusPendingCallWatcher(call, &answers_);
        QObject::connect(watcher, &QDBusPendingCallWatcher::finished, &answers_, [then, watcher] {
            then(*watcher);
            watcher->deleteLater();
        });
    }

    bool wanted_ = false;
    std::optional<uint> cookie_;
    QDBusUnixFileDescriptor lock_;
    QObject answers_;  ///< last: no answer arrives at members that are gone
};

}  // namespace

std::shared_ptr<Desktop> make_desktop()
{
    return std::make_shared<BusDesktop>();
}

}  // namespace kinora::ui
