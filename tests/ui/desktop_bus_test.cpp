// The desktop behind a session bus of this test's own: run by "dbus-run-session".
#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusVirtualObject>
#include <catch2/catch.hpp>

#include "tests/ui/studio_fixture.h"
#include "ui/session/desktop.h"

using namespace kinora;
using kinora::tests::Studio;

namespace {

/// Screen saver and notifications of a desktop, as far as the studio asks them.
class FakeDesktop final : public QDBusVirtualObject {
public:
    [[nodiscard]] QString introspect(const QString&) const override { return {}; }
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& connection) override
    {
        calls.append(message.member());
        arguments = message.arguments();
        if (message.member() == QStringLiteral("UnInhibit")) return connection.send(message.createReply());
        return connection.send(message.createReply(QVariant::fromValue(uint(41))));
    }
    QStringList calls;
    QVariantList arguments;
};

}  // namespace

TEST_CASE("the screen saver is held off and let go, and a notification arrives", "[dbus][.]")
{
    auto bus = QDBusConnection::sessionBus();
    REQUIRE(bus.isConnected());
    FakeDesktop fake;
    for (const char* path : {"/ScreenSaver", "/org/freedesktop/Notifications"})
        REQUIRE(bus.registerVirtualObject(QString::fromLatin1(path), &fake));
    REQUIRE(bus.registerService(QStringLiteral("org.freedesktop.ScreenSaver")));
    REQUIRE(bus.registerService(QStringLiteral("org.freedesktop.Notifications")));
    const auto desktop = ui::make_desktop();
    REQUIRE(fake.calls.isEmpty());
    desktop->keep_awake(QStringLiteral("Kinora makes a clip"));
    Studio::wait_for([&] { return fake.calls.contains(QStringLiteral("Inhibit")); }, "the inhibition");
    REQUIRE(fake.arguments.value(0).toString() == QStringLiteral("Kinora"));
    REQUIRE(fake.arguments.value(1).toString() == QStringLiteral("Kinora makes a clip"));
    for (int answer = 0; answer < 20; ++answer)
        QTest::qWait(5);
    desktop->let_sleep();
    Studio::wait_for([&] { return fake.calls.contains(QStringLiteral("UnInhibit")); }, "its end");
    REQUIRE(fake.arguments.value(0).toUInt() == 41);
    desktop->notify(QStringLiteral("Done"), QStringLiteral("Shot 1"));
    Studio::wait_for([&] { return fake.calls.contains(QStringLiteral("Notify")); }, "the notification");
    REQUIRE(fake.arguments.value(3).toString() == QStringLiteral("Done"));
    REQUIRE(fake.arguments.value(4).toString() == QStringLiteral("Shot 1"));
}

TEST_CASE("a bus that is reached over the network is left alone", "[dbus][.]")
{
    const QByteArray real = qgetenv("DBUS_SESSION_BUS_ADDRESS");
    qputenv("DBUS_SESSION_BUS_ADDRESS", "tcp:host=localhost,port=1");
    auto bus = QDBusConnection::sessionBus();
    FakeDesktop fake;
    REQUIRE(bus.registerVirtualObject(QStringLiteral("/org/freedesktop/Notifications"), &fake));
    const auto desktop = ui::make_desktop();
    desktop->keep_awake(QStringLiteral("x"));
    desktop->notify(QStringLiteral("a"), QStringLiteral("b"));
    for (int answer = 0; answer < 10; ++answer)
        QTest::qWait(5);
    REQUIRE(fake.calls.isEmpty());
    qputenv("DBUS_SESSION_BUS_ADDRESS", real);
}
