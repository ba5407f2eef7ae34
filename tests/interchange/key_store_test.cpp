// The desktop's key store: on a session bus of the test's own ("dbus-run-session") with GNOME's keyring.
#include "core/provenance/key_store.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <map>

#include "core/base/file.h"
#include "core/provenance/signing_key.h"
#include "tests/interchange/provenance_fixtures.h"
#include "tests/scratch_folder.h"

using namespace kinora;
using namespace kinora::core;
using namespace kinora::tests;

namespace {

/// Keeps in memory, and fails on demand.
class FakeStore final : public KeyStore {
public:
    Result<std::optional<std::string>> find(const std::string& account) override
    {
        if (locked) return make_error(ErrorKind::io, "The desktop's key store didn't answer: it is locked.");
        const auto found = secrets.find(account);
        return found == secrets.end() ? std::nullopt : std::optional<std::string>(found->second);
    }
    Result<void> keep(const std::string& account, const std::string&, const std::string& secret) override
    {
        if (locked) return make_error(ErrorKind::io, "The desktop's key store didn't answer: it is locked.");
        secrets[account] = secret;
        return {};
    }
    std::map<std::string, std::string> secrets;
    bool locked = false;
};

}  // namespace

TEST_CASE("Where there is a key store the signing key is in it and in no file")
{
    const ScratchFolder folder;
    FakeStore store;
    const auto made = user_signing_key(folder / "signing", &store);
    REQUIRE(made);
    CHECK(store.secrets.size() == 1);
    CHECK_FALSE(std::filesystem::exists(folder / "signing/key.pem"));
    CHECK(std::filesystem::exists(folder / "signing/certificates.pem"));
    const auto again = user_signing_key(folder / "signing", &store);
    REQUIRE(again);
    CHECK(again->key == made->key);
    CHECK(again->certificates == made->certificates);
    // A store that stays shut is told, not passed by with another key.
    store.locked = true;
    const auto refused = user_signing_key(folder / "signing", &store);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("locked") != std::string::npos);
    // A store that was emptied: there is nothing to find again, a new key is made.
    store.locked = false;
    store.secrets.clear();
    const auto other = user_signing_key(folder / "signing", &store);
    REQUIRE(other);
    CHECK(other->key != made->key);
}

TEST_CASE("A key store that takes nothing leaves the key a file that nobody else can read, and a file stays a file")
{
    const ScratchFolder folder;
    FakeStore store;
    store.locked = true;
    const auto made = user_signing_key(folder / "signing", &store);
    REQUIRE(made);
    struct stat status {};
    REQUIRE(stat((folder / "signing/key.pem").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    store.locked = false;
    CHECK(user_signing_key(folder / "signing", &store)->key == made->key);
    CHECK(store.secrets.empty());
}

TEST_CASE("A bus that is reached over a network and a store that is turned off are no key store")
{
    const char* before = std::getenv("DBUS_SESSION_BUS_ADDRESS");
    const std::string address = before == nullptr ? "" : before;
    setenv("DBUS_SESSION_BUS_ADDRESS", "tcp:host=localhost,port=1", 1);
    CHECK(desktop_key_store() == nullptr);
    setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere", 1);
    setenv("KINORA_KEY_STORE", "off", 1);
    CHECK(desktop_key_store() == nullptr);
    unsetenv("KINORA_KEY_STORE");
    address.empty() ? unsetenv("DBUS_SESSION_BUS_ADDRESS") : setenv("DBUS_SESSION_BUS_ADDRESS", address.c_str(), 1);
}

TEST_CASE("A desktop's own keyring keeps the signing key over the Secret Service", "[.keystore]")
{
    const ScratchFolder folder;
    setenv("XDG_DATA_HOME", (folder / "data").c_str(), 1);
    setenv("XDG_RUNTIME_DIR", folder.path().c_str(), 1);
    if (output_of("sh", {"-c", "command -v gnome-keyring-daemon"}).empty()) {
        WARN("skipped: gnome-keyring isn't installed");
        return;
    }
    // Who asks before it is on the bus gets another one started, which is locked.
    (void)output_of("sh", {"-c", R"(printf secret | gnome-keyring-daemon --unlock --components=secrets
        for try in $(seq 400); do
            dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
                string:org.freedesktop.secrets | grep -q true && break
            sleep 0.05
        done)"});
    const auto store = desktop_key_store();
    if (!store) {
        WARN("skipped: libsecret isn't installed");
        return;
    }
    const auto none = store->find("nobody");
    REQUIRE(none);
    CHECK_FALSE(*none);
    const auto made = user_signing_key(folder / "signing", store.get());
    if (!made) FAIL(made.error().message);
    CHECK_FALSE(std::filesystem::exists(folder / "signing/key.pem"));
    const auto fresh = desktop_key_store();
    const auto again = user_signing_key(folder / "signing", fresh.get());
    REQUIRE(again);
    CHECK(again->key == made->key);
    // What other programs of the desktop see of it.
    const auto kept = store->find((folder / "signing").string());
    REQUIRE(kept);
    REQUIRE(*kept);
    CHECK(**kept == made->key);
}
